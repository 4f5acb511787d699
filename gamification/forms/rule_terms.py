"""The terms of a rule as plain form fields: a condition and caps are rows, which work without a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from gamification import facts, outline, sentences
from gamification.models import Grade, Metric, RuleVersion
from gamification.parsing import MAX_DAYS, MAX_LIMITS, MAX_NODES, Malformed, parse, parse_limits
from gamification.queries import rules as queries
from gamification.sentences import Names
from gamification.services.rules import Terms

MOST = 10_000
BLANK = ("", "—")
#: How many empty rows a page offers, and how many more its button for a browser without scripts gives.
SPARE = 1

#: The facts that a deed which may earn comes with.
ASKED = tuple(name for name, fact in facts.FACTS.items() if fact.verbs & facts.EARNING)
#: The facts whose values are chosen from a list.
CHOSEN = tuple(name for name in ASKED if facts.FACTS[name].kind is not facts.Kind.FLAG)
JOINS = (("all", _("all of these hold")), ("any", _("at least one of these holds")))
GROUPS = (("all", _("All of …")), ("any", _("At least one of …")), ("none", _("None of …")))
MEASURES = (
    ("metric", _("how often something happened")),
    ("level", _("level")),
    ("member_days", _("days as a member")),
    ("badge", _("badge")),
    ("streak", _("streak")),
)
CHOOSING = (("in", _("is one of")), ("not_in", _("is none of")))
COUNTING = (
    ("ge", _("at least")),
    ("gt", _("more than")),
    ("eq", _("exactly")),
    ("ne", _("not")),
    ("le", _("at most")),
    ("lt", _("less than")),
)
WHOSE = (("recipient", _("of whom the rule rewards")), ("actor", _("of the person who acts")))
PER = (
    ("member", _("for each member")),
    ("pair", _("through the same person")),
    ("subject", _("for each post")),
    ("thread", _("for each question")),
)
PERIODS = (("day", _("a day")), ("week", _("a week")), ("month", _("a month")), ("ever", _("ever")))
UNITS = (("times", _("time(s)")), ("amount", _("points of reputation")))


def _select(label: Any, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=UnfoldAdminSelectWidget)


def _whole(label: Any, *, most: int) -> forms.IntegerField:
    # Bounds are told to the browser; what is sent all the same is refused by the parser, at its place.
    widget = UnfoldAdminIntegerFieldWidget(attrs={"min": 0, "max": most})
    return forms.IntegerField(label=label, required=False, widget=widget)


class MainForm(forms.Form):
    """What does not repeat: the deed, the recipient, the amounts."""

    verb = forms.ChoiceField(label=_("On"), widget=UnfoldAdminSelectWidget)
    recipient = forms.ChoiceField(label=_("For"), choices=RuleVersion.Recipient.choices, widget=UnfoldAdminSelectWidget)
    reputation = forms.IntegerField(
        label=_("Reputation"), min_value=0, max_value=MOST, widget=UnfoldAdminIntegerFieldWidget
    )
    credits = forms.IntegerField(label=_("Credits"), min_value=0, max_value=MOST, widget=UnfoldAdminIntegerFieldWidget)
    delay_days = forms.IntegerField(
        label=_("Days to wait"),
        min_value=0,
        max_value=MAX_DAYS,
        widget=UnfoldAdminIntegerFieldWidget,
        help_text=_("Decided so many days after the deed, if it still stands."),
    )
    join = forms.ChoiceField(label=_("The rule applies if"), choices=JOINS, widget=UnfoldAdminSelectWidget)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verb = self.fields["verb"]
        if isinstance(verb, forms.ChoiceField):
            verb.choices = [(name, deed.when) for name, deed in sentences.DEEDS.items() if name in facts.EARNING]


class ConditionRow(forms.Form):
    """One row of the condition. Which fields count depends on ``kind``; a row without a kind is left out."""

    kind = _select(_("About"), ())
    inside = forms.IntegerField(label=_("Belongs to"), required=False, min_value=0, max_value=MAX_NODES)
    choosing = _select(_("Comparison"), CHOOSING)
    values = forms.MultipleChoiceField(label=_("Values"), required=False, widget=forms.CheckboxSelectMultiple)
    flag = _select(_("Holds"), (("yes", _("yes")), ("no", _("no"))))
    metric = _select(_("What"), Metric.choices)
    of = _select(_("Whose"), WHOSE)
    days = _whole(_("In so many days"), most=MAX_DAYS)
    distinct = forms.BooleanField(label=_("Count different people"), required=False, widget=UnfoldBooleanWidget)
    streak = _select(_("Streak"), ())
    badge = _select(_("Badge"), ())
    tier = _select(_("Rim"), (("", _("any")), *Grade.Tier.choices))
    counting = _select(_("Comparison"), COUNTING)
    number = _whole(pgettext_lazy("rule", "Number"), most=1_000_000)

    def __init__(self, *args: Any, names: Names, rows: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.depth = 0
        about = [(name, sentences.FACTS[name]) for name in ASKED]
        self._choose("kind", [BLANK, (_("Group"), GROUPS), (_("The deed"), about), (_("The member"), MEASURES)])
        self._choose(
            "values", [(name, _values(name, names)) for name, fact in facts.FACTS.items() if fact.kind != "flag"]
        )
        self._choose("streak", list(names.streaks.items()))
        self._choose("badge", list(names.badges.items()))
        above = [("", _("the rule")), *((number, _("row %(n)d") % {"n": number + 1}) for number in range(rows))]
        self.fields["inside"].widget = UnfoldAdminSelectWidget(choices=above)

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def number_in_words(self) -> str:
        """How people call the row; the script fills in that of a row it adds."""
        prefix = str(self.prefix).rpartition("-")[2]
        return str(int(prefix) + 1) if prefix.isdecimal() else ""

    @property
    def value_groups(self) -> list[tuple[str, list[Any]]]:
        """The checkboxes of ``values``, apart for each fact."""
        boxes = list(self["values"])
        return [(name, [box for box in boxes if box.data["value"].startswith(f"{name}:")]) for name in CHOSEN]


class LimitRow(forms.Form):
    """One cap; without a number it is left out."""

    much = _whole(_("At most"), most=1_000_000)
    unit = _select(_("Unit"), UNITS)
    period = _select(_("Period"), PERIODS)
    per = _select(_("For each"), PER)


class BaseConditions(forms.BaseFormSet[ConditionRow]):
    """The rows of a condition, each told how many rows there are to belong to."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "rows": self.total_form_count()}


