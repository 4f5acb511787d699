"""Reviews in the admin: approve, label, reply; and who was given a product. Words and stars stay the author's."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminTextareaWidget

from community.admin.base import Page, do_each, in_order, link, may_change
from community.admin.filters import HiddenFilter
from community.admin.posts import PostPage
from community.models import Member, Review, ReviewReply, Sample
from community.services import review_replies, reviews, samples


class ReviewDecisionForm(forms.ModelForm[Review]):
    """What the brand may say: how its author came to the product, and a reply."""

    reply_body = forms.CharField(
        label=_("Reply for the brand"),
        required=False,
        max_length=ReviewReply.BODY_MAX,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_("Everybody reads it below the review, with your name. Empty: no reply."),
    )

    class Meta:
        model = Review
        fields = ("disclosure",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reply = getattr(self.instance, "reply", None)
        if reply is not None and reply.withdrawn_at is None:
            self.initial["reply_body"] = reply.body


@admin.register(Review)
class ReviewPage(PostPage):
    """Every review, those that wait too."""

    form = ReviewDecisionForm
    actions: Any = ("approve", "hide", "restore")
    list_display = ("title", "product", "stars", "writer", "verified", "disclosure", "helpful_count", "day", "visible")
    list_filter = (HiddenFilter, "stars", "verified", "disclosure", "product")
    search_fields = ("title", "body", "author__display_name", "author__handle")
    search_help_text = _("Text or author")
    readonly_fields = (
        "title", "stars", "rendered", "pros", "cons", "photo_row", "writer", "product", "verified", "owned_since",
        "helpful_count", "created_at", "edited_at", "visible", "hidden_at", "deleted_at", "deleted_by",
    )  # fmt: skip
    fieldsets = (
        (None, {"fields": (("product", "stars"), "title", "rendered", ("pros", "cons"), "photo_row", "writer")}),
        (
            _("What the brand says"),
            {
                "fields": ("disclosure", "reply_body"),
                "description": _("The author cannot take a disclosure away. Reviews with one are counted apart."),
            },
        ),
        (_("Figures"), {"fields": (("verified", "owned_since", "helpful_count"), ("created_at", "edited_at"))}),
        (_("Visibility"), {"fields": (("visible", "hidden_at"), ("deleted_at", "deleted_by"))}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.select_related("author", "product", "deleted_by", "reply").prefetch_related("photos")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Nobody decides about what they wrote themselves.
        shut = isinstance(obj, Review) and (obj.deleted_at is not None or obj.author_id == request.user.pk)
        return may_change(self, request) and not shut

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        by, now = cast(Member, request.user), timezone.now()
        if "disclosure" in form.changed_data:
            reviews.disclose(review=obj, by=by, disclosure=form.cleaned_data["disclosure"], at=now)
        if "reply_body" not in form.changed_data:
            return
        if body := form.cleaned_data["reply_body"].strip():
            review_replies.put(review=obj, by=by, body=body, at=now)
        else:
            review_replies.withdraw(review=obj, by=by, at=now)

    @action(description=_("Approve"), permissions=["moderate"])
    def approve(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast(Member, request.user), timezone.now()
        do_each(
            request,
            in_order(rows.exclude(author=by)),
            lambda review: reviews.show(review=review, by=by, at=at),
            lambda count: (
                ngettext("%(count)d review is shown.", "%(count)d reviews are shown.", count) % {"count": count}
            ),
        )

    @display(description=_("written by"), ordering="author__display_name")
    def writer(self, review: Review) -> str:
        return link(review.author)

    @display(description=_("photos"))
    def photo_row(self, review: Review) -> str:
        photos = ((photo.file.url, photo.file.url) for photo in review.photos.all())
        drawn = format_html_join("", '<a href="{}"><img src="{}" alt="" width="160"></a> ', photos)
        return format_html('<div class="flex gap-2">{}</div>', drawn) if drawn else "–"


@admin.register(Sample)
class SamplePage(Page):
    """Who was given or lent a product; their review says so, whenever they write it."""

    list_display = ("member", "product", "disclosure", "granted_by", "granted_at")
    list_filter = ("disclosure", "product")
    search_fields = ("member__display_name", "member__handle")
    autocomplete_fields = ("member", "product")
    list_select_related = ("member", "product", "granted_by")
    ordering = ("-granted_at", "-id")
    fields = ("member", "product", "disclosure")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        granted = samples.grant(
            member=obj.member,
            product=obj.product,
            by=cast(Member, request.user),
            disclosure=obj.disclosure,
            at=timezone.now(),
        )
        obj.pk, obj.granted_at = granted.pk, granted.granted_at
