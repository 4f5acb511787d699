"""A routing rule as plain form fields: what is left empty is not asked."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDecimalFieldWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminSelect2MultipleWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from chat.models import HelpRequest, RoutingRule, Target
from chat.services import routing_rules
from community.models import Product, Topic

PHASES = HelpRequest._meta.get_field("phase").choices or ()
NOBODY = ("", "—")
THEN = ("then_1", "then_2", "then_3")
LINES = ("page", "crm")
MANY = ("phases", "languages", "products", "topics", "weekdays")
MONEY = ("cart_from", "cart_until")
TIMES = ("time_from", "time_until")
COUNTS = ("queue_from", "queue_until")


def _several(label: Any, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )


def _lines(label: Any, hint: Any) -> forms.CharField:
    widget = UnfoldAdminTextareaWidget(attrs={"rows": 3})
    return forms.CharField(label=label, help_text=hint, required=False, max_length=2_000, widget=widget)


def _money(label: Any, hint: Any = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=hint, required=False, min_value=0, max_digits=12, decimal_places=2,
        widget=UnfoldAdminDecimalFieldWidget,
    )  # fmt: skip


def _clock(label: Any, hint: Any = "") -> forms.TimeField:
    widget = UnfoldAdminTextInputWidget(attrs={"type": "time"})
    return forms.TimeField(label=label, help_text=hint, required=False, widget=widget)


def _count(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=10_000,
        widget=UnfoldAdminIntegerFieldWidget,
    )  # fmt: skip


def _target(label: Any) -> forms.ChoiceField:
    choices = [NOBODY, *Target.choices]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=UnfoldAdminSelectWidget)


class RuleForm(forms.ModelForm[RoutingRule]):
    """Conditions and fall-backs as fields; the service's no stands beside the field that it is about."""

    phases = _several(_("Phase"), PHASES)
    languages = _several(_("Language"), settings.LANGUAGES)
    products: Any = forms.ModelMultipleChoiceField(
        Product.objects.order_by("position", "id"),
        label=_("Product"), required=False, to_field_name="slug", widget=UnfoldAdminSelect2MultipleWidget,
    )  # fmt: skip
    topics: Any = forms.ModelMultipleChoiceField(
        Topic.objects.order_by("position", "id"),
        label=_("Topic"), required=False, to_field_name="slug", widget=UnfoldAdminSelect2MultipleWidget,
    )  # fmt: skip
    page = _lines(
        _("Address of the page contains"), _("One part for each line, such as /espresso. One of them is enough.")
    )
    cart_from = _money(_("Cart from"), _("In the shop's currency. Without a cart this is not met."))
    cart_until = _money(_("Cart up to"))
    time_from = _clock(_("From"), _("The site's clock. It may go over midnight."))
    time_until = _clock(_("Until"))
    weekdays = _several(_("Weekday"), [(str(day), name) for day, name in WEEKDAYS.items()])
    returning = forms.ChoiceField(
        label=_("Was here before"), required=False, choices=(NOBODY, ("yes", _("Yes")), ("no", _("No"))),
        widget=UnfoldAdminSelectWidget,
    )  # fmt: skip
    crm = _lines(
        _("Vouched for by the shop"),
        _("One for each line, such as tier = gold or orders >= 3 (=, >= or <=). All of them must hold."),
    )
    queue_from = _count(_("At least so many wait"), _("For the target of this rule."))
    queue_until = _count(_("At most so many wait"))
    then_1 = _target(_("If nobody is there"))
    then_2 = _target(_("And then"))
    then_3 = _target(_("And in the end"))

    class Meta:
        model = RoutingRule
        fields = ("name", "position", "is_active", "target", "hold_out")
        help_texts = {
            "position": _("Rules are asked from the lowest number on; the first that is met decides."),
            "is_active": _("Without this it is a draft: try it in the simulator first."),
            "hold_out": _("So many of a hundred begin with the bot, to measure what a person changes."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(_shown(self.instance))

    def clean(self) -> dict[str, Any]:
        """Put the fields together and let the service look at the whole."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        rule = self.instance
        rule.conditions, rule.fallbacks = _stored(cleaned), [cleaned[name] for name in THEN if cleaned.get(name)]
        for name in self._meta.fields or ():
            setattr(rule, name, cleaned[name])
        try:
            routing_rules.check(rule)
        except routing_rules.BadTarget as refusal:
            self.add_error("then_1", str(refusal.message))
        except (routing_rules.BadConditions, routing_rules.BadHoldOut) as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))
        return cleaned


def _shown(rule: RoutingRule) -> dict[str, Any]:
    """What is stored, as the fields show it."""
    kept: dict[str, Any] = rule.conditions if isinstance(rule.conditions, dict) else {}
    initial = {name: kept[name] for name in (*MANY, *MONEY, *TIMES, *COUNTS) if name in kept}
    initial |= {name: "\n".join(kept[name]) for name in LINES if name in kept}
    initial["returning"] = {True: "yes", False: "no"}.get(kept.get("returning"), "")  # type: ignore[arg-type] # None is neither
    return initial | dict(zip(THEN, rule.fallbacks, strict=False))


def _stored(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The conditions that were filled in, as ``chat.parsing`` reads them."""
    found: dict[str, Any] = {
        "phases": cleaned["phases"],
        "languages": cleaned["languages"],
        "products": [product.slug for product in cleaned["products"]],
        "topics": [topic.slug for topic in cleaned["topics"]],
        "weekdays": [int(day) for day in cleaned["weekdays"]],
    }
    found |= {name: [line.strip() for line in cleaned[name].splitlines() if line.strip()] for name in LINES}
    found |= {name: str(cleaned[name]) for name in MONEY if cleaned[name] is not None}
    found |= {name: _hours(cleaned[name]) for name in TIMES if cleaned[name] is not None}
    found |= {name: cleaned[name] for name in COUNTS if cleaned[name] is not None}
    if cleaned["returning"]:
        found["returning"] = cleaned["returning"] == "yes"
    return {name: value for name, value in found.items() if value != []}


def _hours(clock: time) -> str:
    return f"{clock:%H:%M}"
