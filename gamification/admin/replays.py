"""Replays in the admin: what the journal says beside what is kept, and the swap. Activations for the past, to read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display

from community.admin.base import ReadOnlyPage, link
from community.refusals import Refusal
from gamification import tasks
from gamification.admin.simulations import STATES, number
from gamification.admin.versions import person
from gamification.models import Replay, Retroaction, Shadow
from gamification.services import replays

ADD, SWAP = "gamification.add_replay", "gamification.change_replay"
SHOWN = 50


@admin.register(Replay)
class ReplayPage(ReadOnlyPage):
    """Every night's replay, and those that somebody asked for."""

    list_display = ("asked_at", "state_label", "found", "deeds", "asked_by", "applied_at")
    list_filter = ("state",)
    ordering = ("-id",)
    list_before_template = "admin/gamification/replay/start.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("asked_by", "applied_by")

    def get_urls(self) -> list[URLPattern]:
        start = path("start/", self.admin_site.admin_view(require_POST(self.start)), name="gamification_replay_start")
        swap = path(
            "<int:pk>/swap/", self.admin_site.admin_view(require_POST(self.swap)), name="gamification_replay_swap"
        )
        return [start, swap, *super().get_urls()]

    @display(description=gettext_lazy("state"), label=STATES)
    def state_label(self, replay: Replay) -> tuple[str, Any]:
        return replay.state, replay.get_state_display()

    @display(description=gettext_lazy("differences"), label={"none": "success", "some": "danger", "unknown": "info"})
    def found(self, replay: Replay) -> tuple[str, str]:
        if not replay.is_done:
            return "unknown", "–"
        return ("some" if replay.differences else "none"), str(replay.differences)

    def start(self, request: HttpRequest) -> HttpResponse:
        """Ask for a replay."""
        if not request.user.has_perm(ADD):
            raise PermissionDenied
        try:
            made = replays.ask(by=person(request), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(reverse("admin:gamification_replay_changelist"))
        tasks.travel.delay()
        return HttpResponseRedirect(_address(made))

    def swap(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Swap in what the replay says."""
        if not request.user.has_perm(SWAP):
            raise PermissionDenied
        replay = get_object_or_404(Replay, pk=pk)
        try:
            replays.apply(replay=replay, by=person(request), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("What differed is mended. The ledger got corrections, nothing in it changed."))
        return HttpResponseRedirect(_address(replay))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """What differs, part by part and row by row."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        replay = get_object_or_404(self.get_queryset(request), pk=number(object_id))
        rows = Paginator(replay.shadows.select_related("member").order_by("id"), SHOWN)
        page = rows.get_page(request.GET.get("p"))
        labels = dict(Shadow.Part.choices)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Replay of the journal"),
            "opts": self.opts,
            "replay": replay,
            "parts": [(labels[part], replay.result.get("parts", {}).get(part, 0)) for part in Shadow.Part.values],
            "page": page,
            "rows": [(row, link(row.member), " · ".join(map(str, row.key))) for row in page],
            "may_swap": replay.is_done and replay.differences and not replay.applied_at and request.user.has_perm(SWAP),
        }
        return TemplateResponse(request, "admin/gamification/replay/result.html", context)


@admin.register(Retroaction)
class RetroactionPage(ReadOnlyPage):
    """Versions that were put in force for the recorded past as well, and what that moved."""

    list_display = ("about", "state_label", "asked_by", "asked_at", "members", "moved")
    list_filter = ("state",)
    ordering = ("-id",)
    fields = ("about", "state_label", "asked_by", "asked_at", "finished_at", "deeds", "members", "moved")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("version__rule", "asked_by")

    @display(description=gettext_lazy("version"))
    def about(self, past: Retroaction) -> str:
        return link(past.version, f"{past.version.rule} · {past.version.number}")

    @display(description=gettext_lazy("state"), label=STATES)
    def state_label(self, past: Retroaction) -> tuple[str, Any]:
        return past.state, past.get_state_display()

    @display(description=gettext_lazy("members told"))
    def members(self, past: Retroaction) -> str:
        return str(past.result["members"]) if past.is_done else "–"

    @display(description=gettext_lazy("reputation and credits moved"))
    def moved(self, past: Retroaction) -> str:
        return f"{past.result['reputation']:+d} · {past.result['credits']:+d}" if past.is_done else "–"


def _address(replay: Replay) -> str:
    return reverse("admin:gamification_replay_change", args=[replay.pk])
