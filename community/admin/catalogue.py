"""Products and topics in the admin, named in German and English."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from community.admin.base import Page
from community.models import Product, Topic
from community.services import products


@admin.register(Product)
class ProductPage(Page, TranslationAdmin[Product]):
    """What the brand sells; a product that left the shop is switched off and keeps its threads."""

    list_display = ("name", "sku", "price", "currency", "thread_count", "owner_count", "position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "sku", "slug")
    ordering = ("position", "id")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("summary_de", "summary_en"))}),
        (_("Shop"), {"fields": (("sku", "price", "currency"), "shop_url", "picture")}),
        (_("Display"), {"fields": (("position", "is_active"),)}),
    )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        products.store(product=obj)


@admin.register(Topic)
class TopicPage(Page, TranslationAdmin[Topic]):
    """Subjects that classify threads."""

    list_display = ("name", "slug", "thread_count", "position")
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("position", "id")
    fieldsets = ((None, {"fields": (("name_de", "name_en"), ("slug", "position"))}),)
