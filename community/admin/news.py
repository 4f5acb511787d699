"""News in the admin: write in two languages, look at it as a draft, schedule, take it off the pages again."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import action, display

from community.admin.base import Page, do_each, in_order, may_change
from community.admin.filters import HiddenFilter
from community.models import Member, News
from community.services import news


class NewsForm(forms.ModelForm[News]):
    """Whoever writes in one language writes title and text; one language is enough."""

    class Meta:
        model = News
        fields = ("product", "title", "body", "publish_at")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        written = {code: (cleaned.get(f"title_{code}"), cleaned.get(f"body_{code}")) for code, _n in settings.LANGUAGES}
        for code, (title, body) in written.items():
            if bool(title) != bool(body):
                self.add_error(f"body_{code}" if title else f"title_{code}", _("Title and text belong together."))
        if not any(title and body for title, body in written.values()):
            raise forms.ValidationError(_("Write it in at least one language."))
        return cleaned


@admin.register(News)
class NewsPage(Page, TranslationAdmin[News]):
    """Saved without a time, it is a draft; with one, it is published then, once, and its followers are told."""

    form = NewsForm
    list_display = ("title", "about", "state", "publish_at", "author")
    list_filter = (HiddenFilter, "product")
    search_fields = ("title_de", "title_en")
    ordering = ("-id",)
    autocomplete_fields = ("product",)
    readonly_fields = ("preview",)
    actions = ("publish_now", "hide", "restore")
    fieldsets = (
        (None, {"fields": (("product", "publish_at"),)}),
        (_("German"), {"fields": ("title_de", "body_de")}),
        (_("English"), {"fields": ("title_en", "body_en")}),
        (_("Preview"), {"fields": ("preview",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("product", "author")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What people were told of has its day."""
        return (*self.readonly_fields, "publish_at") if obj and obj.published_at else self.readonly_fields

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        news.store(news=obj, by=cast(Member, request.user), at=timezone.now())

    @action(description=_("Publish now"), permissions=["moderate"])
    def publish_now(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows.filter(published_at=None)),
            lambda item: news.publish_now(news=item, at=at),
            lambda count: ngettext("%(count)d is published.", "%(count)d are published.", count) % {"count": count},
        )

    @action(description=_("Hide from the community"), permissions=["moderate"])
    def hide(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        at = timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda item: news.delete(news=item, by=cast(Member, request.user), at=at),
            lambda count: (
                ngettext("%(count)d post is hidden.", "%(count)d posts are hidden.", count) % {"count": count}
            ),
        )

    @action(description=_("Show again"), permissions=["moderate"])
    def restore(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        do_each(
            request,
            in_order(rows),
            lambda item: news.restore(news=item),
            lambda count: (
                ngettext("%(count)d post is shown again.", "%(count)d posts are shown again.", count) % {"count": count}
            ),
        )

    @display(description=_("about"))
    def about(self, item: News) -> str:
        return item.product.name if item.product else str(_("The brand"))

    @display(
        description=_("state"),
        label={"draft": "info", "scheduled": "warning", "published": "success", "hidden": "danger"},
    )
    def state(self, item: News) -> tuple[str, Any]:
        if not item.is_visible:
            return "hidden", _("Hidden")
        if item.published_at:
            return "published", _("Published")
        return ("scheduled", _("Scheduled")) if item.publish_at else ("draft", _("Draft"))

    @display(description=_("As readers see it"))
    def preview(self, item: News) -> str:
        if not item.pk:
            return str(_("Save it first, then it is shown here and on a page that only managers see."))
        # Rendered from Markdown and cleaned when it was stored.
        texts = [(getattr(item, f"title_{code}"), getattr(item, f"html_{code}")) for code, _name in settings.LANGUAGES]
        shown = [(title, mark_safe(html or "")) for title, html in texts if title]  # noqa: S308 - cleaned when stored
        look = "text-primary-600 dark:text-primary-500"
        return format_html(
            '<div class="news-preview">{}</div><p><a class="{}" href="{}">{}</a></p>',
            format_html_join("", "<h3>{}</h3>{}", shown),
            look,
            item.get_absolute_url(),
            _("Open the page"),
        )
