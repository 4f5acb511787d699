"""Which way notifications go: the settings, and the way out that every mail carries."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community import limits
from community.forms.channels import ChannelsForm
from community.models import Channel
from community.queries import channels as queries
from community.registry import registry
from community.services import channels
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, SeeOther, posted
from community.views.secret_links import by_secret_link


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def settings(request: MemberRequest) -> HttpResponse:
    """The matrix of groups and channels, and the quiet hours."""
    member = request.user
    form = ChannelsForm(posted(request), member=member, choices=queries.of(member))
    if not form.is_valid():
        context = {"form": form, "zone": member.timezone.replace("_", " ")}
        return render(request, "notification_settings.html", context, status=INVALID if form.is_bound else 200)
    limits.spend(limits.CHANNELS, member=member, at=timezone.now())
    channels.choose(member=member, channels=form.channels)
    channels.keep_quiet(member=member, **form.quiet)
    messages.success(request, _("Saved."))
    return SeeOther(request.path)


@by_secret_link
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opened, it asks; sent (by a button here or by the mail program's own, RFC 8058), it acts. Needs no log-in."""
    member, scope = channels.read_token(token)
    if request.method == "POST":
        limits.spend(limits.CHANNELS, member=member, at=timezone.now())
        scope = channels.EVERYTHING if "everything" in request.POST else scope
        channels.unsubscribe(member=member, scope=scope)
    with translation.override(member.language):
        context = {"done": request.method == "POST", "what": _label(scope), "everything": scope == channels.EVERYTHING}
        return render(request, "unsubscribe.html", context)


def _label(scope: str) -> str:
    """What the mails are about, in the reader's language."""
    if scope == channels.EVERYTHING:
        return _("All e-mails")
    group = registry.notification_groups.get(scope)
    return str(group.label if group else Channel(scope).label if scope in Channel.values else scope)
