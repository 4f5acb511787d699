"""The pipeline in the admin: the board of a campaign, moves of one or many with a reason, and the file of each."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from ambassadors.admin import looks
from ambassadors.models import Application, Campaign
from ambassadors.queries import applications as queries
from ambassadors.queries import campaigns, moves
from ambassadors.services import disclosures, pipeline
from community import words
from community.admin.base import ReadOnlyPage, Tones, do_each, in_order, link, may_change
from community.models import Member

State = Application.State
MOST = 200
COLOURS = Tones(
    {
        State.SUBMITTED: "info",
        State.OFFERED: "warning",
        State.ACCEPTED: "success",
        State.ONBOARDING: "success",
        State.ACTIVE: "success",
        State.REJECTED: "danger",
    }
)


class WhyForm(forms.Form):
    """Why an application is moved or a move taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4}),
        help_text=_("The applicants read it word by word."),
    )


class MoveForm(WhyForm):
    """Where to, and why."""

    to = forms.ChoiceField(
        label=_("Move to"),
        choices=[(state.value, state.label) for state in State if state in pipeline.BY_BRAND],
        widget=UnfoldAdminSelectWidget,
    )
    field_order = ("to", "reason")


@admin.register(Application)
class ApplicationPage(ReadOnlyPage):
    """Applications are written by their applicants and moved here; opening one is recorded."""

    list_display = ("member", "campaign", "state_label", "score", "submitted_at", "moved_at")
    list_filter = ("campaign", "state")
    list_select_related = ("member", "campaign")
    search_fields = ("member__display_name", "member__handle")
    ordering = ("-moved_at", "-id")
    fields = ("case_file",)
    readonly_fields = ("case_file",)
    view_on_site = False
    actions = ("move_chosen",)
    actions_detail = ("move_this", "board_of_this")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        # What was never sent is nobody's but the applicant's.
        return super().get_queryset(request).exclude(state=State.DRAFT).exclude(submitted_at=None)

    def has_move_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    def get_urls(self) -> list[URLPattern]:
        def address(way: str, view: Any, name: str) -> URLPattern:
            return path(way, self.admin_site.admin_view(view), name=f"ambassadors_application_{name}")

        return [
            address("board/", self.boards, "boards"),
            address("board/<int:campaign>/", self.board, "board"),
            address("move/", self.move, "move"),
            address("undo/", self.undo, "undo"),
            *super().get_urls(),
        ]

    def changeform_view(self, request: HttpRequest, object_id: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the file of an application, and record who looked at it."""
        response = super().changeform_view(request, object_id, *args, **kwargs)
        if (application := looks.shown(response)) is not None:
            disclosures.note(
                member=application.member,
                what=disclosures.APPLICATION,
                subject=("application", application.pk),
                by=_person(request),
                at=timezone.now(),
            )
        return response

    def boards(self, request: HttpRequest) -> HttpResponse:
        """The board of the campaign that is on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        campaign = campaigns.featured(timezone.now()) or Campaign.objects.order_by("-id").first()
        if campaign is None:
            return redirect("admin:ambassadors_campaign_changelist")
        return redirect("admin:ambassadors_application_board", campaign.pk)

    def board(self, request: HttpRequest, campaign: int) -> HttpResponse:
        """A column for each state; cards are dragged, or chosen and moved by the form above."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        shown = get_object_or_404(Campaign, pk=campaign)
        columns = queries.board(shown)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Pipeline"),
            "opts": self.opts,
            "campaign": shown,
            "campaigns": Campaign.objects.order_by("-opens_at", "-id")[:20],
            "columns": columns,
            "undoable": queries.undoable([card for column in columns for card in column.cards]),
            "targets": pipeline.BY_BRAND,
            "ended": queries.ended(shown),
            "form": MoveForm(),
            "may_move": self.has_move_permission(request),
        }
        return TemplateResponse(request, "admin/ambassadors/application/board.html", context)

    def move(self, request: HttpRequest) -> HttpResponse:
        """Move the chosen applications with one reason, which each applicant is told."""
        if not self.has_move_permission(request):
            raise PermissionDenied
        chosen = list(in_order(self.get_queryset(request).filter(pk__in=_ids(request))))
        form = MoveForm(request.POST or None, initial={"to": request.GET.get("to")})
        if chosen and form.is_valid():
            by, at, said = _person(request), timezone.now(), form.cleaned_data
            do_each(
                request,
                chosen,
                lambda one: pipeline.move(application=one, to=said["to"], by=by, at=at, reason=said["reason"]),
                lambda n: (
                    ngettext(
                        "%(n)d application moved, the applicant is told.",
                        "%(n)d applications moved, the applicants are told.",
                        n,
                    )
                    % {"n": n}
                ),
            )
            return redirect("admin:ambassadors_application_board", chosen[0].campaign_id)
        return self._asked(request, gettext("Move applications"), chosen, form)

    def undo(self, request: HttpRequest) -> HttpResponse:
        """Take the last move of an application back, with the reason that the applicant is told."""
        if not self.has_move_permission(request):
            raise PermissionDenied
        application = get_object_or_404(self.get_queryset(request), pk=next(iter(_ids(request)), None))
        form = WhyForm(request.POST or None)
        if form.is_valid():
            by, at, said = _person(request), timezone.now(), form.cleaned_data
            do_each(
                request,
                [application],
                lambda one: pipeline.undo(application=one, by=by, at=at, reason=said["reason"]),
                lambda _n: gettext("Taken back, and the applicant is told."),
            )
            return redirect("admin:ambassadors_application_board", application.campaign_id)
        return self._asked(request, gettext("Take the last move back"), [application], form)

    def _asked(self, request: HttpRequest, title: str, chosen: list[Application], form: WhyForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "chosen": chosen,
            "form": form,
        }
        return TemplateResponse(request, "admin/ambassadors/application/move.html", context)

    @action(description=_("Move on"), permissions=["move"])
    def move_chosen(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
        return redirect(_move_url(in_order(rows).values_list("pk", flat=True)[:MOST]))

    @action(description=_("Move on"), permissions=["move"], icon="arrow_forward", url_path="move")
    def move_this(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(_move_url([object_id]))

    @action(description=_("To the board"), icon="view_kanban", url_path="board")
    def board_of_this(self, request: HttpRequest, object_id: int) -> HttpResponse:
        application = get_object_or_404(self.get_queryset(request), pk=object_id)
        return redirect("admin:ambassadors_application_board", application.campaign_id)

    @display(description=_("state"), label=COLOURS)
    def state_label(self, application: Application) -> tuple[str, Any]:
        return application.state, application.get_state_display()

    @display(description="")
    def case_file(self, application: Application) -> SafeString:
        context = {
            "application": application,
            "member_link": link(application.member),
            "said": queries.said(application, get_language() or ""),
            "history": moves.history(application),
        }
        # The template escapes what applicants and managers wrote.
        return mark_safe(render_to_string("admin/ambassadors/application/file.html", context))  # noqa: S308 - see above


def _person(request: HttpRequest) -> Member:
    return cast("Member", request.user)


def _move_url(ids: Any) -> str:
    return f"{reverse('admin:ambassadors_application_move')}?{urlencode({'id': list(ids)}, doseq=True)}"


def _ids(request: HttpRequest) -> list[int]:
    asked = [words.number(text) for text in (request.POST or request.GET).getlist("id")]
    return [pk for pk in asked if pk is not None][:MOST]
