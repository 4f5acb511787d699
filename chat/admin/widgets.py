"""Widgets in the admin: made for a shop, with a secret that is shown once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldBooleanSwitchWidget

from chat.models import Widget
from chat.services import widgets
from community.admin.base import Page


class WidgetForm(forms.ModelForm[Widget]):
    """What it is called, where it may stand and how it greets."""

    pages = forms.CharField(
        label=_("Origins"),
        help_text=_("Pages that may embed it, one on each line: https://shop.example"),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    renew = forms.BooleanField(
        label=_("Make a new secret"),
        help_text=_("What the old one signed is refused at once. The new one is shown after saving, and never again."),
        required=False,
        widget=UnfoldBooleanSwitchWidget,
    )

    class Meta:
        model = Widget
        fields = ("name", "language", "greeting", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("pages", "\n".join(self.instance.origins))

    def clean_pages(self) -> list[str]:
        """The origins as browsers write them."""
        try:
            return widgets.origins_of(self.cleaned_data["pages"].split())
        except widgets.NoOrigin as error:
            raise forms.ValidationError(str(error.message)) from error


@admin.register(Widget)
class WidgetPage(Page):
    """Shops that embed the chat."""

    form = WidgetForm
    list_display = ("name", "where", "language", "is_active", "created_at")
    list_filter = ("is_active",)
    search_fields = ("name", "key")
    readonly_fields = ("tag", "created_at")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        look = ("name", "pages", "language", "greeting")
        if obj is None:
            return ((None, {"fields": look}),)
        embed = {"fields": ("tag", "renew", "created_at")}
        return ((None, {"fields": (*look, "is_active")}), (_("In the shop"), embed))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        said = form.cleaned_data
        if not change:
            made, secret = widgets.create(
                name=obj.name, pages=said["pages"], language=obj.language, greeting=obj.greeting, at=timezone.now()
            )
            vars(obj).update({name: value for name, value in vars(made).items() if not name.startswith("_")})
            vars(request)["secret_shown"] = secret
            return
        widgets.change(
            widget=obj,
            name=obj.name,
            pages=said["pages"],
            language=obj.language,
            greeting=obj.greeting,
            is_active=obj.is_active,
        )
        if said["renew"]:
            vars(request)["secret_shown"] = widgets.renew_secret(widget=obj)

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self._shown(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "secret_shown" in vars(request):
            return self._shown(request, obj)
        return super().response_change(request, obj)

    def _shown(self, request: HttpRequest, widget: Widget) -> HttpResponse:
        """Show the secret in the answer itself: on the way through a session or message it would be stored."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy the secret now"),
            "opts": self.opts,
            "widget": widget,
            "tag": self.tag(widget),
            "secret": vars(request)["secret_shown"],
        }
        response = TemplateResponse(request, "admin/chat/widget/made.html", context)
        add_never_cache_headers(response)
        return response

    @display(description=_("script tag"))
    def tag(self, widget: Widget) -> str:
        return f'<script src="{settings.PUBLIC_URL}/widget.js?key={widget.key}" async></script>'

    @display(description=_("origins"))
    def where(self, widget: Widget) -> str:
        return ", ".join(widget.origins)
