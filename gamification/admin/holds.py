"""The desk of held points: what looks arranged, the evidence, and the decision of somebody who has no part in it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display

from community.admin import deeds
from community.admin.base import Page, do_each, in_order, link, may_change
from community.models import Member
from community.refusals import Refusal
from gamification.admin.hold_forms import DecisionForm, ManualForm
from gamification.models import Guard, Hold, HoldCase
from gamification.queries import evidence
from gamification.services import guards, hold_claims, holds

MOST = 100


class WaitingFilter(admin.SimpleListFilter):
    """What waits, what a member has appealed against, and what is decided; without a choice what waits."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("appealed", _("Appealed")), ("decided", _("Decided")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        waiting, *others = super().choices(changelist)
        return [{**waiting, "display": _("Waiting")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = {
            "all": Q(),
            "decided": Q(waiting=0),
            "appealed": Q(pk__in=Hold.objects.exclude(appealed_at=None).filter(answered_at=None).values("case")),
        }
        return queryset.filter(chosen.get(self.value() or "", Q(waiting__gt=0)))


class MineFilter(admin.SimpleListFilter):
    """What oneself has claimed, and what nobody has."""

    title = _("claimed")
    parameter_name = "claimed"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("me", _("By me")), ("nobody", _("By nobody"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        taken = Q(claimed_until__gt=timezone.now())
        if self.value() == "me":
            return queryset.filter(taken, claimed_by=request.user.pk)
        return queryset.filter(~taken) if self.value() == "nobody" else queryset


@admin.register(HoldCase)
class HoldCasePage(Page):
    """Cases are opened by the nightly search or by hand, and decided; nothing of them is edited."""

    form = ManualForm
    list_display = ("title", "how_grave", "concerned", "to_decide", "opened_at", "source", "claimer")
    list_filter = (WaitingFilter, MineFilter, "pattern")
    search_fields = ("holds__member__display_name", "holds__member__handle")
    search_help_text = _("Member")
    ordering = ("-score", "pk")
    actions = ("claim", "decide_chosen")
    actions_detail = ("decide_this",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).select_related("opened_by", "claimed_by")
        return rows.prefetch_related("holds__member", "holds__decided_by", "holds__answered_by")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_decide_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            hint = _("The member is told at once, with your reason, and can appeal. Another manager decides.")
            return ((None, {"fields": (("member", "giver"), "days", "note"), "description": hint}),)
        return ((None, {"fields": ("case_file",)}),)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        if obj is None:
            return type("BoundManualForm", (ManualForm,), {"by": request.user})
        return super().get_form(request, obj, change, **{**kwargs, "form": ModelForm})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        said = form.cleaned_data
        made = holds.open_manually(
            **{name: said[name] for name in ("member", "giver", "since", "note")},
            by=cast("Member", request.user),
            at=timezone.now(),
        )
        obj.pk = made.pk

    def get_urls(self) -> list[URLPattern]:
        own = path("decide/", self.admin_site.admin_view(self.decide), name="gamification_holdcase_decide")
        return [own, *super().get_urls()]

    @action(description=_("Claim for ten minutes"), permissions=["decide"])
    def claim(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda case: hold_claims.claim(case=case, by=by, at=at),
            lambda count: ngettext("%(n)d case is yours.", "%(n)d cases are yours.", count) % {"n": count},
        )

    @action(description=_("Decide"), permissions=["decide"])
    def decide_chosen(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
        return redirect(_decide_url(in_order(rows).values_list("pk", flat=True)[:MOST]))

    @action(description=_("Decide"), permissions=["decide"], icon="balance", url_path="decide")
    def decide_this(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(_decide_url([object_id]))

    def decide(self, request: HttpRequest) -> HttpResponse:
        """The same decision with the same reasons about one case, some of its members, or several cases."""
        if not self.has_decide_permission(request):
            raise PermissionDenied
        cases = list(self.get_queryset(request).filter(pk__in=_ids(request), waiting__gt=0).order_by("pk"))
        form = DecisionForm(request.POST or None, cases=cases)
        if cases and form.is_valid():
            self._decide(request, cases, form)
            return redirect("admin:gamification_holdcase_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Decide about held points"),
            "opts": self.opts,
            "cases": cases,
            "form": form,
        }
        return TemplateResponse(request, "admin/gamification/holdcase/decide.html", context)

    def _decide(self, request: HttpRequest, cases: list[HoldCase], form: DecisionForm) -> None:
        by, at = cast("Member", request.user), timezone.now()
        said = form.cleaned_data
        decided = 0
        for case in cases:
            try:
                decided += holds.decide(
                    case=case,
                    release=said["verdict"] == "release",
                    statement=said["statement"],
                    members=[hold.member_id for hold in case.holds.all() if str(hold.pk) in said["holds"]],
                    by=by,
                    at=at,
                )
            except Refusal as refusal:
                messages.warning(request, f"{case}: {refusal.message}")
        if decided:
            told = ngettext(
                "Decided about the points of %(n)d member, who is told why.",
                "Decided about the points of %(n)d members, who are told why.",
                decided,
            )
            messages.success(request, told % {"n": decided})

    @display(description=_("pattern"), ordering="pattern", label={
        "mutual": "warning", "ring": "danger", "burst": "info", "manual": "default"
    })  # fmt: skip
    def title(self, case: HoldCase) -> tuple[str, Any]:
        return case.pattern, case.get_pattern_display()

    @display(description=_("score"), ordering="score")
    def how_grave(self, case: HoldCase) -> str:
        return f"{case.score} / 100" if case.score else "–"

    @display(description=_("members"))
    def concerned(self, case: HoldCase) -> str:
        return ", ".join(sorted(str(hold.member) for hold in case.holds.all()))

    @display(description=_("to decide"), ordering="waiting")
    def to_decide(self, case: HoldCase) -> int:
        return case.waiting

    @display(description=_("opened by"))
    def source(self, case: HoldCase) -> Any:
        return link(case.opened_by) if case.opened_by else _("nightly search")

    @display(description=_("claimed by"))
    def claimer(self, case: HoldCase) -> str:
        taken = case.claimed_until is not None and case.claimed_until > timezone.now()
        return link(case.claimed_by) if taken else "–"

    @display(description="")
    def case_file(self, case: HoldCase) -> SafeString:
        # The template escapes what members and managers wrote.
        found = evidence.of(case)
        found["deeds"] = [{**row, "told": deeds.told(row["deed"])} for row in found["deeds"]]
        found["steps"] = [{"deed": step, "told": deeds.told(step)} for step in found["steps"]]
        return mark_safe(render_to_string("admin/gamification/holdcase/file.html", found))  # noqa: S308 - see above


@admin.register(Guard)
class GuardPage(Page):
    """One row; its list leads straight to it."""

    fieldsets = (
        (_("New accounts"), {"fields": ("newcomer_hours",)}),
        (
            _("Nightly search"),
            {
                "fields": ("is_watching", ("window_days", "mutual"), ("burst", "young_days")),
                "description": _("What it finds is held until somebody has looked. Smaller numbers find more."),
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(super().has_add_permission(request)) and not Guard.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        guard = Guard.objects.first()
        if guard is not None and self.has_view_permission(request):
            return redirect("admin:gamification_guard_change", guard.pk)
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        guards.store(guard=obj)


def _decide_url(ids: Any) -> str:
    return reverse("admin:gamification_holdcase_decide") + "?" + urlencode({"case": list(ids)}, doseq=True)


def _ids(request: HttpRequest) -> list[int]:
    asked = request.GET.getlist("case")
    return [int(pk) for pk in asked if pk.isascii() and pk.isdecimal() and len(pk) < 19][:MOST]
