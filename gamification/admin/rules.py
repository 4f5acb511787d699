"""Rules in the admin: which deed earns what. Saving other terms opens the next version; old deeds keep the old one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin
from unfold.admin import TabularInline
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget

from community import activity
from community.admin.base import Page, do_each, in_order
from community.admin.journal import VERBS
from gamification.models import Rule, RuleVersion
from gamification.services import rules

#: Deeds that may earn: those that can be taken back, so that what they earned goes with them.
EARNING = [
    (verb, VERBS[verb])
    for verb in (activity.ANSWER_ACCEPTED, activity.ANSWER_FOUND_HELPFUL, activity.REVIEW_FOUND_HELPFUL)
]
TERMS = ("verb", "recipient", "reputation", "credits")
MOST = 10_000


class RuleForm(forms.ModelForm[Rule]):
    """A rule's texts, and the terms of its active version."""

    verb = forms.ChoiceField(label=_("On"), choices=EARNING, widget=UnfoldAdminSelectWidget)
    recipient = forms.ChoiceField(label=_("For"), choices=RuleVersion.Recipient.choices, widget=UnfoldAdminSelectWidget)
    reputation = forms.IntegerField(
        label=_("Reputation"), min_value=0, max_value=MOST, widget=UnfoldAdminIntegerFieldWidget
    )
    credits = forms.IntegerField(label=_("Credits"), min_value=0, max_value=MOST, widget=UnfoldAdminIntegerFieldWidget)

    class Meta:
        model = Rule
        fields = ("name", "reason", "slug")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = self.instance.versions.order_by("-number").first() if self.instance.pk else None
        for name in TERMS:
            if newest is not None:
                self.initial.setdefault(name, getattr(newest, name))


class VersionRows(TabularInline):
    """What the rule granted in which time. A version that was active once never changes."""

    model = RuleVersion
    fields = ("number", "deed", *TERMS[1:], "active_from", "retired_at")
    readonly_fields = fields
    ordering = ("-number",)
    extra = 0
    can_delete = False
    hide_title = True
    verbose_name_plural = _("History")

    @display(description=_("on"))
    def deed(self, version: RuleVersion) -> str:
        return str(VERBS.get(version.verb, version.verb))

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Rule)
class RulePage(Page, TranslationAdmin[Rule]):
    """A rule is edited, retired and taken up again; it is never deleted, because the ledger names it."""

    form = RuleForm
    list_display = ("name", "sentence", "running")
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("slug",)
    actions = ("retire", "take_up")
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("reason_de", "reason_en"), "slug")}),
        (
            _("Terms"),
            {
                "fields": (("verb", "recipient"), ("reputation", "credits")),
                "description": _(
                    "Other terms open a new version from now on. What was done before keeps what it earned."
                ),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).prefetch_related("versions")

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return (VersionRows,) if obj else ()

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return ("slug",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_model(request, obj, form, change)
        if not change or set(TERMS) & set(form.changed_data):
            rules.revise(rule=obj, at=timezone.now(), **{name: form.cleaned_data[name] for name in TERMS})

    @action(description=_("Retire: from now on it grants nothing"), permissions=["change"])
    def retire(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda rule: rules.retire(rule=rule, at=at),
            lambda count: (
                ngettext("%(count)d rule is retired.", "%(count)d rules are retired.", count) % {"count": count}
            ),
        )

    @action(description=_("Take up again under its last terms"), permissions=["change"])
    def take_up(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            [rule for rule in in_order(rows) if _newest(rule)],
            lambda rule: rules.revise(rule=rule, at=at, **{name: getattr(_newest(rule), name) for name in TERMS}),
            lambda count: (
                ngettext("%(count)d rule is active.", "%(count)d rules are active.", count) % {"count": count}
            ),
        )

    @display(description=_("grants"))
    def sentence(self, rule: Rule) -> str:
        version = _newest(rule)
        if version is None:
            return "–"
        return _("%(verb)s: %(reputation)d reputation and %(credits)d credits for %(recipient)s") % {
            "verb": VERBS.get(version.verb, version.verb),
            "reputation": version.reputation,
            "credits": version.credits,
            "recipient": version.get_recipient_display(),
        }

    @display(description=_("state"), label={"active": "success", "retired": "warning"})
    def running(self, rule: Rule) -> tuple[str, Any]:
        version = _newest(rule)
        active = version is not None and version.state == RuleVersion.State.ACTIVE
        return ("active", _("Active")) if active else ("retired", _("Retired"))


def _newest(rule: Rule) -> RuleVersion | None:
    return max(rule.versions.all(), key=lambda version: version.number, default=None)
