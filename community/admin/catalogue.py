"""Products and topics in the admin, named in German and English."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin

from community.admin.base import Page
from community.models import Product, Topic


@admin.register(Product)
class ProductPage(Page, TranslationAdmin[Product]):
    """What the brand sells; a product that left the shop is switched off and keeps its threads."""

    list_display = ("name", "sku", "price", "currency", "thread_count", "position", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "sku", "slug")
    ordering = ("position", "id")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": (("name", "slug"), ("summary_de", "summary_en"))}),
        (_("Shop"), {"fields": (("sku", "price", "currency"), "shop_url", "picture")}),
        (_("Display"), {"fields": (("position", "is_active"),)}),
    )


@admin.register(Topic)
class TopicPage(Page, TranslationAdmin[Topic]):
    """Subjects that classify threads."""

    list_display = ("name", "slug", "thread_count", "position")
    search_fields = ("name_de", "name_en", "slug")
    ordering = ("position", "id")
    fieldsets = ((None, {"fields": (("name_de", "name_en"), ("slug", "position"))}),)
