"""Which rows of this floor are about a member, and what becomes of them when the member is erased."""

from django.utils.translation import gettext_lazy as _

from ambassadors.models import (
    Address,
    AgreementGiven,
    Ambassador,
    Application,
    CalendarFeed,
    CampaignInvite,
    Consultation,
    Disclosed,
    Move,
    Nomination,
    Occasion,
    PayoutItem,
    RadarScore,
    Registration,
    Report,
    ReportPhoto,
    Shipment,
    Statement,
    TaxProfile,
    Tester,
    TierChange,
    TrainingAttempt,
    TrainingRenewal,
    Voice,
)
from ambassadors.queries import moves, payouts
from ambassadors.queries import shipments as shipment_queries
from ambassadors.queries import testers as tester_queries
from ambassadors.services import (
    addresses,
    forgetting,
    programme,
    registrations,
    reports,
    shipments,
    tax_profiles,
    testers,
)
from community.registry import PersonalData, RetentionClass

KINDS: tuple[PersonalData, ...] = (
    PersonalData("looks_at_my_data", Disclosed, "member", ("what", "at")),
    PersonalData(
        "applications",
        Application,
        "member",
        ("campaign__title", "state", "answers", "form", "score", "terms", "saved_at", "submitted_at", "moved_at"),
        erased=forgetting.forget,
    ),
    PersonalData("invitations_to_apply", CampaignInvite, "member", ("campaign__title", "note", "at"), erased="deleted"),
    # Who was paid for what under which contract is evidence; the account behind it has no name any more.
    PersonalData(
        "ambassador",
        Ambassador,
        "member",
        ("state", "tier__name", "begun_at", "since", "left_at", "tier_until"),
        erased=programme.forget,
    ),
    PersonalData("tiers", TierChange, "ambassador__member", ("after__name", "cause", "facts", "reason", "at")),
    PersonalData(
        "agreements",
        AgreementGiven,
        "member",
        ("agreement__title", "version__number", "digest", "language", "given_at", "withdrawn_at"),
    ),
    PersonalData(
        "training", TrainingAttempt, "member", ("module__title", "number", "answers", "score", "passed", "at")
    ),
    PersonalData(
        "training_to_renew",
        TrainingRenewal,
        "attempt__member",
        ("attempt__module__title", "reminded_at", "valid_until", "grace_until", "lapsed_at"),
    ),
    PersonalData("voices", Voice, "member", ("campaign__title", "quote"), erased="deleted"),
    PersonalData("radar", RadarScore, "member", ("score", "terms", "at"), erased="deleted"),
    # Who named them is theirs to tell.
    PersonalData("nominations", Nomination, "member", ("topic__name", "at"), erased="deleted"),
    PersonalData(
        "nominations_made", Nomination, "by", ("topic__name", "member__display_name", "why", "at"), erased="deleted"
    ),
    PersonalData("occasions", Occasion, "member", ("rule__name", "facts", "at", "done_at"), erased="deleted"),
    PersonalData(
        "product_tests",
        Tester,
        "member",
        ("test_id", "state", "segment_id", "answers", "number", "tickets", "rank", "applied_at", "invited_at"),
        erased=testers.forget,
    ),
    PersonalData("events", Registration, "member", ("event_id", "state", "created_at"), erased=registrations.forget),
    PersonalData("calendar_feed", CalendarFeed, "member", ("created_at",), erased="deleted"),
    PersonalData(
        "consultations", Consultation, "member", ("conversation_id", "state", "why", "fee", "currency", "closed_at")
    ),
    PersonalData("statements", Statement, "member", ("number", "period", "total", "currency", "reason", "issued_at")),
    PersonalData("transfers", PayoutItem, "member", ("payout_id", "amount")),
    # Those of applications go with them; the others are kept with what they explain.
    PersonalData("moves", Move, "by", ("kind", "subject_id", "before", "after", "at"), told=moves.exported),
    # Sealed: opened for the file that its owner asks for, and for no other.
    PersonalData(
        "tax_profile", TaxProfile, "member", ("updated_at",), erased=tax_profiles.erase, opened=tax_profiles.exported
    ),
    PersonalData(
        "sample_addresses",
        Address,
        "tester__member",
        ("tester__test_id", "given_at"),
        erased="deleted",
        opened=addresses.exported,
    ),
    PersonalData(
        "samples_sent",
        Shipment,
        "tester__member",
        ("tester__test_id", "state", "carrier", "tracking", "sent_at", "delivered_at"),
        erased=shipments.forget,
    ),
    PersonalData("test_report_photos", ReportPhoto, "report__tester__member", files=("file",)),
    PersonalData(
        "test_reports",
        Report,
        "tester__member",
        ("tester__test_id", "stars", "title", "body", "pros", "cons", "answers", "publish", "saved_at", "submitted_at"),
        erased=reports.forget,
    ),
)

RETENTION: tuple[RetentionClass, ...] = (
    RetentionClass(
        "tax_profiles",
        _("Bank accounts of those who advise no more and are owed nothing"),
        180,
        payouts.needless_profiles,
    ),
    RetentionClass(
        "applications",
        _("Applications that were rejected, withdrawn or never sent"),
        180,
        forgetting.outlived,
        forgetting.purge,
    ),
    RetentionClass(
        "test_answers",
        _("Answers of those who applied for a product test"),
        180,
        tester_queries.outlived,
        testers.forget_answers,
    ),
    RetentionClass(
        "sample_addresses",
        _("Addresses of testers whose sample has arrived"),
        addresses.KEPT_DAYS,
        shipment_queries.outlived,
        addresses.forget,
    ),
)
