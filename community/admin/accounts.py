"""How members sign in, for superusers: addresses, sessions and second factors are read; a lost factor is taken off.

The pages that come with allauth would let an address be verified or moved by hand, past everything that hangs on it.
Apps and tokens of other sign-ins hold secrets and stand in the settings.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from community.admin.base import ReadOnlyPage, link, may_change

admin.site.unregister((EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession))


class AccountPage(ReadOnlyPage):
    """Something by which a member signs in."""

    search_fields: tuple[str, ...] = ("user__display_name", "user__handle")
    search_help_text = _("Member")
    ordering: tuple[str, ...] = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Model]:
        return super().get_queryset(request).select_related("user")

    @display(description=_("member"))
    def member(self, row: EmailAddress | Authenticator | SocialAccount | UserSession) -> str:
        return link(row.user)


@admin.register(EmailAddress)
class EmailAddressPage(AccountPage):
    """Addresses and whether they were confirmed."""

    list_display = ("email", "member", "primary", "verified")
    list_filter = ("primary", "verified")
    search_fields = ("email", *AccountPage.search_fields)
    fields = ("member", "email", "primary", "verified")


@admin.register(Authenticator)
class AuthenticatorPage(AccountPage):
    """Second factors without their secrets; who has lost theirs can be let in again."""

    list_display = ("member", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    fields = ("member", "type", "created_at", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return may_change(self, request)


@admin.register(UserSession)
class SessionPage(AccountPage):
    """Where members are signed in."""

    list_display = ("member", "created_at", "last_seen_at", "ip", "user_agent")
    fields = ("member", "created_at", "last_seen_at", "ip", "user_agent")


@admin.register(SocialAccount)
class SocialAccountPage(AccountPage):
    """Accounts elsewhere that members sign in with."""

    list_display = ("member", "provider", "uid", "date_joined", "last_login")
    list_filter = ("provider",)
    fields = ("member", "provider", "uid", "date_joined", "last_login")
