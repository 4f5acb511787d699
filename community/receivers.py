"""After commit: drop kept pages, enqueue a deed's consumers, hint the tabs that show its thread, end sockets."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.http import HttpRequest
from django.utils import timezone

from community import freshness, live, tasks
from community.activity import activity_recorded
from community.models import Activity, Member
from community.queries import live as live_queries
from community.registry import registry
from community.services import shop_customers


def connect() -> None:
    """Connect the receivers, once."""
    activity_recorded.connect(drop_pages, dispatch_uid="drop_pages")
    activity_recorded.connect(enqueue_consumers, dispatch_uid="enqueue_consumers")
    activity_recorded.connect(hint_readers, dispatch_uid="hint_readers")
    user_logged_out.connect(end_sockets, dispatch_uid="end_sockets")
    email_confirmed.connect(link_confirmed, dispatch_uid="link_confirmed")
    user_logged_in.connect(link_signed_in, dispatch_uid="link_signed_in")


def drop_pages(activity: Activity, **kwargs: Any) -> None:
    """Let visitors see the deed at once."""
    freshness.changed()


def enqueue_consumers(activity: Activity, **kwargs: Any) -> None:
    """Wake a worker for each consumer; where no broker listens, the sweep finds the deliveries."""
    for consumer in registry.consumers_of(activity.verb):
        tasks.consume.delay(consumer.name)


def hint_readers(activity: Activity, **kwargs: Any) -> None:
    """Send the thread's counters as they are now to the tabs that show it."""
    thread_id = activity.facts.get("thread")
    if thread_id and (now := live_queries.thread_now(thread_id)):
        frame = {"type": "thread", "id": thread_id, "version": activity.pk, **now}
        live.publish(live.thread_group(thread_id), {"type": "frame", "frame": frame})


def end_sockets(request: HttpRequest, user: Member | None, **kwargs: Any) -> None:
    """Close the sockets of a session that was signed out."""
    if user is not None and request is not None:
        live.publish(
            live.member_group(user.pk), {"type": "session.ended", "session": request.session.session_key or ""}
        )


def link_confirmed(email_address: EmailAddress, **kwargs: Any) -> None:
    """Give who verified an address what was bought under it."""
    shop_customers.link(member=email_address.user, at=timezone.now())


def link_signed_in(user: Member, **kwargs: Any) -> None:
    """The same for addresses that came verified, as with a social log-in."""
    if shop_customers.waits_for(user):
        shop_customers.link(member=user, at=timezone.now())
