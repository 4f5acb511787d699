"""Routing in the admin: the rules with their simulator, and every decision with its why."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from chat import parsing
from chat.forms.routing import PHASES, RuleForm
from chat.models import HelpRequest, Responder, RoutingDecision, RoutingRule, Target, Visit
from chat.queries import simulator
from chat.services import routing, routing_rules
from community.admin.base import Page, ReadOnlyPage, link
from community.refusals import Refusal

#: What a rule may ask, in words.
QUESTIONS = {
    "phases": gettext_lazy("Phase"),
    "languages": gettext_lazy("Language"),
    "products": gettext_lazy("Product"),
    "topics": gettext_lazy("Topic"),
    "page": gettext_lazy("Page"),
    "cart": gettext_lazy("Cart"),
    "times": gettext_lazy("Time"),
    "weekdays": gettext_lazy("Weekday"),
    "returning": gettext_lazy("Was here before"),
    "crm": gettext_lazy("Vouched for by the shop"),
    "queue": gettext_lazy("Waiting"),
}
OUTCOMES = {"bot": "info", "offered": "success", "queued": "warning", "message": "danger"}


@admin.register(RoutingRule)
class RoutingRulePage(Page):
    """The rules in the order in which they are asked."""

    form = RuleForm
    list_display = ("position", "name", "leads", "asks", "hold_out", "is_active", "changed_at")
    list_display_links = ("name",)
    list_filter = ("is_active", "target")
    search_fields = ("name",)
    ordering = ("position", "id")
    change_form_template = "admin/chat/routingrule/change_form.html"
    fieldsets = (
        (None, {"fields": (("name", "position"), "is_active")}),
        (gettext_lazy("Leads to"), {"fields": ("target", "then_1", "then_2", "then_3", "hold_out")}),
        (
            gettext_lazy("When: what they ask about"),
            {"fields": (("phases", "languages"), ("products", "topics"), "page")},
        ),
        (gettext_lazy("When: cart and customer"), {"fields": (("cart_from", "cart_until"), "returning", "crm")}),
        (
            gettext_lazy("When: time and line"),
            {"fields": (("time_from", "time_until"), "weekdays", ("queue_from", "queue_until"))},
        ),
    )

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.simulate)
        return [path("<int:pk>/simulate/", view, name="chat_routingrule_simulate"), *super().get_urls()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        try:
            routing_rules.store(rule=obj)
        except Refusal as refusal:
            self.message_user(request, str(refusal.message), level="error")

    def simulate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the rule as it is stored would have done with the last thirty days."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        row, at = get_object_or_404(RoutingRule, pk=pk), timezone.now()
        positions = dict(RoutingRule.objects.values_list("pk", "position"))
        others = [(positions[rule.pk], rule) for rule in routing.in_force() if rule.pk != pk]
        try:
            draft = routing.as_rule(row)
        except parsing.Malformed:
            raise Http404 from None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Simulator: %(rule)s") % {"rule": row.name},
            "opts": self.opts,
            "rule": row,
            "asks": self.asks(row),
            "sides": [
                _side(_("Requests for help"), simulator.of_requests(draft, others, row.position, at)),
                _side(_("Visits in the shop, with consent"), simulator.of_visits(draft, others, row.position, at)),
            ],
            "days": simulator.LOOKS_BACK.days,
        }
        return TemplateResponse(request, "admin/chat/routingrule/simulator.html", context)

    @display(description=gettext_lazy("leads to"))
    def leads(self, row: RoutingRule) -> str:
        """The whole chain."""
        names = dict(Target.choices)
        return " → ".join(str(names.get(target, target)) for target in (row.target, *row.fallbacks))

    @display(description=gettext_lazy("when"))
    def asks(self, row: RoutingRule) -> str:
        """What it asks, in a few words."""
        try:
            rule = routing.as_rule(row)
        except parsing.Malformed:
            return _("cannot be read")
        names = rule.conditions.names()
        return ", ".join(str(QUESTIONS[name]) for name in names) or _("always")


@admin.register(RoutingDecision)
class RoutingDecisionPage(ReadOnlyPage):
    """Every decision as it was taken; one opened is the page that says why."""

    list_display = ("at", "cause", "outcome_label", "target", "rule", "who", "took")
    list_display_links = ("at",)
    list_filter = ("outcome", "cause", "target", "held_out", "rule")
    ordering = ("-at", "-id")
    paginator = InfinitePaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("rule", "responder__member", "help__conversation")

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Why it went there: what was known, the rules in their order, and the people with their scores."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        pk = int(object_id) if object_id.isdecimal() and len(object_id) < 19 else 0
        decision = get_object_or_404(self.get_queryset(request), pk=pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Why: request %(number)s") % {"number": decision.help_id},
            "opts": self.opts,
            "decision": decision,
            "tried": [(tried, QUESTIONS.get(tried["missed"] or "")) for tried in decision.tried],
            "candidates": _candidates(decision),
            "situation": _situation(decision),
            "others": RoutingDecision.objects.filter(help=decision.help_id).order_by("at", "id"),
        }
        return TemplateResponse(request, "admin/chat/routingdecision/why.html", context)

    @display(description=gettext_lazy("outcome"), label=OUTCOMES)
    def outcome_label(self, row: RoutingDecision) -> tuple[str, Any]:
        return row.outcome, row.get_outcome_display()

    @display(description=gettext_lazy("adviser"))
    def who(self, row: RoutingDecision) -> str:
        return link(row.responder) if row.responder else "–"

    @display(description=gettext_lazy("took"))
    def took(self, row: RoutingDecision) -> str:
        return format_html("{}&nbsp;ms", f"{row.milliseconds:.0f}")


@admin.register(Visit)
class VisitPage(ReadOnlyPage):
    """Visits that the shop's page told with consent: what the simulator asks."""

    list_display = ("at", "widget", "page")
    list_filter = ("widget",)
    ordering = ("-at", "-id")
    paginator = InfinitePaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("widget")

    @display(description=gettext_lazy("page"))
    def page(self, row: Visit) -> str:
        return str(row.situation.get("page", ""))


