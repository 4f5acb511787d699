"""allauth's hooks: who signs up becomes a member through our own service, on the page, by app or by social log-in."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from community.models import Member
from community.services import brands, consents, members


class AccountAdapter(DefaultAccountAdapter):
    """Fills in what a member needs beside the e-mail address, in the language of the request."""

    def save_user(self, request: HttpRequest, user: Member, form: forms.Form, commit: bool = True) -> Member:  # noqa: FBT001, FBT002 - allauth's signature
        """Store the member that signs up with ``form``."""
        user.display_name = form.cleaned_data.get("display_name", "")
        super().save_user(request, user, form, commit=False)
        if not commit:
            return user
        now, brand = timezone.now(), brands.current()
        members.enrol(member=user, at=now)
        if brand.terms_url:
            consents.give(member=user, purpose=consents.TERMS, version=brand.terms_version, at=now)
        return user

    def populate_username(self, request: HttpRequest, user: Member) -> None:
        """Choose handle, name and language where they are missing; social log-ins pass only here."""
        user.display_name = user.display_name or self._made_up_name()
        user.handle = user.handle or members.free_handle(user.display_name)
        user.language = "en" if (translation.get_language() or "").startswith("en") else "de"

    def format_email_subject(self, subject: str) -> str:
        """Say whose mail it is."""
        return f"{brands.current().name}: {subject}"

    @staticmethod
    def _made_up_name() -> str:
        # Never a part of the e-mail address: the name is public.
        return f"{_('Member')} {get_random_string(4, '23456789')}"
