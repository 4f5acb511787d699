"""One's own data: a copy of it, and the proof that it is oneself who asks."""

from __future__ import annotations

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import limits
from community.api.base import ApiView
from community.api.people import member_of
from community.api.schema import operation
from community.api.serializers.members import ExportSerializer
from community.models import Member
from community.refusals import Refusal
from community.services import exports


class ProveYourself(Refusal):
    """Whoever found an open tab or a token must not take or end an account with it."""

    code = "reauthentication_required"
    message = _("Confirm your password or passkey first, then send this again.")
    status = 401


class Export(ApiView):
    """A copy of everything that is kept about the member who asks."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "members_me_export",
        "Ask for a copy of your own data",
        {202: ExportSerializer},
        refuses=("not_authenticated", ProveYourself, exports.UnderWay),
        limit=limits.EXPORTS,
        request=None,
        description="A worker puts the file together. An e-mail says when it can be fetched, once, in the settings.",
    )
    def post(self, request: Request) -> Response:
        member, now = proven(request), timezone.now()
        limits.spend(limits.EXPORTS, member=member, at=now)
        export = exports.ask(member=member, at=now)
        return Response({"state": "under_way", "requested_at": export.requested_at}, status=202)


def proven(request: Request) -> Member:
    """Return the member who asks and has just proved to be it. Raises ``ProveYourself``."""
    member = member_of(request)
    asked = HttpRequest()
    # An app's session is not the request's own: it came by its token.
    asked.user, asked.session = member, request.auth if isinstance(request.auth, SessionBase) else request.session
    if not did_recently_reauthenticate(asked):
        raise ProveYourself
    return member