Conditions = forms.formset_factory(
    ConditionRow, formset=BaseConditions, extra=SPARE, max_num=MAX_NODES, absolute_max=MAX_NODES + 1
)
Limits = forms.formset_factory(LimitRow, extra=SPARE, max_num=MAX_LIMITS, absolute_max=MAX_LIMITS + 1)


class TermsForm:
    """The three forms together: from terms to rows, from rows to terms, and errors to the row that they are about."""

    def __init__(self, terms: Terms, *, revision: int, data: QueryDict | None = None, more: str = "") -> None:
        self.names = queries.names()
        join, rows = outline.rows_of(terms.condition)
        kwargs = {"names": self.names}
        main = {name: getattr(terms, name) for name in ("verb", "recipient", "reputation", "credits", "delay_days")}
        data = _with_more(data, more) if data is not None and more else data
        self.main = MainForm(data, initial={**main, "join": join, "revision": revision})
        self.conditions = Conditions(data, prefix="conditions", initial=list(rows), form_kwargs=kwargs)
        self.limits = Limits(data, prefix="limits", initial=[_cap_row(cap) for cap in terms.limits])
        self._indent()

    def is_valid(self) -> bool:
        """Whether the terms can be read and evaluated; else every error stands beside its field or row."""
        forms_are_valid = all([self.main.is_valid(), self.conditions.is_valid(), self.limits.is_valid()])
        return forms_are_valid and self._parses()

    @property
    def terms(self) -> Terms:
        """What was written; only after ``is_valid``."""
        said = self.main.cleaned_data
        return Terms(
            **{name: said[name] for name in ("verb", "recipient", "reputation", "credits", "delay_days")},
            condition=self.condition,
            limits=self.caps,
        )

    @property
    def revision(self) -> int:
        """The revision of the draft that the writer saw."""
        return int(self.main.cleaned_data["revision"])

    @property
    def reading_order(self) -> list[ConditionRow]:
        """The rows in reading order, empty ones last."""
        order = {number: place for place, (number, _depth) in enumerate(outline.nested(self._rows()))}
        forms_ = list(enumerate(self.conditions.forms))
        return [form for number, form in sorted(forms_, key=lambda pair: order.get(pair[0], len(order) + pair[0]))]

    def _parses(self) -> bool:
        rows = {
            number: form.cleaned_data
            for number, form in enumerate(self.conditions.forms)
            if form.cleaned_data.get("kind")
        }
        try:
            self.condition, places = outline.tree_of(self.main.cleaned_data["join"], rows)
        except Malformed as wrong:
            return self._blame(int(wrong.where[0]), wrong)
        try:
            parse(self.condition, queries.known())
        except Malformed as wrong:
            return self._blame(outline.row_at(wrong.where, places), wrong)
        return self._reads_caps()

    def _blame(self, row: int | None, wrong: Malformed) -> bool:
        form: forms.Form = self.main if row is None else self.conditions.forms[row]
        form.add_error(None, sentences.problem(wrong))
        return False

    def _reads_caps(self) -> bool:
        written = [form for form in self.limits.forms if form.cleaned_data.get("much") is not None]
        self.caps = [
            {"per": row["per"], "period": row["period"], row["unit"]: row["much"]}
            for row in (form.cleaned_data for form in written)
        ]
        try:
            parse_limits(self.caps)
        except Malformed as wrong:
            form = written[int(wrong.where[0])] if wrong.where else self.main
            form.add_error(None, sentences.problem(wrong))
            return False
        return True

    def _indent(self) -> None:
        for number, depth in outline.nested(self._rows()):
            self.conditions.forms[number].depth = depth

    def _rows(self) -> Mapping[int, outline.Row]:
        """What kind of row is where, as far as it can be read."""
        rows = {}
        for number, form in enumerate(self.conditions.forms):
            inside = form["inside"].value()
            if form["kind"].value():
                rows[number] = {"inside": _small(inside)}
        return rows


def _values(name: str, names: Names) -> list[tuple[str, Any]]:
    if choices := facts.FACTS[name].choices:
        return [(f"{name}:{value}", sentences.CHOICES[name][value]) for value in choices]
    return [(f"{name}:{value}", label) for value, label in names.rows.get(name, {}).items()]


def _small(text: object) -> int | None:
    """The number of a row as it was sent, if it can be one."""
    digits = str(text)
    return int(digits) if digits.isdecimal() and len(digits) <= 3 else None


def _cap_row(cap: Mapping[str, Any]) -> dict[str, Any]:
    unit = "times" if cap.get("times") is not None else "amount"
    return {"per": cap["per"], "period": cap["period"], "unit": unit, "much": cap.get(unit)}


def _with_more(data: QueryDict, prefix: str) -> QueryDict:
    """What was sent, with room for another row."""
    changed, name = data.copy(), f"{prefix}-TOTAL_FORMS"
    total = changed.get(name, "")
    if (rows := _small(total)) is not None:
        changed[name] = str(rows + 1)
    return changed
