"""Moves and disclosures in the admin: who took what on and why, and who looked at whose data."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ambassadors.machines import MACHINES
from ambassadors.models import Disclosed, Move
from ambassadors.queries import moves as queries
from ambassadors.services import disclosures
from ambassadors.templatetags import moves as words
from community.admin.base import NamedFilter, ReadOnlyPage


class KindFilter(NamedFilter):
    """What kind of thing was moved."""

    title = _("kind")
    parameter_name = "kind"

    def names(self) -> Mapping[str, str | Promise]:
        return {name: _called(name) for name in MACHINES}


class DataFilter(NamedFilter):
    """What kind of data was looked at."""

    title = _("data")
    parameter_name = "what"

    def names(self) -> Mapping[str, str | Promise]:
        return disclosures.WORDS


@admin.register(Move)
class MovePage(ReadOnlyPage):
    """What moved through the states, the newest first."""

    list_display = ("at", "what", "subject_id", "left", "reached", "who", "why")
    list_filter = (KindFilter,)
    list_select_related = ("by",)
    search_fields = ("=subject_id",)
    ordering = ("-id",)
    fields = ("at", "what", "subject_id", "left", "reached", "who", "why", "undoes")

    @display(description=_("kind"), ordering="kind")
    def what(self, move: Move) -> str | Promise:
        return _called(move.kind)

    @display(description=_("from"))
    def left(self, move: Move) -> str:
        return words.left(move)

    @display(description=_("to"))
    def reached(self, move: Move) -> str:
        return words.reached(move)

    @display(description=_("by"), ordering="by")
    def who(self, move: Move) -> str:
        return words.actor(move)

    @display(description=_("reason"))
    def why(self, move: Move) -> str:
        return move.why


@admin.register(Disclosed)
class DisclosedPage(ReadOnlyPage):
    """Who was shown what of whom."""

    list_display = ("at", "data", "member", "by", "stood_with", "subject_id")
    list_filter = (DataFilter,)
    list_select_related = ("member", "by")
    search_fields = ("member__email", "by__email")
    ordering = ("-at", "-id")
    fields = ("at", "data", "member", "by", "stood_with", "subject_id")

    @display(description=_("data"), ordering="what")
    def data(self, look: Disclosed) -> str | Promise:
        return disclosures.WORDS.get(look.what, look.what)

    @display(description=_("kind"), ordering="kind")
    def stood_with(self, look: Disclosed) -> str | Promise:
        return _called(look.kind)


def _called(kind: str) -> str | Promise:
    return apps.get_model("ambassadors", kind)._meta.verbose_name


def moves_of(row: Model) -> str:
    """Every move of a row with who made it and why."""
    return render_to_string("admin/ambassadors/moves.html", {"history": queries.history(row)})
