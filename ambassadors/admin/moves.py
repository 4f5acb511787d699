"""Moves and disclosures in the admin: who took what on and why, and who looked at whose data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Field
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from ambassadors.machines import MACHINES
from ambassadors.models import Disclosed, Move
from ambassadors.services import disclosures
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

    list_display = ("at", "what", "subject_id", "left", "reached", "by", "reason")
    list_filter = (KindFilter,)
    list_select_related = ("by",)
    search_fields = ("=subject_id",)
    ordering = ("-id",)
    fields = ("at", "what", "subject_id", "left", "reached", "by", "reason", "undoes")

    @display(description=_("kind"), ordering="kind")
    def what(self, move: Move) -> str | Promise:
        return _called(move.kind)

    @display(description=_("from"))
    def left(self, move: Move) -> object:
        return _state(move, move.before)

    @display(description=_("to"))
    def reached(self, move: Move) -> object:
        return _state(move, move.after)


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


def _state(move: Move, name: str) -> object:
    """A state in words: a move names it as its machine does, and the machine is called like its model."""
    state: Field[Any, Any] = apps.get_model("ambassadors", move.kind)._meta.get_field("state")
    return dict(state.flatchoices).get(name, name)
