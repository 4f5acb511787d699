"""The page on which one becomes a member."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as allauth


class SignupForm(allauth.SignupForm):
    """allauth's form with the display name first and required."""

    field_order = ("display_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].required = True