def _side(heading: str, found: simulator.Simulation) -> dict[str, Any]:
    """One half of the simulator's page, in words."""
    names, phases = dict(Target.choices), dict(PHASES)
    return {
        "heading": heading,
        "found": found,
        "moves": [(names[went], names[would], went == would, count) for (went, would), count in found.moves.items()],
        "cases": [
            {
                "at": case.at,
                "phase": phases.get(case.situation.get("phase"), ""),
                "page": case.situation.get("page"),
                "product": case.situation.get("product"),
                "cart": case.situation.get("cart"),
                "went": names[case.went],
                "would": names[case.would],
                "is_moved": case.is_moved,
            }
            for case in found.cases
        ],
    }


def _candidates(decision: RoutingDecision) -> list[dict[str, Any]]:
    people = Responder.objects.select_related("member").in_bulk([one["responder"] for one in decision.candidates])
    return [
        {
            **one,
            "link": link(people[one["responder"]]) if one["responder"] in people else "–",
            "chosen": one["responder"] == decision.responder_id,
            "percent": {name: round(100 * one[name]) for name in ("expertise", "rating", "load")},
        }
        for one in decision.candidates
    ]


def _situation(decision: RoutingDecision) -> list[tuple[Any, Any]]:
    """What was known, in words; what was not known is left out."""
    told = decision.situation
    minutes = told.get("minute", 0)
    crm = ", ".join(f"{key} = {value}" for key, value in told.get("crm", {}).items())
    queue = ", ".join(f"{dict(Target.choices).get(key, key)}: {value}" for key, value in told.get("queue", {}).items())
    rows = [
        (_("Phase"), dict(PHASES).get(told.get("phase"), "")),
        (_("Language"), told.get("language")),
        (_("Page"), told.get("page")),
        (_("Product"), told.get("product")),
        (_("Topic"), told.get("topic")),
        (_("Cart"), told.get("cart")),
        (_("Was here before"), _("Yes") if told.get("returning") else _("No")),
        (_("Time"), f"{minutes // 60:02}:{minutes % 60:02}"),
        (_("Vouched for by the shop"), crm),
        (_("Waiting"), queue),
        (_("About an order"), _("Yes") if HelpRequest.objects.get(pk=decision.help_id).about_order else ""),
    ]
    return [(label, value) for label, value in rows if value]
