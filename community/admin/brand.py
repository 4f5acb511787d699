"""The brand in the admin: its name, its words, its logo and the seven properties that recolour everything."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from PIL import Image, UnidentifiedImageError

from community import origins, svg
from community.admin.base import Page
from community.models import Brand
from community.services import brands

LOGO_BYTES = 256 * 1024
LOGO_FORMATS = {".png": "PNG", ".webp": "WEBP", ".jpg": "JPEG", ".jpeg": "JPEG"}
HUE = 360
RADIUS = 40
#: What exists in German and English.
WORDS = ("tagline", "promise", "hero_title", "hero_text")
CURRENCIES = ("reputation_name", "credits_name")
#: What a member agrees to by signing up.
TERMS = ("terms_url", "privacy_url", "terms_version")
#: After how many minutes a question without an answer is told to whom.
LADDER = ("followers_after", "experts_after", "agents_after")


class BrandForm(forms.ModelForm[Brand]):
    """Refuses what could run in a browser or make the pages unreadable; contrast is kept by the style sheet."""

    class Meta:
        model = Brand
        fields = (
            *("name", "shop_url", "shop_origins", "logo", *WORDS, *CURRENCIES, "accent", "reward"),
            *("neutral_hue", "radius", "display_font", "text_font", "hero", "first_posts_held", "newcomer_links"),
            "reviews_held",
            *LADDER,
            *TERMS,
        )

    def clean_logo(self) -> Any:
        logo = self.cleaned_data.get("logo")
        if isinstance(logo, UploadedFile):
            _check_logo(logo)
        return logo

    def clean_shop_origins(self) -> str:
        """One origin a line, as browsers write it."""
        try:
            return "\n".join(dict.fromkeys(origins.normal(text) for text in self.cleaned_data["shop_origins"].split()))
        except ValueError as error:
            message = _("Write addresses like https://shop.example, one each line: %(text)s is none.")
            raise forms.ValidationError(message, params={"text": str(error)}) from error

    def clean_neutral_hue(self) -> int | None:
        return self._at_most("neutral_hue", HUE)

    def clean_radius(self) -> int | None:
        return self._at_most("radius", RADIUS)

    def _at_most(self, name: str, limit: int) -> int | None:
        value: int | None = self.cleaned_data.get(name)
        if value is not None and value > limit:
            raise forms.ValidationError(_("Choose a number up to %(limit)d."), params={"limit": limit})
        return value


def _check_logo(logo: UploadedFile[Any]) -> None:
    """The content decides what the file is; the name must say the same, because it decides how it is served."""
    if (logo.size or 0) > LOGO_BYTES:
        raise forms.ValidationError(_("A logo may have up to 256 KB."))
    suffix = PurePath(logo.name or "").suffix.lower()
    try:
        if suffix == ".svg":
            svg.check(logo.read())
        elif suffix in LOGO_FORMATS:
            with Image.open(logo, formats=[LOGO_FORMATS[suffix]]) as picture:
                picture.verify()
        else:
            raise forms.ValidationError(_("A logo is an SVG, PNG, WebP or JPEG file."))
    except svg.Unsafe as unsafe:
        message = _("This SVG holds more than a drawing: %(part)s. Export it as a plain SVG or PNG.")
        raise forms.ValidationError(message, params={"part": str(unsafe)}) from unsafe
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise forms.ValidationError(_("This file is damaged or not what its name says.")) from error
    finally:
        logo.seek(0)


@admin.register(Brand)
class BrandPage(Page, TranslationAdmin[Brand]):
    """One row; its list leads straight to it."""

    form = BrandForm
    fieldsets = (
        (None, {"fields": (("name", "shop_url"), "shop_origins", "logo")}),
        (_("Words"), {"fields": tuple((f"{name}_de", f"{name}_en") for name in WORDS)}),
        (_("How points are called"), {"fields": tuple((f"{name}_de", f"{name}_en") for name in CURRENCIES)}),
        (_("Questions without an answer"), {"fields": (LADDER,)}),
        (_("New members"), {"fields": (("first_posts_held", "newcomer_links"),)}),
        (_("Reviews"), {"fields": ("reviews_held",)}),
        (_("Terms and privacy"), {"fields": (("terms_url", "privacy_url"), "terms_version")}),
        (
            _("Look"),
            {
                "fields": (("accent", "reward"), ("neutral_hue", "radius"), ("display_font", "text_font"), "hero"),
                "description": _(
                    "These seven recolour every page, in light and dark. Contrast is kept whatever you choose; "
                    "an empty field keeps the platform's own look."
                ),
            },
        ),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(super().has_add_permission(request)) and not Brand.objects.exists()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        brand = Brand.objects.first()
        if brand is not None and self.has_view_permission(request):
            return redirect("admin:community_brand_change", brand.pk)
        return super().changelist_view(request, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        brands.store(brand=obj)
