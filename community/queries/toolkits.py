"""Reads of toolkits: one with all its options, choices and constraints in four queries."""

from __future__ import annotations

from community.models import Contest, Toolkit, ToolkitChoice, ToolkitConstraint, ToolkitOption


def toolkit_of(contest: Contest) -> Toolkit | None:
    """The toolkit of a contest, with everything that it consists of."""
    rows = Toolkit.objects.filter(contest=contest)
    return rows.prefetch_related("options__choices__option", "constraints").first()


def options_of(toolkit: Toolkit) -> list[ToolkitOption]:
    """What there is to choose, in its order."""
    return list(toolkit.options.all())


def choices_of(option: ToolkitOption) -> list[ToolkitChoice]:
    """The ways to choose, in their order."""
    return list(option.choices.all())


def constraints_of(toolkit: Toolkit) -> list[ToolkitConstraint]:
    """What goes together and what does not."""
    return list(toolkit.constraints.all())
