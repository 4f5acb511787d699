"""The journal: ``record`` writes a deed and its deliveries in the transaction of the deed itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import connection, transaction
from django.dispatch import Signal

from community.models import Activity, Delivery, Member
from community.registry import registry

THREAD_CREATED = "thread.created"
ANSWER_CREATED = "answer.created"
COMMENT_CREATED = "comment.created"
ANSWER_ACCEPTED = "answer.accepted"
ANSWER_UNACCEPTED = "answer.unaccepted"
ANSWER_FOUND_HELPFUL = "answer.found_helpful"
ANSWER_HELPFUL_WITHDRAWN = "answer.helpful_withdrawn"
THREAD_EDITED = "thread.edited"
ANSWER_EDITED = "answer.edited"
THREAD_DELETED = "thread.deleted"
THREAD_RESTORED = "thread.restored"
ANSWER_DELETED = "answer.deleted"
ANSWER_RESTORED = "answer.restored"
COMMENT_DELETED = "comment.deleted"
COMMENT_RESTORED = "comment.restored"
MEMBER_MENTIONED = "member.mentioned"
THREAD_ME_TOO = "thread.me_too"
THREAD_ME_TOO_WITHDRAWN = "thread.me_too_withdrawn"
THREAD_MERGED = "thread.merged"
ANSWER_MADE_OFFICIAL = "answer.made_official"
ANSWER_OFFICIAL_WITHDRAWN = "answer.official_withdrawn"
THREAD_HIDDEN = "thread.hidden"
THREAD_SHOWN = "thread.shown"
ANSWER_HIDDEN = "answer.hidden"
ANSWER_SHOWN = "answer.shown"
COMMENT_HIDDEN = "comment.hidden"
COMMENT_SHOWN = "comment.shown"
POST_FLAGGED = "post.flagged"
CASE_DECIDED = "case.decided"
CASE_REOPENED = "case.reopened"
MEMBER_SANCTIONED = "member.sanctioned"
MEMBER_ERASED = "member.erased"
SANCTION_LIFTED = "sanction.lifted"
SANCTION_APPEALED = "sanction.appealed"
APPEAL_DECIDED = "appeal.decided"
NOTICE_DECIDED = "notice.decided"
TRUST_CHANGED = "trust.changed"
IDEA_CREATED = "idea.created"
IDEA_EDITED = "idea.edited"
IDEA_HIDDEN = "idea.hidden"
IDEA_SHOWN = "idea.shown"
IDEA_DELETED = "idea.deleted"
IDEA_RESTORED = "idea.restored"
IDEA_MERGED = "idea.merged"
IDEA_FOUND_GOOD = "idea.found_good"
IDEA_VOTE_WITHDRAWN = "idea.vote_withdrawn"
IDEA_STATUS_CHANGED = "idea.status_changed"
IDEA_WON = "idea.won"
IDEA_COMMENT_CREATED = "idea_comment.created"
IDEA_COMMENT_DELETED = "idea_comment.deleted"
IDEA_COMMENT_RESTORED = "idea_comment.restored"
IDEA_COMMENT_HIDDEN = "idea_comment.hidden"
IDEA_COMMENT_SHOWN = "idea_comment.shown"
CONTEST_VOTE_GIVEN = "contest.vote_given"
CONTEST_VOTE_WITHDRAWN = "contest.vote_withdrawn"
CONTEST_CLOSED = "contest.closed"
NEWS_PUBLISHED = "news.published"
REVIEW_CREATED = "review.created"
REVIEW_EDITED = "review.edited"
REVIEW_DELETED = "review.deleted"
REVIEW_RESTORED = "review.restored"
REVIEW_HIDDEN = "review.hidden"
REVIEW_SHOWN = "review.shown"
REVIEW_DISCLOSED = "review.disclosed"
REVIEW_FOUND_HELPFUL = "review.found_helpful"
REVIEW_HELPFUL_WITHDRAWN = "review.helpful_withdrawn"
REVIEW_REPLIED = "review.replied"
REVIEW_REPLY_WITHDRAWN = "review.reply_withdrawn"
REWARD_REDEEMED = "reward.redeemed"
REWARD_REFUNDED = "reward.refunded"
POINTS_HELD = "points.held"
POINTS_RELEASED = "points.released"
HOLD_UPHELD = "hold.upheld"
HOLD_APPEALED = "hold.appealed"
HOLD_ANSWERED = "hold.answered"
RULE_ACTIVATED = "rule.activated"
RULE_RETIRED = "rule.retired"

BADGE_REVOKED = "badge.revoked"
BADGE_RESTORED = "badge.restored"
QUEST_COMPLETED = "quest.completed"
QUEST_REOPENED = "quest.reopened"
COUPON_REDEEMED = "coupon.redeemed"
COUPON_REFUNDED = "coupon.refunded"
COUPON_REVOKED = "coupon.revoked"
CONVERSATION_CLOSED = "conversation.closed"
CONVERSATION_HELPED = "conversation.helped"
CONVERSATION_RATED = "conversation.rated"
CONSULTATION_DISPUTED = "consultation.disputed"
CONSULTATION_DECIDED = "consultation.decided"
STATEMENT_ISSUED = "statement.issued"
TEST_OPENED = "test.opened"
TEST_APPLIED = "test.applied"
TEST_APPLICATION_WITHDRAWN = "test.application_withdrawn"
TEST_DRAWN = "test.drawn"
TEST_JOINED = "test.joined"
TEST_LEFT = "test.left"
EVENT_REGISTERED = "event.registered"
EVENT_REGISTRATION_WITHDRAWN = "event.registration_withdrawn"
EVENT_ATTENDED = "event.attended"
EVENT_ATTENDANCE_WITHDRAWN = "event.attendance_withdrawn"
APPLICATION_SUBMITTED = "application.submitted"
APPLICATION_WITHDRAWN = "application.withdrawn"
APPLICATION_DECIDED = "application.decided"
APPLICATION_REOPENED = "application.reopened"
TEST_REPORTED = "test.reported"
AGREEMENT_GIVEN = "agreement.given"
AGREEMENT_WITHDRAWN = "agreement.withdrawn"
TRAINING_PASSED = "training.passed"
AMBASSADOR_ACTIVE = "ambassador.active"
TIER_REACHED = "tier.reached"

#: Each verb and its inverse, or ``None`` where the deed is not taken back but followed by a new one.
INVERSES: Mapping[str, str | None] = {
    THREAD_CREATED: None,
    ANSWER_CREATED: None,
    COMMENT_CREATED: None,
    ANSWER_ACCEPTED: ANSWER_UNACCEPTED,
    ANSWER_FOUND_HELPFUL: ANSWER_HELPFUL_WITHDRAWN,
    THREAD_EDITED: None,
    ANSWER_EDITED: None,
    THREAD_DELETED: THREAD_RESTORED,
    ANSWER_DELETED: ANSWER_RESTORED,
    COMMENT_DELETED: COMMENT_RESTORED,
    MEMBER_MENTIONED: None,
    MEMBER_ERASED: None,
    THREAD_ME_TOO: THREAD_ME_TOO_WITHDRAWN,
    THREAD_MERGED: None,
    ANSWER_MADE_OFFICIAL: ANSWER_OFFICIAL_WITHDRAWN,
    THREAD_HIDDEN: THREAD_SHOWN,
    ANSWER_HIDDEN: ANSWER_SHOWN,
    COMMENT_HIDDEN: COMMENT_SHOWN,
    POST_FLAGGED: None,
    CASE_DECIDED: CASE_REOPENED,
    MEMBER_SANCTIONED: SANCTION_LIFTED,
    SANCTION_APPEALED: None,
    APPEAL_DECIDED: None,
    NOTICE_DECIDED: None,
    TRUST_CHANGED: None,
    IDEA_CREATED: None,
    IDEA_EDITED: None,
    IDEA_DELETED: IDEA_RESTORED,
    IDEA_HIDDEN: IDEA_SHOWN,
    IDEA_MERGED: None,
    IDEA_FOUND_GOOD: IDEA_VOTE_WITHDRAWN,
    IDEA_STATUS_CHANGED: None,
    IDEA_WON: None,
    IDEA_COMMENT_CREATED: None,
    IDEA_COMMENT_DELETED: IDEA_COMMENT_RESTORED,
    IDEA_COMMENT_HIDDEN: IDEA_COMMENT_SHOWN,
    CONTEST_VOTE_GIVEN: CONTEST_VOTE_WITHDRAWN,
    CONTEST_CLOSED: None,
    NEWS_PUBLISHED: None,
    REVIEW_CREATED: None,
    REVIEW_EDITED: None,
    REVIEW_DELETED: REVIEW_RESTORED,
    REVIEW_HIDDEN: REVIEW_SHOWN,
    REVIEW_DISCLOSED: None,
    REVIEW_FOUND_HELPFUL: REVIEW_HELPFUL_WITHDRAWN,
    REVIEW_REPLIED: REVIEW_REPLY_WITHDRAWN,
    REWARD_REDEEMED: REWARD_REFUNDED,
    COUPON_REDEEMED: COUPON_REFUNDED,
    COUPON_REVOKED: None,
    BADGE_REVOKED: BADGE_RESTORED,
    QUEST_COMPLETED: QUEST_REOPENED,
    POINTS_HELD: POINTS_RELEASED,
    HOLD_UPHELD: None,
    HOLD_APPEALED: None,
    HOLD_ANSWERED: None,
    RULE_ACTIVATED: None,
    RULE_RETIRED: None,
    CONVERSATION_CLOSED: None,
    CONVERSATION_HELPED: None,
    CONVERSATION_RATED: None,
    CONSULTATION_DISPUTED: None,
    CONSULTATION_DECIDED: None,
    STATEMENT_ISSUED: None,
    TEST_OPENED: None,
    TEST_APPLIED: TEST_APPLICATION_WITHDRAWN,
    TEST_DRAWN: None,
    TEST_JOINED: TEST_LEFT,
    EVENT_REGISTERED: EVENT_REGISTRATION_WITHDRAWN,
    EVENT_ATTENDED: EVENT_ATTENDANCE_WITHDRAWN,
    APPLICATION_SUBMITTED: APPLICATION_WITHDRAWN,
    APPLICATION_DECIDED: APPLICATION_REOPENED,
    TEST_REPORTED: None,
    AGREEMENT_GIVEN: AGREEMENT_WITHDRAWN,
    TRAINING_PASSED: None,
    AMBASSADOR_ACTIVE: None,
    TIER_REACHED: None,
}

#: Sent after commit with ``activity``; receivers only enqueue work and send hints.
activity_recorded = Signal()


def record(
    *,
    verb: str,
    key: str,
    actor: Member,
    subject: tuple[str, int],
    at: datetime,
    beneficiary: Member | None = None,
    facts: Mapping[str, object] | None = None,
    undoes: Activity | None = None,
) -> Activity:
    """Append a deed to the journal and queue it for every consumer of its verb.

    ``subject`` is (kind, id). Must run inside the transaction of the deed: they commit together or not at all.
    A second record under the same ``key`` raises ``IntegrityError``. An undo keeps what was stamped on its deed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A deed is recorded in the transaction that does it.")
    kind, pk = subject
    activity = Activity.objects.create(
        verb=verb,
        key=key,
        actor=actor,
        beneficiary=beneficiary,
        subject_kind=kind,
        subject_id=pk,
        facts=dict(facts or {}) | (registry.stamp(actor, beneficiary, at) if undoes is None else {}),
        undoes=undoes,
        at=at,
    )
    Delivery.objects.bulk_create(
        Delivery(consumer=consumer.name, activity=activity, leased_until=at) for consumer in registry.consumers_of(verb)
    )
    transaction.on_commit(lambda: activity_recorded.send_robust(sender=Activity, activity=activity), robust=True)
    return activity


def recorded(key: str) -> bool:
    """Whether the deed under ``key`` is in the journal."""
    return Activity.objects.filter(key=key).exists()


def repeat(
    *,
    verb: str,
    actor: Member,
    subject: tuple[str, int],
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> Activity:
    """Record a deed that may be done to ``subject`` again and again: its moment tells the repetitions apart."""
    key = f"{verb}:{subject[1]}:{at.timestamp():.6f}"
    return record(verb=verb, key=key, actor=actor, subject=subject, at=at, facts=facts)


def undo(*, key: str, verb: str, actor: Member, at: datetime) -> Activity:
    """Record that the deed under ``key`` is taken back; it keeps beneficiary, subject and facts of that deed."""
    original = Activity.objects.select_related("beneficiary").get(key=key)
    _, _, rest = key.partition(":")
    return record(
        verb=verb,
        key=f"{verb}:{rest}",
        actor=actor,
        subject=(original.subject_kind, original.subject_id),
        at=at,
        beneficiary=original.beneficiary,
        facts=original.facts,
        undoes=original,
    )
