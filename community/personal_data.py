"""Which rows are about a member, and what becomes of them. A test fails for a table that is missing here.

What others read, count or rely on stays, by then of a former member; what only served the member goes.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from community.models import (
    Activity,
    Answer,
    Appeal,
    Ballot,
    Block,
    Case,
    Comment,
    Consent,
    DataExport,
    Draft,
    Flag,
    Follow,
    FormerHandle,
    HelpfulVote,
    Idea,
    IdeaComment,
    IdeaVote,
    JuryScore,
    Letter,
    Mailing,
    Member,
    MeToo,
    Notice,
    Notification,
    NotificationSetting,
    Order,
    OrderLine,
    Ownership,
    Review,
    ReviewPhoto,
    Revision,
    RoleGrant,
    Sample,
    Sanction,
    SearchMiss,
    Seen,
    ShopCustomer,
    Standing,
    Thread,
    Upload,
    Vote,
)
from community.registry import PersonalData, RetentionClass
from community.services import erasure

POST = ("id", "body", "created_at", "deleted_at", "hidden_at")

KINDS = (
    # --- who they are ------------------------------------------------------------------------------------------------
    PersonalData(
        "account", Member, "pk",
        ("email", "handle", "display_name", "bio", "language", "timezone", "joined_at", "last_login", "trust",
         "active_days", "thread_count", "answer_count", "accepted_count", "helpful_count", "quiet_from", "quiet_until",
         "shows_ownership", "silenced_until", "suspended_until"),
        files=("avatar",),
    ),
    PersonalData("former-handles", FormerHandle, "member", ("handle", "given_up_at"), erased="deleted"),
    PersonalData("email-addresses", EmailAddress, "user", ("email", "verified", "primary"), erased="deleted"),
    PersonalData("sign-in-methods", Authenticator, "user", ("type", "created_at", "last_used_at"), erased="deleted"),
    PersonalData(
        "social-accounts", SocialAccount, "user", ("provider", "uid", "date_joined", "last_login", "extra_data"),
        erased="deleted",
    ),
    PersonalData(
        "sessions", UserSession, "user", ("created_at", "last_seen_at", "ip", "user_agent"),
        erased=erasure.end_sessions,
    ),
    PersonalData("roles", RoleGrant, "member", ("role", "granted_at"), erased="deleted"),
    PersonalData(
        "standing", Standing, "member", ("role", "level", "level_progress", "pin"), erased=erasure.clear_standing
    ),
    PersonalData("consents", Consent, "member", ("purpose", "version", "given_at", "withdrawn_at")),
    PersonalData(
        "data-exports", DataExport, "member", ("requested_at", "ready_at", "fetched_at"), erased=erasure.drop_exports
    ),
    # --- what they wrote ---------------------------------------------------------------------------------------------
    PersonalData("questions", Thread, "author", (*POST, "title", "phase", "state", "edited_at")),
    PersonalData("answers", Answer, "author", (*POST, "thread_id", "thread__title", "helpful_count", "edited_at")),
    PersonalData("comments", Comment, "author", (*POST, "thread_id", "answer_id")),
    PersonalData(
        "revisions", Revision, "author", ("thread_id", "answer_id", "number", "title", "body", "reason", "at")
    ),
    PersonalData("drafts", Draft, "member", ("kind", "target", "content", "saved_at"), erased="deleted"),
    PersonalData(
        "reviews", Review, "author",
        (*POST, "product__name", "stars", "title", "pros", "cons", "owned_since", "verified", "disclosure",
         "edited_at"),
    ),
    PersonalData("review-photos", ReviewPhoto, "review__author", files=("file",)),
    PersonalData("ideas", Idea, "author", (*POST, "title", "status", "vote_count", "edited_at")),
    PersonalData("idea-comments", IdeaComment, "author", (*POST, "idea_id")),
    PersonalData("pictures", Upload, "owner", ("id", "width", "height", "size", "created_at"), files=("file",)),
    # --- what they thought of others' posts: the counters beside them stay right ------------------------------------
    PersonalData("votes", Vote, "voter", ("answer_id", "value", "at")),
    PersonalData("review-votes", HelpfulVote, "voter", ("review_id", "value", "at")),
    PersonalData("idea-votes", IdeaVote, "voter", ("idea_id", "at")),
    PersonalData("ballots", Ballot, "member", ("contest_id", "spent")),
    PersonalData("jury-scores", JuryScore, "juror", ("idea_id", "points", "at")),
    PersonalData("me-too", MeToo, "member", ("thread_id", "value", "at")),
    # --- what served only them ---------------------------------------------------------------------------------------
    PersonalData("follows", Follow, "member", ("thread_id", "topic_id", "product_id", "level", "at"), erased="deleted"),
    PersonalData("read", Seen, "member", ("thread_id", "position", "at"), erased="deleted"),
    PersonalData("blocked", Block, "member", ("blocked__handle", "at"), erased="deleted"),
    PersonalData("blocked-by", Block, "blocked", erased="deleted"),
    PersonalData(
        "notifications", Notification, "member", ("kind", "thread_id", "facts", "created_at", "read_at"),
        erased="deleted",
    ),
    PersonalData("notification-settings", NotificationSetting, "member", ("group", "channel"), erased="deleted"),
    PersonalData("e-mails", Mailing, "member", ("channel", "due_at", "sent_at"), erased="deleted"),
    # --- what they bought ---------------------------------------------------------------------------------------------
    PersonalData(
        "shop-customers", ShopCustomer, "member", ("ref", "email_at", "linked_at"), erased=erasure.unlink_shop
    ),
    PersonalData("orders", Order, "customer__member", ("number", "placed_at", "status", "currency", "updated_at")),
    PersonalData("order-lines", OrderLine, "order__customer__member", ("order__number", "sku", "quantity", "amount")),
    PersonalData("owns", Ownership, "member", ("product__name", "since"), erased="deleted"),
    PersonalData("samples", Sample, "member", ("product__name", "disclosure", "granted_at")),
    # --- what was decided about them: the law wants it kept for a time -----------------------------------------------
    PersonalData("cases", Case, "author", ("kind", "subject_id", "reason", "opened_at", "outcome", "decided_at")),
    PersonalData("reports", Flag, "member", ("kind", "subject_id", "reason", "note", "at")),
    PersonalData("sanctions", Sanction, "member", ("grade", "facts", "ground", "rule", "at", "until", "lifted_at")),
    PersonalData("appeals", Appeal, "sanction__member", ("text", "at", "outcome", "answer", "decided_at")),
    PersonalData("notices", Notice, "member", ("number", "kind", "url", "explanation", "at", "outcome", "answer")),
    PersonalData("letters", Letter, "member", ("to", "subject", "body", "at", "sent_at"), erased="deleted"),
    # --- what they did ------------------------------------------------------------------------------------------------
    PersonalData("journal", Activity, "actor", ("verb", "subject_kind", "subject_id", "facts", "at")),
)  # fmt: skip


RETENTION = (
    RetentionClass(
        "notifications", _("Notifications that were read"), 365,
        lambda end: Notification.objects.filter(read_at__lt=end),
    ),
    RetentionClass(
        "sessions", _("Sessions that have ended"), 1, lambda end: Session.objects.filter(expire_date__lt=end)
    ),
    RetentionClass(
        "e-mails", _("What was sent by e-mail, and when"), 90,
        lambda end: Mailing.objects.filter(Q(sent_at__lt=end) | Q(dropped_at__lt=end)),
    ),
    RetentionClass(
        "letters", _("Letters about decisions"), 3 * 365, lambda end: Letter.objects.filter(sent_at__lt=end)
    ),
    RetentionClass(
        "notices", _("Decided notices of illegal content"), 3 * 365,
        lambda end: Notice.objects.filter(decided_at__lt=end),
    ),
    RetentionClass(
        "exports", _("Exports of personal data"), 7,
        lambda end: DataExport.objects.filter(ready_at__lt=end),
        erasure.delete_exports,
    ),
    RetentionClass(
        "searches", _("Searches that found nothing"), 365, lambda end: SearchMiss.objects.filter(last_at__lt=end)
    ),
    RetentionClass("read", _("How far somebody read a thread"), 2 * 365, lambda end: Seen.objects.filter(at__lt=end)),
)  # fmt: skip
