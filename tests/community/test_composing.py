"""What may be composed, and what it costs."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from community.composing import Complaint, Constraint, Fault, Kit, Part, compose

KIT = Kit(
    Decimal("10.00"),
    (
        Part("bean", is_required=True, choices={"mild": Decimal(0), "dark": Decimal("1.50")}),
        Part("spice", is_required=False, choices={"honey": Decimal(2), "pepper": Decimal("-0.50")}),
    ),
    (
        Constraint(("bean", "dark"), excludes=True, other=("spice", "honey")),
        Constraint(("spice", "pepper"), excludes=False, other=("bean", "dark")),
    ),
)


def faults(**chosen: str) -> list[Fault]:
    return [complaint.fault for complaint in compose(KIT, chosen).complaints]


def test_what_fits_has_its_price() -> None:
    composed = compose(KIT, {"spice": "pepper", "bean": "dark"})
    assert (composed.picks, composed.price, composed.complaints) == (
        {"bean": "dark", "spice": "pepper"},
        Decimal("11.00"),
        (),
    )


def test_an_option_may_be_left_out_where_it_is_not_required() -> None:
    assert compose(KIT, {"bean": "mild", "spice": ""}).price == Decimal("10.00")


def test_what_is_missing_unknown_or_does_not_fit_is_said() -> None:
    assert faults() == [Fault.MISSING]
    assert faults(bean="purple") == [Fault.UNKNOWN]
    assert faults(bean="mild", colour="red") == [Fault.UNKNOWN]
    assert faults(bean="dark", spice="honey") == [Fault.EXCLUDES]
    assert faults(bean="mild", spice="pepper") == [Fault.REQUIRES]


def test_a_complaint_names_both_sides() -> None:
    (complaint,) = compose(KIT, {"bean": "dark", "spice": "honey"}).complaints
    assert complaint == Complaint(Fault.EXCLUDES, "bean", ("bean", "dark"), ("spice", "honey"))


def test_a_price_below_nothing_is_refused() -> None:
    kit = Kit(Decimal(1), (Part("bean", is_required=True, choices={"free": Decimal(-5)}),))
    composed = compose(kit, {"bean": "free"})
    assert (composed.price, [complaint.fault for complaint in composed.complaints]) == (Decimal(0), [Fault.NEGATIVE])


@given(st.dictionaries(st.sampled_from(["bean", "spice", "colour"]), st.sampled_from(["", "mild", "dark", "honey"])))
def test_whatever_is_sent_the_price_is_that_of_the_known_choices(chosen: dict[str, str]) -> None:
    composed = compose(KIT, chosen)
    effects = {part.key: part.choices for part in KIT.parts}
    assert composed.price == KIT.base_price + sum(effects[key][choice] for key, choice in composed.picks.items())
    assert compose(KIT, composed.picks).picks == composed.picks
