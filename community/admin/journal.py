"""The journal in the admin: who did what, when. It can be read and searched, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from community.admin import deeds
from community.admin.base import NamedFilter, ReadOnlyPage, link
from community.admin.deeds import MODERATION, SUBJECTS, VERBS
from community.models import Activity


class VerbFilter(NamedFilter):
    """One kind of deed. The kinds are known, so no query looks for them."""

    title = _("verb")
    parameter_name = "verb"

    def names(self) -> Mapping[str, str | Promise]:
        return VERBS


class PartFilter(admin.SimpleListFilter):
    """Only the deeds of moderation: the audit log."""

    title = _("part")
    parameter_name = "part"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("moderation", _("Moderation"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb__in=MODERATION) if self.value() else queryset


@admin.register(Activity)
class JournalPage(ReadOnlyPage):
    """The immutable list of deeds; its pages are not counted, because it only grows."""

    list_display = ("at", "doer", "deed", "honoured", "subject", "takes_back")
    list_filter = (PartFilter, VerbFilter)
    search_fields = ("key", "actor__display_name", "actor__handle")
    search_help_text = _("Key or actor")
    ordering = ("-id",)
    paginator = InfinitePaginator
    fieldsets = (
        (None, {"fields": (("at", "deed"), ("doer", "honoured"), "key")}),
        (_("Subject"), {"fields": ("subject", "facts", "takes_back")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("actor", "beneficiary", "undoes")

    @display(description=_("actor"))
    def doer(self, deed: Activity) -> str:
        return link(deed.actor)

    @display(description=_("verb"))
    def deed(self, deed: Activity) -> str:
        return deeds.told(deed)

    @display(description=_("beneficiary"))
    def honoured(self, deed: Activity) -> str:
        return link(deed.beneficiary)

    @display(description=_("subject"))
    def subject(self, deed: Activity) -> str:
        return f"{SUBJECTS.get(deed.subject_kind, deed.subject_kind)} {deed.subject_id}"

    @display(description=_("takes back"))
    def takes_back(self, deed: Activity) -> str:
        return link(deed.undoes)
