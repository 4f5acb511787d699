"""Testers in the admin: who applied, how they were drawn, and what they answered, which is noted when it is opened."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ambassadors.admin import looks
from ambassadors.admin.moves import moves_of
from ambassadors.models import Tester
from ambassadors.queries import testers as queries
from ambassadors.services import disclosures
from community.admin.base import ReadOnlyPage, Tones, link
from community.models import Member

State = Tester.State


@admin.register(Tester)
class TesterPage(ReadOnlyPage):
    """Nobody is chosen here: the draw does that."""

    list_display = ("who", "test", "state_label", "segment", "rank", "tickets", "applied_at", "answer_by")
    list_display_links = ("who",)
    list_filter = ("state", "test")
    list_select_related = ("member", "test", "segment")
    search_fields = ("member__display_name", "member__handle", "number", "test__slug")
    ordering = ("-applied_at", "-id")
    fields = (
        ("profile", "test"), ("state", "segment"), "said", ("number", "tickets", "rank"),
        ("applied_at", "invited_at"), ("answer_by", "answered_at"), "history",
    )  # fmt: skip
    readonly_fields = ("profile", "state", "said", "history")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "test", "segment")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep who looked at the answers of an applicant."""
        response: HttpResponse = super().change_view(request, object_id, *args, **kwargs)
        if (tester := looks.shown(response)) is not None and tester.answers:
            by, at = cast("Member", request.user), timezone.now()
            disclosures.note(
                member=tester.member, what=disclosures.TEST_APPLICATION, subject=("tester", tester.pk), by=by, at=at
            )
        return response

    @display(description=_("member"))
    def who(self, tester: Tester) -> str:
        return tester.member.display_name

    @display(description=_("member"))
    def profile(self, tester: Tester) -> str:
        return link(tester.member)

    @display(description=_("state"), ordering="state", label=Tones({
        State.ACCEPTED: "success", State.REPORTED: "success", State.INVITED: "warning", State.WAITING: "info",
    }))  # fmt: skip
    def state_label(self, tester: Tester) -> tuple[str, str]:
        return tester.state, tester.get_state_display()

    @display(description=_("answers"))
    def said(self, tester: Tester) -> str:
        return render_to_string("admin/ambassadors/tester/answers.html", {"said": queries.said(tester)})

    @display(description=_("How it came"))
    def history(self, tester: Tester) -> str:
        return moves_of(tester)
