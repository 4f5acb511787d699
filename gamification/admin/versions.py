"""Versions of rules in the admin: a draft is an outline of rows with its sentence; what was active is only read."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display

from community.admin.base import ReadOnlyPage
from community.models import Member
from community.refusals import Refusal
from gamification import sentences
from gamification.forms.rule_terms import TermsForm
from gamification.models import RuleVersion
from gamification.queries import rules as queries
from gamification.services import rules

CHANGE = "gamification.change_ruleversion"
FOLDER = "admin/gamification/ruleversion"
STATES = {"active": "success", "draft": "info", "simulated": "info", "retired": "warning"}


@admin.register(RuleVersion)
class VersionPage(ReadOnlyPage):
    """Every version of every rule. The forms of the admin write none of them: drafts have an editor of their own."""

    list_display_links = ("named",)
    list_filter = ("state",)
    search_fields = ("rule__name_de", "rule__name_en", "rule__slug")
    ordering = ("rule__slug", "-number")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("rule", "written_by", "approved_by")

    @display(description=gettext_lazy("rule"))
    def named(self, version: RuleVersion) -> str:
        return f"{version.rule} · {version.number}"

    @display(description=gettext_lazy("state"), label=STATES)
    def state_label(self, version: RuleVersion) -> tuple[str, Any]:
        return version.state, version.get_state_display()

    def get_list_display(self, request: HttpRequest) -> Any:
        names = cache(queries.names)

        @display(description=gettext_lazy("says"))
        def sentence(version: RuleVersion) -> str:
            return sentences.of(version, names())

        return ("named", "state_label", sentence, "written_by", "approved_by")

    def get_urls(self) -> list[URLPattern]:
        def address(way: str, view: Any) -> URLPattern:
            name = f"gamification_ruleversion_{way}"
            return path(f"<int:pk>/{way}/", self.admin_site.admin_view(require_POST(view)), name=name)

        own = [
            address("preview", self.preview),
            address("activate", self.activate),
            address("discard", self.discard),
        ]
        return own + super().get_urls()

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """A draft in its editor; every other version to read."""
        version = self._version(request, int(object_id) if object_id.isdecimal() else 0)
        if version.state not in rules.OPEN or not request.user.has_perm(CHANGE):
            return self._page(request, version, "version.html", {})
        if request.method != "POST":
            form = TermsForm(rules.terms_of(version), revision=version.revision)
            return self._page(request, version, "editor.html", {"form": form})
        return self._save(request, version)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sentence of what stands in the form, and the warnings about it; nothing is written."""
        version = self._version(request, pk, may=CHANGE)
        form = TermsForm(rules.terms_of(version), revision=version.revision, data=request.POST)
        said = _told(version, form.terms) if form.is_valid() else {}
        return TemplateResponse(request, f"{FOLDER}/told.html", said)

    def activate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Let the draft be in force from now on."""
        version, by = self._version(request, pk, may=queries.APPROVE), person(request)
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
        try:
            rules.activate(version=version, by=by, at=timezone.now(), revision=revision)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The version is in force from now on."))
        return HttpResponseRedirect(_address(version))

    def discard(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw the draft away."""
        version = self._version(request, pk, may=CHANGE)
        try:
            rules.discard(version=version)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("The draft is gone."))
        return HttpResponseRedirect(reverse("admin:gamification_rule_change", args=[version.rule_id]))

    def _save(self, request: HttpRequest, version: RuleVersion) -> HttpResponse:
        form = TermsForm(
            rules.terms_of(version),
            revision=version.revision,
            data=request.POST,
            more=request.POST.get("more", ""),
        )
        valid = form.is_valid()
        if valid and not request.POST.get("more"):
            try:
                rules.write(rule=version.rule, terms=form.terms, by=person(request), revision=form.revision)
            except Refusal as refusal:
                messages.error(request, str(refusal.message))
            else:
                messages.success(request, _("The draft is saved. Nobody earns by it yet."))
                return HttpResponseRedirect(_address(version))
        return self._page(request, version, "editor.html", {"form": form})

    def _version(self, request: HttpRequest, pk: int, *, may: str = "gamification.view_ruleversion") -> RuleVersion:
        if not request.user.has_perm(may):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _page(self, request: HttpRequest, version: RuleVersion, template: str, more: dict[str, Any]) -> HttpResponse:
        me = person(request)
        others = queries.approvers().exclude(pk=me.pk)
        alone = version.written_by_id != me.pk or not others.exists()
        context = {
            **self.admin_site.each_context(request),
            "title": _("%(rule)s, version %(number)d") % {"rule": version.rule, "number": version.number},
            "opts": self.opts,
            "version": version,
            "open": version.state in rules.OPEN,
            "may_approve": request.user.has_perm(queries.APPROVE),
            "needs_another": None if alone else list(others[:5]),
            **_told(version, rules.terms_of(version)),
            **more,
        }
        return TemplateResponse(request, f"{FOLDER}/{template}", context)


def person(request: HttpRequest) -> Member:
    """Who works in the admin."""
    if not isinstance(request.user, Member):
        raise PermissionDenied
    return request.user


def _address(version: RuleVersion) -> str:
    return reverse("admin:gamification_ruleversion_change", args=[version.pk])


def _told(version: RuleVersion, terms: rules.Terms) -> dict[str, Any]:
    """The sentence in every language of the site, and the warnings in the reader's."""
    said = {}
    # The reader's language comes first.
    for code, language in sorted(settings.LANGUAGES, key=lambda known: known[0] != translation.get_language()):
        with translation.override(code):
            said[code] = language, sentences.of(terms, queries.names_in([terms]))
    return {"said": said, "warnings": queries.warnings(version.rule, terms)}
