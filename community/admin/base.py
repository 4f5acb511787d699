"""What the pages of the admin share: reading without writing, deeds through services, and lists that stay cheap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import admin, messages
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display

from community.refusals import Refusal
from community.templatetags import ui


class Tones(dict[str, str]):
    """The colours of states in lists. A state that has none is shown plain; of another dict the theme shows its key."""

    def __missing__(self, state: str) -> str:
        return ""


class NamedFilter(admin.SimpleListFilter):
    """Narrows a list down by what rows keep as a name of the code, and shows it in words."""

    def names(self) -> Mapping[str, str | Promise]:
        """The words for each name."""
        return {}

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return list(self.names().items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{str(self.parameter_name): self.value()}) if self.value() else queryset


class Page(ModelAdmin):
    """A page of the admin. Nothing is deleted here: what is wrong is hidden, retired or booked back."""

    list_per_page = 50
    show_full_result_count = False
    compressed_fields = True
    warn_unsaved_form = True
    list_filter_sheet = False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Narrow a list down only by what it shows or filters by; a field that it hides could be guessed at."""
        return self._is_shown(lookup.split("__", maxsplit=1)[0]) and super().lookup_allowed(lookup, value, request)

    def _is_shown(self, name: str) -> bool:
        own = {field.name for field in self.opts.concrete_fields if not field.is_relation and not field.primary_key}
        firsts = (one[0] if isinstance(one, tuple | list) else one for one in self.list_filter)
        filters = (getattr(one, "parameter_name", one) for one in firsts)
        shown = {*self.list_display, *filters, *(one.lstrip("=^@") for one in self.search_fields), self.date_hierarchy}
        return name not in own or name in shown

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyPage(Page):
    """A page that shows and never writes, whoever asks: neither a form nor a forged request changes a row."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class Spoken:
    """Shows in which language something was said, in words; for pages of rows that keep its code."""

    @display(description=_("language"), ordering="language")
    def spoken(self, row: Any) -> str:
        return ui.language_name(row.language)


class Rows(TabularInline):
    """What belongs to a row, in lines below it. Each field says its name: the theme only heads the column."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest | None, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", field.label)
        return field


class ReadOnlyRows(TabularInline):
    """What belongs to a row, below it, for reading."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


def may_change(page: ModelAdmin, request: HttpRequest) -> bool:
    """Whether the person holds Django's change permission; a read-only page lets its actions depend on it."""
    options = page.opts
    return bool(request.user.has_perm(f"{options.app_label}.change_{options.model_name}"))


def do_each(
    request: HttpRequest, rows: Iterable[Model], deed: Callable[[Any], object], done: Callable[[int], str]
) -> None:
    """Do ``deed`` to each of the chosen rows and say how many it was; a refusal is told and the rest goes on."""
    count = 0
    for row in rows:
        try:
            deed(row)
        except Refusal as refusal:
            messages.warning(request, f"{row}: {refusal.message}")
        else:
            count += 1
    if count:
        messages.success(request, done(count))


def link(obj: Model | None, text: str | None = None) -> str:
    """Return a link to the admin page of ``obj``; its text is escaped."""
    if obj is None:
        return "–"
    options = obj._meta
    url = reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[obj.pk])
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', url, text or str(obj))


def in_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Chosen rows in the order of their ids, so that two managers' actions lock them in the same order."""
    return rows.order_by("pk")
