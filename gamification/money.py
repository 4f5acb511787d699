"""Money in the database: whole hundredths, so that the database itself adds and compares them exactly.

SQLite keeps decimals as floating point numbers; there 0.10 + 0.20 would be more than a cap of 0.30.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeVar

from django import forms
from django.db import models

CENT = Decimal("0.01")

Set_contra = TypeVar("Set_contra", contravariant=True)
Get_co = TypeVar("Get_co", covariant=True)


def rounded(amount: Decimal) -> Decimal:
    """To the hundredth, half up, as a till does."""
    return amount.quantize(CENT, ROUND_HALF_UP)


class MoneyField(models.BigIntegerField[Set_contra, Get_co]):
    """An amount with two places: a ``Decimal`` in Python, hundredths in the database."""

    _pyi_private_set_type: Decimal | int  # type: ignore[assignment] # where integers have int
    _pyi_private_get_type: Decimal  # type: ignore[assignment] # where integers have int
    _pyi_lookup_exact_type: Decimal | int  # type: ignore[assignment] # where integers have int

    def from_db_value(self, value: int | None, expression: object, connection: object) -> Decimal | None:
        return None if value is None else Decimal(int(value)).scaleb(-2)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else rounded(Decimal(value))

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return int(rounded(Decimal(value)).scaleb(2))

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        defaults = {"form_class": forms.DecimalField, "max_digits": 12, "decimal_places": 2, **kwargs}
        return models.Field.formfield(self, **defaults)
