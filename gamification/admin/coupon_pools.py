"""Pools of coupons in the admin: their terms, their stock, and what became of it in figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import action, display

from community.admin import downloads
from community.admin.base import Page, may_change
from community.refusals import Refusal
from gamification.admin.budgets import told
from gamification.forms.coupons import GenerateForm, UploadForm
from gamification.models import Coupon, CouponPool
from gamification.queries import coupons as reading
from gamification.services import coupon_pools

#: What was promised to members with a code.
PROMISE = ("budget", "percent", "amount", "minimum", "products", "uses", "valid_days")
SHOWN = 50


@admin.register(CouponPool)
class CouponPoolPage(Page, TranslationAdmin[CouponPool]):
    """Once a member holds a code its terms stay; another offer is another pool."""

    list_display = ("name", "worth", "budget", "stock", "valid_until")
    list_filter = ("budget",)
    search_fields = ("name_de", "name_en")
    ordering = ("-created_at", "-pk")
    autocomplete_fields = ("products",)
    readonly_fields = ("figures",)
    actions = ("export_counts",)
    actions_detail = ("generate_codes", "upload_codes")

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        terms = {"fields": (("percent", "amount"), ("minimum", "budget"), "products")}
        times = {"fields": ("valid_until", ("valid_days", "uses"), "hold_minutes")}
        parts = ((None, {"fields": (("name_de", "name_en"),)}), (_("Worth"), terms), (_("Validity"), times))
        return (*parts, (_("Codes"), {"fields": ("figures",)})) if obj else parts

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.readonly_fields
        given = Coupon.objects.filter(pool=obj).exclude(state=Coupon.State.GENERATED).exists()
        kept = PROMISE if given else ("uses",) if obj.coupons.exists() else ()
        return (*self.readonly_fields, *kept)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return reading.with_stock(super().get_queryset(request).select_related("budget"))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            obj.created_at = timezone.now()
        super().save_model(request, obj, form, change)

    @display(description=gettext_lazy("worth"))
    def worth(self, pool: CouponPool) -> str:
        most = told(pool.amount, pool.budget.currency)
        if pool.percent is None:
            return most
        percent = number_format(pool.percent.normalize(), use_l10n=True)
        return _("%(percent)s %%, at most %(most)s") % {"percent": percent, "most": most}

    @display(description=gettext_lazy("codes in stock"))
    def stock(self, pool: Any) -> int:
        return int(pool.in_stock)

    @display(description=gettext_lazy("What became of them"))
    def figures(self, pool: CouponPool) -> str:
        counts = reading.counts(pool)
        times, total = reading.taken_off(pool)
        labels = dict(Coupon.State.choices)
        parts = [f"{labels[state]}: {count}" for state, count in counts.items() if count]
        if times:
            money = told(total, pool.budget.currency)
            parts.append(_("taken off: %(money)s in %(times)d orders") % {"money": money, "times": times})
        return " · ".join(map(str, parts)) or _("There is no code yet.")

    @action(description=gettext_lazy("Make codes"), url_path="generate", permissions=["stock"])
    def generate_codes(self, request: HttpRequest, object_id: int) -> HttpResponse:
        intro = _("New random codes for the stock. Members get them one by one; nobody sees a code before.")
        return self._stock(
            request,
            object_id,
            GenerateForm,
            (intro, _("Make codes")),
            lambda pool, said: coupon_pools.generate(pool=pool, at=timezone.now(), **said),
        )

    @action(description=gettext_lazy("Upload codes"), url_path="upload", permissions=["stock"])
    def upload_codes(self, request: HttpRequest, object_id: int) -> HttpResponse:
        intro = _("Codes that your shop has made. All of them are taken over, or none if a line is wrong.")
        return self._stock(
            request,
            object_id,
            UploadForm,
            (intro, _("Upload codes")),
            lambda pool, said: coupon_pools.upload(pool=pool, text=said["file"], at=timezone.now()),
        )

    @action(description=gettext_lazy("Export counts (CSV)"))
    def export_counts(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
        head = ["pool", "currency", *Coupon.State.values, "redemptions", "taken_off"]
        lines = (
            (pool.name, pool.budget.currency, *reading.counts(pool).values(), *reading.taken_off(pool))
            for pool in rows.order_by("pk")
        )
        return downloads.table(head, lines, name="coupons.csv")

    def has_stock_permission(self, request: HttpRequest, object_id: int | None = None) -> bool:
        """Asked by the actions above."""
        return may_change(self, request)

    def _stock(
        self,
        request: HttpRequest,
        pk: int,
        form_class: type[forms.Form],
        words: tuple[str, str],
        deed: Callable[[CouponPool, dict[str, Any]], int],
    ) -> HttpResponse:
        if not self.has_stock_permission(request):
            raise PermissionDenied
        pool = get_object_or_404(CouponPool, pk=pk)
        form = form_class(request.POST or None, request.FILES or None)
        said: dict[str, Any] = {}
        if request.method == "POST" and form.is_valid():
            try:
                count = deed(pool, form.cleaned_data)
            except coupon_pools.BadUpload as refusal:
                found = refusal.complaints
                said = {
                    "refusal": refusal.message, "complaints": found[:SHOWN], "more": max(0, len(found) - SHOWN),
                }  # fmt: skip
            except Refusal as refusal:
                said = {"refusal": refusal.message}
            else:
                done = ngettext("%(count)d code is in stock.", "%(count)d codes are in stock.", count)
                messages.success(request, done % {"count": count})
                return HttpResponseRedirect(reverse("admin:gamification_couponpool_change", args=[pk]))
        intro, button = words
        context = {**self.admin_site.each_context(request), "title": pool.name, "opts": self.opts, "pool": pool}
        page = {"form": form, "intro": intro, "button": button, **said}
        status = 400 if said else 200
        return TemplateResponse(request, "admin/gamification/couponpool/stock.html", {**context, **page}, status=status)
