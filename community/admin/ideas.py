"""Ideas in the admin: what the brand decides about them, with a reason, and what is hidden."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from community.admin.base import Tones, do_each, in_order, link, may_change
from community.admin.filters import HiddenFilter
from community.admin.posts import PostPage
from community.models import Idea, IdeaComment, Member, StatusChange
from community.services import idea_decisions


class DecisionForm(forms.ModelForm[Idea]):
    """Status and reason; what is declined needs one."""

    class Meta:
        model = Idea
        fields = ("status", "status_reason")
        widgets = {"status_reason": forms.Textarea(attrs={"rows": 3})}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("status") == Idea.Status.DECLINED and not str(cleaned.get("status_reason", "")).strip():
            self.add_error("status_reason", str(idea_decisions.ReasonMissing.message))
        return cleaned


@admin.register(Idea)
class IdeaPage(PostPage):
    """Every idea. Words stay the author's; status and reason are the brand's, told to author and voters."""

    form = DecisionForm
    actions: Any = ("review", "plan", "build", "ship", "hide", "restore")
    list_display = ("title", "proposer", "status_label", "votes", "comment_count", "contest", "day", "visible")
    list_filter = ("status", HiddenFilter, "contest", "product")
    search_fields = ("title", "author__display_name", "author__handle")
    search_help_text = _("Title or author")
    readonly_fields = (
        "title", "rendered", "proposer", "product", "topic", "contest", "votes", "comment_count", "created_at",
        "edited_at", "visible", "hidden_at", "deleted_at", "deleted_by", "merged_into", "decisions",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": ("title", "rendered", "proposer")}),
        (
            _("Decision"),
            {
                "fields": ("status", "status_reason", "decisions"),
                "description": _("The author and everybody who voted are told."),
            },
        ),
        (_("Classification"), {"fields": (("product", "topic"), ("contest", "merged_into"))}),
        (_("Figures"), {"fields": (("votes", "comment_count"), ("created_at", "edited_at"))}),
        (_("Visibility"), {"fields": (("visible", "hidden_at"), ("deleted_at", "deleted_by"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("author", "contest", "product", "topic", "deleted_by", "merged_into")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        gone = isinstance(obj, Idea) and (obj.deleted_at is not None or obj.merged_into_id is not None)
        return may_change(self, request) and not gone

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        said = form.cleaned_data
        status, reason = Idea.Status(said["status"]), said["status_reason"]
        idea_decisions.decide(idea=obj, status=status, reason=reason, by=_manager(request), at=timezone.now())

    @action(description=_("Status: under review"), permissions=["moderate"])
    def review(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        _decide(request, rows, Idea.Status.UNDER_REVIEW)

    @action(description=_("Status: planned"), permissions=["moderate"])
    def plan(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        _decide(request, rows, Idea.Status.PLANNED)

    @action(description=_("Status: building"), permissions=["moderate"])
    def build(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        _decide(request, rows, Idea.Status.BUILDING)

    @action(description=_("Status: in the shop"), permissions=["moderate"])
    def ship(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        _decide(request, rows, Idea.Status.SHIPPED)

    @display(description=_("proposed by"), ordering="author__display_name")
    def proposer(self, idea: Idea) -> str:
        return link(idea.author)

    @display(
        description=_("status"),
        ordering="status",
        label=Tones(
            {
                Idea.Status.UNDER_REVIEW: "info",
                Idea.Status.PLANNED: "warning",
                Idea.Status.BUILDING: "warning",
                Idea.Status.SHIPPED: "success",
                Idea.Status.DECLINED: "danger",
            }
        ),
    )
    def status_label(self, idea: Idea) -> tuple[str, str]:
        return idea.status, idea.get_status_display()

    @display(description=_("votes"))
    def votes(self, idea: Idea) -> str:
        # Blind means blind: the team decides without knowing the numbers too.
        return "–" if idea.contest is not None and idea.contest.hides_votes else str(idea.vote_count)

    @display(description=_("decided so far"))
    def decisions(self, idea: Idea) -> str:
        rows = StatusChange.objects.filter(idea=idea).select_related("by").order_by("-at", "-id")[:20]
        lines = (
            (f"{timezone.localtime(row.at):%d.%m.%Y}", row.get_status_display(), row.by, row.reason) for row in rows
        )
        return format_html_join("", '<p class="mb-1">{} · {} · {}: {}</p>', lines) or "–"


@admin.register(IdeaComment)
class IdeaCommentPage(PostPage):
    """Every comment under an idea, hidden ones too."""

    list_display = ("__str__", "writer", "about", "day", "visible")
    search_fields = ("body", "author__display_name", "author__handle")
    search_help_text = _("Text or author")
    fieldsets = (
        (None, {"fields": ("about", "rendered", "writer", "created_at")}),
        (_("Visibility"), {"fields": (("visible", "hidden_at"), ("deleted_at", "deleted_by"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("author", "idea", "deleted_by")

    @display(description=_("written by"), ordering="author__display_name")
    def writer(self, comment: IdeaComment) -> str:
        return link(comment.author)

    @display(description=_("idea"))
    def about(self, comment: IdeaComment) -> str:
        return link(comment.idea)


def _manager(request: HttpRequest) -> Member:
    """Who is signed in to the admin."""
    return cast(Member, request.user)


def _decide(request: HttpRequest, rows: QuerySet[Any], status: Idea.Status) -> None:
    at = timezone.now()
    do_each(
        request,
        in_order(rows),
        lambda idea: idea_decisions.decide(
            idea=idea,
            status=status,
            reason=idea.status_reason,
            by=_manager(request),
            at=at,
        ),
        lambda count: ngettext("%(count)d idea is decided.", "%(count)d ideas are decided.", count) % {"count": count},
    )
