"""Filters of the admin's lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.admin.base import NamedFilter
from community.models import visible


class HiddenFilter(SimpleListFilter):
    """Shown or hidden posts."""

    title = _("visibility")
    parameter_name = "hidden"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("no", _("Shown")), ("yes", _("Hidden"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(visible()) if self.value() == "no" else queryset.exclude(visible())


class LanguageFilter(NamedFilter):
    """What was said in one language."""

    title = _("language")
    parameter_name = "language"

    def names(self) -> Mapping[str, str | Promise]:
        return dict(settings.LANGUAGES)


class ParkedFilter(SimpleListFilter):
    """Deliveries that wait, and those that gave up."""

    title = _("state")
    parameter_name = "parked"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("no", _("Waiting")), ("yes", _("Parked"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(parked_at__isnull=self.value() == "no")


class RoleFilter(SimpleListFilter):
    """Members who hold a role."""

    title = _("role")
    parameter_name = "role"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        from community.models import Role

        return list(Role.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(role_grants__role=self.value()) if self.value() else queryset


class DoneFilter(SimpleListFilter):
    """What is to be done, and what is."""

    title = _("state")
    parameter_name = "done"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("no", _("To do")), ("yes", _("Done"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(done_at__isnull=self.value() == "no")
