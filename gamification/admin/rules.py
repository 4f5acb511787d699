"""Rules in the admin: their texts, their history, and the way to the draft of the next version."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import action, display

from community import activity
from community.admin.base import Page, do_each, in_order
from gamification import facts, sentences
from gamification.admin.versions import STATES, person
from gamification.models import Rule, RuleVersion
from gamification.queries import rules as queries
from gamification.services import rules

#: What the first draft of a new rule says: nothing yet, for the most wanted deed, within sensible caps.
FIRST = rules.Terms(
    verb=activity.ANSWER_ACCEPTED,
    recipient=RuleVersion.Recipient.BENEFICIARY,
    reputation=0,
    credits=0,
    limits=[{"per": "pair", "period": "week", "times": 3}, {"per": "member", "period": "day", "amount": 200}],
)
DRAFT = "next_version"
#: How the theme calls that button.
BUTTON = f"gamification_rule_{DRAFT}"


@admin.register(Rule)
class RulePage(Page, TranslationAdmin[Rule]):
    """A rule is written, retired and taken up again; it is never deleted, because the ledger names it."""

    search_fields = ("name_de", "name_en", "slug")
    ordering = ("slug",)
    actions = ("retire",)
    actions_submit_line = (DRAFT,)
    change_form_after_template = "admin/gamification/rule/history.html"
    fieldsets = ((None, {"fields": (("name_de", "name_en"), ("reason_de", "reason_en"), "slug")}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("versions")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("slug",) if obj else ()

    def get_list_display(self, request: HttpRequest) -> Any:
        names = cache(queries.names)

        @display(description=_("grants"))
        def sentence(rule: Rule) -> str:
            version = _telling(rule)
            return sentences.of(version, names()) if version else "–"

        return ("name", sentence, "running", "draft")

    @display(description=_("state"), label=STATES)
    def running(self, rule: Rule) -> tuple[str, Any]:
        active = _of_state(rule, RuleVersion.State.ACTIVE)
        return ("active", _("Active")) if active else ("retired", _("Not in force"))

    @display(description=_("draft"), label=STATES)
    def draft(self, rule: Rule) -> tuple[str, Any] | str:
        waiting = _of_state(rule, *rules.OPEN)
        return (waiting.state, waiting.get_state_display()) if waiting else "–"

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        known = int(object_id) if object_id and object_id.isdecimal() else 0
        versions = RuleVersion.objects.filter(rule_id=known).select_related("written_by", "approved_by")
        history = list(versions.order_by("-number"))
        names = queries.names_in(history)
        told = [(version, sentences.of(version, names)) for version in history]
        return super().changeform_view(request, object_id, form_url, {**(extra_context or {}), "history": told})

    @action(description=_("Save and write the next version"), permissions=["change"], attrs={"name": BUTTON})
    def next_version(self, request: HttpRequest, obj: Rule) -> None:
        """Unfold shows the button; what it does comes with the answer."""

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._to_draft(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._to_draft(request, obj) if BUTTON in request.POST else super().response_change(request, obj)

    @action(description=_("Retire: from now on it grants nothing"), permissions=["change"])
    def retire(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at, by = timezone.now(), person(request)
        do_each(
            request,
            in_order(rows),
            lambda rule: rules.retire(rule=rule, by=by, at=at),
            lambda count: (
                ngettext("%(count)d rule is retired.", "%(count)d rules are retired.", count) % {"count": count}
            ),
        )

    def _to_draft(self, request: HttpRequest, rule: Rule) -> HttpResponse:
        """Open the draft that there is, or one that says what the newest version says."""
        newest = rule.versions.order_by("-number").first()
        if newest and newest.verb in facts.QUESTS:
            messages.error(request, _("This rule belongs to a quest: what it pays is changed there."))
            return HttpResponseRedirect(reverse("admin:gamification_rule_change", args=[rule.pk]))
        draft = newest if newest and newest.state in rules.OPEN else None
        try:
            terms = rules.terms_of(newest) if newest else FIRST
            draft = draft or rules.write(rule=rule, terms=terms, by=person(request))
        except rules.MalformedRule as refusal:
            # What the newest version names may be gone by now.
            messages.warning(request, str(refusal.message))
            draft = rules.write(rule=rule, terms=FIRST, by=person(request))
        return HttpResponseRedirect(reverse("admin:gamification_ruleversion_change", args=[draft.pk]))


def _of_state(rule: Rule, *states: str) -> RuleVersion | None:
    return next((version for version in rule.versions.all() if version.state in states), None)


def _telling(rule: Rule) -> RuleVersion | None:
    """The version that says what the rule is about: the active one, else the newest."""
    newest = max(rule.versions.all(), key=lambda version: version.number, default=None)
    return _of_state(rule, RuleVersion.State.ACTIVE) or newest
