"""Simulations in the admin: ask for one, wait for it, read what the draft would have paid and to whom."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_POST
from unfold.decorators import display

from community.admin import charts
from community.admin.base import ReadOnlyPage, link
from community.models import Member
from community.refusals import Refusal
from gamification import sentences, tasks
from gamification.admin.versions import person
from gamification.models import RuleVersion, Simulation
from gamification.queries import rules as rule_queries
from gamification.services import retroactions, rules, simulations

STATES = {"waiting": "info", "running": "info", "done": "success", "failed": "danger"}
ASK = "gamification.add_simulation"
DIGITS = 19


@admin.register(Simulation)
class SimulationPage(ReadOnlyPage):
    """Every dry run that somebody asked for, newest first."""

    list_display = ("about", "state_label", "asked_by", "asked_at", "deeds")
    list_display_links = ("about",)
    list_filter = ("state",)
    ordering = ("-id",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("version__rule", "version__retroaction", "asked_by")

    def get_urls(self) -> list[URLPattern]:
        def address(way: str, view: Any) -> URLPattern:
            name = f"gamification_simulation_{way}"
            return path(f"of/<int:version>/{way}/", self.admin_site.admin_view(require_POST(view)), name=name)

        return [address("start", self.start), address("activate", self.activate), *super().get_urls()]

    @display(description=gettext_lazy("draft"))
    def about(self, simulation: Simulation) -> str:
        return f"{simulation.version.rule} · {simulation.version.number}"

    @display(description=gettext_lazy("state"), label=STATES)
    def state_label(self, simulation: Simulation) -> tuple[str, Any]:
        return simulation.state, simulation.get_state_display()

    def start(self, request: HttpRequest, version: int) -> HttpResponse:
        """Ask for a dry run of the draft."""
        if not request.user.has_perm(ASK):
            raise PermissionDenied
        draft = get_object_or_404(RuleVersion, pk=version)
        try:
            made = simulations.ask(version=draft, by=person(request), at=timezone.now())
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
            return HttpResponseRedirect(reverse("admin:gamification_ruleversion_change", args=[version]))
        tasks.travel.delay()
        return HttpResponseRedirect(reverse("admin:gamification_simulation_change", args=[made.pk]))

    def activate(self, request: HttpRequest, version: int) -> HttpResponse:
        """Let the draft be in force, for the recorded past as well."""
        if not request.user.has_perm(rule_queries.APPROVE):
            raise PermissionDenied
        draft = get_object_or_404(RuleVersion, pk=version)
        revision = number(request.POST.get("revision", ""))
        try:
            retroactions.ask(version=draft, by=person(request), at=timezone.now(), revision=revision)
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            tasks.travel.delay()
            messages.success(request, _("The past is being settled. Everybody concerned gets one notice."))
        return HttpResponseRedirect(reverse("admin:gamification_ruleversion_change", args=[version]))

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """The result, or that it is not there yet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        simulation = get_object_or_404(self.get_queryset(request), pk=number(object_id))
        version, me = simulation.version, person(request)
        others = rule_queries.approvers().exclude(pk=me.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Time machine: %(rule)s") % {"rule": self.about(simulation)},
            "opts": self.opts,
            "simulation": simulation,
            "sentence": sentences.of(version, rule_queries.names_in([version])),
            "version": version,
            "open": version.state in rules.OPEN and simulation.is_done,
            "may_approve": request.user.has_perm(rule_queries.APPROVE),
            "needs_another": list(others[:5]) if version.written_by_id == me.pk else [],
            **(_result(simulation) if simulation.is_done else {}),
        }
        return TemplateResponse(request, "admin/gamification/simulation/result.html", context)


def number(text: str) -> int:
    """A number that came with a request; 0, which nothing has, for anything else."""
    return int(text) if text.isdecimal() and len(text) < DIGITS else 0


def _result(simulation: Simulation) -> dict[str, Any]:
    result = simulation.result
    before, after = result["before"], result["after"]
    named = Member.objects.in_bulk({change["member"] for change in (*result["winners"], *result["losers"])})
    return {
        "result": result,
        "finding": _finding(before["reputation"], after["reputation"]),
        "cards": [
            (_("Members who got something"), before["members"], after["members"]),
            (_("Reputation"), before["reputation"], after["reputation"]),
            (_("Credits"), before["credits"], after["credits"]),
            (_("Badges held"), *result["badges"]),
        ],
        "euros": [cents / 100 for cents in result["cents"]],
        "outcomes": {name: result["outcomes"].get(name, 0) for name in ("granted", "capped", "refused", "waiting")},
        "weeks": [(parse_date(week["start"]), week["before"], week["after"]) for week in result["weeks"]],
        "chart": _chart(result["weeks"]),
        "sides": [
            (_("Biggest winners"), _("Nobody would have more."), _people(result["winners"], named)),
            (_("Biggest losers"), _("Nobody would have less."), _people(result["losers"], named)),
        ],
    }


def _people(changes: list[dict[str, Any]], named: dict[int, Member]) -> list[dict[str, Any]]:
    return [
        {"link": link(named[change["member"]]), "reputation": change["reputation"], "credits": change["credits"]}
        for change in changes
        if change["member"] in named
    ]


def _finding(before: int, after: int) -> str:
    """The title of the chart says what it shows."""
    if before == after:
        return _("It would have paid exactly what was paid.")
    if not before:
        return _("Nothing was paid so far; this would have paid %(after)s reputation.") % {"after": after}
    share = round(100 * abs(after - before) / before)
    if after > before:
        return _("It would have paid %(share)s %% more reputation than was paid.") % {"share": share}
    return _("It would have paid %(share)s %% less reputation than was paid.") % {"share": share}


def _chart(weeks: list[dict[str, Any]]) -> dict[str, str]:
    labels = [date_format(start, "j. M Y") for week in weeks if (start := parse_date(week["start"]))]
    lines = [
        charts.line(pgettext("points", "Paid"), [week["before"] for week in weeks], charts.QUIET, dashed=True),
        charts.line(_("Simulated"), [week["after"] for week in weeks], charts.STRONG),
    ]
    days = charts.NAMES | {"ticks": {"color": charts.MUTED, "maxTicksLimit": 8, "maxRotation": 0}}
    return charts.chart(labels, lines, x=days, y=charts.COUNTS)
