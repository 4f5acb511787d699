"""Refusals: a service's no, with a stable code for programs and a sentence for people."""

from __future__ import annotations

from django.utils.functional import Promise


class Refusal(Exception):
    """A deed that the rules of the product forbid. Nothing was changed.

    ``code`` is stable and part of the API; ``message`` says what to do, in the reader's language.
    ``field`` names the form field that it concerns, if any.
    """

    code = "refused"
    message: str | Promise = ""
    field: str | None = None
    status = 409

    def __init__(self, message: str | Promise | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(self.code)
