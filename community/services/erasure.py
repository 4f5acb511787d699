"""Erasure: a member is made nobody in place (GDPR art. 17). Threads stay readable and the ledger stays whole."""

from __future__ import annotations

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from community import activity, freshness, live
from community.models import DataExport, Member, ShopCustomer, Standing
from community.models.privacy import private
from community.refusals import Refusal
from community.registry import registry
from community.services import letters, members


class LastAdministrator(Refusal):
    """Nobody would be left who can do everything."""

    code = "last_administrator"
    message = _("You are the only administrator. Give somebody else all powers first.")
    status = 409


@transaction.atomic
def erase(*, member: Member, by: Member, at: datetime) -> None:
    """Remove who the member was, for good; what they wrote stays as a former member's. Twice is once.

    Raises ``LastAdministrator``.
    """
    administrators = Member.objects.select_for_update().filter(is_superuser=True, is_active=True)
    others = [pk for pk in administrators.order_by("pk").values_list("pk", flat=True) if pk != member.pk]
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.erased_at:
        return
    if member.is_superuser and not others:
        raise LastAdministrator
    address, language, name = member.email, member.language, member.display_name
    for kind in registry.personal_data:
        if callable(kind.erased):
            kind.erased(member, at)
        elif kind.erased == "deleted":
            kind.model._default_manager.filter(**{kind.owner: member.pk}).delete()
    _make_nobody(member, at)
    letters.write(
        key=f"erased:{member.pk}", template="erased", to=address, language=language, context={"name": name}, at=at
    )
    activity.record(
        verb=activity.MEMBER_ERASED,
        key=f"{activity.MEMBER_ERASED}:{member.pk}",
        actor=by,
        subject=("member", member.pk),
        at=at,
    )
    ended = {"type": "session.ended", "session": None}
    transaction.on_commit(lambda: live.publish(live.member_group(member.pk), ended), robust=True)
    transaction.on_commit(freshness.changed, robust=True)


def _make_nobody(member: Member, at: datetime) -> None:
    picture = member.avatar.name
    member.email = f"erased-{member.pk}@erased.invalid"
    member.handle = f"former-{get_random_string(12, members.HANDLE_LETTERS)}"
    member.display_name = member.bio = ""
    member.avatar = ""
    member.is_active = member.is_staff = member.is_superuser = False
    member.quiet_from = member.quiet_until = member.last_login = None
    member.erased_at = at
    member.set_unusable_password()
    member.save()
    member.groups.clear()
    member.user_permissions.clear()
    if picture:
        transaction.on_commit(lambda: default_storage.delete(picture), robust=True)


def end_sessions(member: Member, at: datetime) -> None:
    """Sign the member out everywhere."""
    for session in UserSession.objects.filter(user=member):
        session.end()


def clear_standing(member: Member, at: datetime) -> None:
    """Show no role and no pin beside the former member's posts; the level stays, as the ledger does."""
    Standing.objects.filter(member=member).update(role="", pin={})


def unlink_shop(member: Member, at: datetime) -> None:
    """Forget which of the shop's customers the member is; what the shop keeps is the shop's to erase."""
    ShopCustomer.objects.filter(member=member).update(member=None, linked_at=None, email_digest="")


def drop_exports(member: Member, at: datetime) -> None:
    """Delete the copies of the member's data."""
    delete_exports(DataExport.objects.filter(member=member))


def delete_exports(exports: QuerySet[DataExport]) -> None:
    """Delete exports with their files."""
    names = [name for name in exports.values_list("file", flat=True) if name]
    exports.delete()

    def delete_files() -> None:
        for name in names:
            private().delete(name)

    transaction.on_commit(delete_files, robust=True)
