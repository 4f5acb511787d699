"""Agreements: a manager puts words in force, a member gives or withdraws what they agree to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Agreement, AgreementGiven, AgreementVersion
from community import activity, markdown, words
from community.models import Member
from community.refusals import Refusal


class Outdated(Refusal):
    """There are newer words than those that were read."""

    code = "agreement_outdated"
    message = _("This text has a newer version. Read it before you agree.")


class NotGiven(Refusal):
    """There is nothing to withdraw."""

    code = "agreement_not_given"
    message = _("You have not agreed to this text, or no more.")


class NoWords(Refusal):
    """A text in one language is no text in two."""

    code = "agreement_without_words"
    message = _("Write the text in each language.")
    field = "body_de"
    status = 422


def digest_of(bodies: Mapping[str, str]) -> str:
    """The SHA-256 of the texts in all languages, written as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(bodies, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@transaction.atomic
def publish(
    *, agreement: Agreement, bodies: Mapping[str, str], by: Member | None, at: datetime
) -> AgreementVersion | None:
    """Put new words in force; the same words again are no new version. Raises ``NoWords``.

    What was signed stays signed in its own version: a contract is not changed behind anybody's back.
    """
    clean = {code: words.lines(bodies.get(code) or "") for code, _name in settings.LANGUAGES}
    if not all(clean.values()):
        raise NoWords
    Agreement.objects.select_for_update().get(pk=agreement.pk)
    digest = digest_of(clean)
    last = agreement.versions.order_by("-number").first()
    if last is not None and last.digest == digest:
        return None
    version = AgreementVersion(agreement=agreement, number=last.number + 1 if last else 1, digest=digest, by=by, at=at)
    for code, body in clean.items():
        setattr(version, f"body_{code}", body)
        setattr(version, f"html_{code}", markdown.render(body))
    version.save()
    return version


@transaction.atomic
def give(*, member: Member, version: AgreementVersion, language: str, at: datetime) -> AgreementGiven:
    """Keep that the member agrees to these words; an older version of theirs ends with it. Twice is once.

    Raises ``Outdated``.
    """
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    newest = AgreementVersion.objects.filter(agreement=version.agreement_id).order_by("-number").first()
    if newest != version:
        raise Outdated
    in_force = AgreementGiven.objects.filter(member=member, agreement=version.agreement_id, withdrawn_at=None)
    same = in_force.filter(version=version).first()
    if same is not None:
        return same
    in_force.update(withdrawn_at=at)
    made = AgreementGiven.objects.create(
        member=member,
        agreement_id=version.agreement_id,
        version=version,
        digest=version.digest,
        language=language,
        given_at=at,
    )
    activity.record(
        verb=activity.AGREEMENT_GIVEN,
        key=_key(made),
        actor=member,
        subject=("agreement", version.agreement_id),
        at=at,
        facts={"version": version.pk},
    )
    return made


@transaction.atomic
def end(*, member: Member, agreement: Agreement, at: datetime) -> None:
    """Keep that the member does not agree any more. Raises ``NotGiven``."""
    given = AgreementGiven.objects.filter(member=member, agreement=agreement, withdrawn_at=None).first()
    if given is None or not AgreementGiven.objects.filter(pk=given.pk, withdrawn_at=None).update(withdrawn_at=at):
        raise NotGiven
    activity.undo(key=_key(given), verb=activity.AGREEMENT_WITHDRAWN, actor=member, at=at)


def _key(given: AgreementGiven) -> str:
    return f"{activity.AGREEMENT_GIVEN}:{given.pk}"
