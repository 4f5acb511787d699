"""Toolkits: from rows to arithmetic, and what a member composed, as it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from community import composing
from community.models import Configuration, Contest, Idea, Toolkit, ToolkitChoice
from community.queries.toolkits import choices_of, constraints_of, options_of, toolkit_of
from community.refusals import Refusal


class NoToolkit(Refusal):
    """There is nothing to compose here."""

    code = "no_toolkit"
    message = _("Nothing can be composed in this contest.")
    status = 400


class NotComposed(Refusal):
    """What was composed is incomplete or does not fit together; ``complaints`` says where."""

    code = "not_composed"
    message = _("Your choices are not complete or do not go together.")
    field = "choices"
    status = 400

    def __init__(self, complaints: tuple[composing.Complaint, ...] = ()) -> None:
        self.complaints = complaints
        super().__init__()


def kit(toolkit: Toolkit) -> composing.Kit:
    """The toolkit as arithmetic sees it."""
    names = {choice.pk: (option.key, choice.key) for option in options_of(toolkit) for choice in choices_of(option)}
    return composing.Kit(
        base_price=toolkit.base_price,
        parts=tuple(
            composing.Part(option.key, option.is_required, {c.key: c.price_effect for c in choices_of(option)})
            for option in options_of(toolkit)
        ),
        constraints=tuple(
            composing.Constraint(names[row.choice_id], row.kind == row.Kind.EXCLUDES, names[row.other_id])
            for row in constraints_of(toolkit)
        ),
    )


def attach(*, idea: Idea, contest: Contest, choices: Mapping[str, str] | None) -> None:
    """Keep with ``idea`` what was composed. Runs inside the deed. Raises ``NoToolkit`` and ``NotComposed``."""
    toolkit = toolkit_of(contest)
    if toolkit is None:
        if choices:
            raise NoToolkit
        return
    composed = composing.compose(kit(toolkit), choices or {})
    if composed.complaints:
        raise NotComposed(composed.complaints)
    kept = {"choices": composed.picks, "lines": _lines(toolkit, composed.picks), "price": composed.price}
    Configuration.objects.update_or_create(idea=idea, defaults={**kept, "currency": toolkit.currency})


def _lines(toolkit: Toolkit, picks: Mapping[str, str]) -> list[dict[str, str]]:
    """The summary as of now: names in every language and the price effect of each choice."""
    return [
        {
            **{
                f"option_{code}": str(getattr(option, f"name_{code}") or option.name)
                for code, _name in settings.LANGUAGES
            },
            **{
                f"choice_{code}": str(getattr(choice, f"name_{code}") or choice.name)
                for code, _name in settings.LANGUAGES
            },
            "price_effect": str(choice.price_effect),
        }
        for option in options_of(toolkit)
        if (choice := _picked(choices_of(option), picks.get(option.key)))
    ]


def _picked(choices: list[ToolkitChoice], key: str | None) -> ToolkitChoice | None:
    return next((choice for choice in choices if choice.key == key), None)
