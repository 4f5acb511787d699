"""The shop in the admin: keys for its server, and the orders that came from it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from community.admin.base import Page, ReadOnlyPage, ReadOnlyRows, link
from community.models import ApiKey, Order, OrderLine
from community.services import api_keys


class ApiKeyForm(forms.ModelForm[ApiKey]):
    """A name, what the key may do, and whether it works."""

    scopes = forms.MultipleChoiceField(
        label=_("Permitted"), choices=ApiKey.Scope.choices, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    class Meta:
        model = ApiKey
        fields = ("name", "scopes", "is_active")


@admin.register(ApiKey)
class ApiKeyPage(Page):
    """Keys of the shop's server. Their secrets are shown when they are made and never again."""

    form = ApiKeyForm
    list_display = ("name", "begins", "may", "is_active", "last_used_at", "created_at")
    list_filter = ("is_active",)
    search_fields = ("name", "prefix")
    readonly_fields = ("prefix", "created_at", "last_used_at")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ((None, {"fields": ("name", "scopes")}),)
        facts = (("prefix",), ("created_at", "last_used_at"))
        return ((None, {"fields": ("name", "scopes", "is_active")}), (_("Use"), {"fields": facts}))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        scopes = form.cleaned_data["scopes"]
        if change:
            api_keys.change(api_key=obj, name=obj.name, scopes=scopes, is_active=obj.is_active)
            return
        made, secrets = api_keys.create(name=obj.name, scopes=scopes, at=timezone.now())
        vars(obj).update({name: value for name, value in vars(made).items() if not name.startswith("_")})
        vars(request)["secrets_shown"] = secrets

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Show the secrets in the answer itself: on the way through a session or message they would be stored."""
        context = {
            **self.admin_site.each_context(request),
            "title": _("Copy the secrets now"),
            "opts": self.opts,
            "api_key": obj,
            "secrets": vars(request)["secrets_shown"],
        }
        response = TemplateResponse(request, "admin/community/apikey/made.html", context)
        add_never_cache_headers(response)
        return response

    @display(description=_("begins with"))
    def begins(self, api_key: ApiKey) -> str:
        return f"{api_keys.MARK}_{api_key.prefix}_…"

    @display(description=_("permitted"))
    def may(self, api_key: ApiKey) -> str:
        return ", ".join(str(ApiKey.Scope(scope).label) for scope in api_key.scopes)


class LineRows(ReadOnlyRows):
    """The articles of an order, for reading."""

    model = OrderLine
    fields = ("sku", "product", "quantity", "amount")
    readonly_fields = fields


@admin.register(Order)
class OrderPage(ReadOnlyPage):
    """What the shop told of its orders. They change there, never here."""

    list_display = ("number", "customer", "member", "status", "placed_at", "updated_at")
    list_filter = ("status", ("placed_at", admin.DateFieldListFilter))
    search_fields = ("number", "customer__ref")
    search_help_text = _("Number of the order or the customer")
    ordering = ("-placed_at", "-pk")
    inlines = (LineRows,)
    fields = (("number", "customer"), ("status", "currency"), ("placed_at", "updated_at"), "conversation")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("customer__member")

    @display(description=_("member"))
    def member(self, order: Order) -> str:
        return link(order.customer.member)
