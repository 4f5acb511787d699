"""What is kept of each move through the states, and of each look at data that few may see."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Move(models.Model):
    """Something went from one state to another; ``by`` is empty where nobody did it but the clock or a rule.

    Rows are never changed, and go with what they are about. (``kind``, ``subject_id``) names the thing, ``kind`` being
    the name of its machine and model. Why it moved is a ``reason`` in somebody's words, or else a ``cause`` that its
    machine knows. An undo is a move of its own that names what it takes back.
    """

    class Cause(models.TextChoices):
        """Why something moved where nobody said it in words; everybody reads it in their own language."""

        SENT = "sent", _("The application was sent")
        OFFER_TAKEN = "offer_taken", _("The offer was taken")
        ALL_DONE = "all_done", _("Everything is signed and passed")
        APPLICANT_LEFT = "applicant_left", _("Withdrawn by the applicant")
        ACCEPTED_ANEW = "accepted_anew", _("Accepted once more")
        GOES_ON = "goes_on", _("The break is over")
        TRAINING_LEFT = "training_left", _("Left before the training was over")
        NOTHING_OWED = "nothing_owed", _("Nothing is owed any more")
        ACCOUNT_DELETED = "account_deleted", _("The account was deleted")
        OPENED = "opened", _("Everything that applicants have to know is there")
        TIME_TO_APPLY_OVER = "time_to_apply_over", _("The time to apply was over")
        ALL_ANSWERED = "all_answered", _("The seats were drawn and all invitations answered")
        ALL_SENT = "all_sent", _("All samples were sent")
        REPORTS_IN = "reports_in", _("The reports were in")
        EVALUATED = "evaluated", _("The reports were evaluated")
        SEATS_DRAWN = "seats_drawn", _("The seats were drawn")
        SEAT_CAME_FREE = "seat_came_free", _("A seat came free")
        SEAT_TAKEN = "seat_taken", _("The invitation was accepted")
        SEAT_LEFT = "seat_left", _("The seat was left to the next")
        NO_ANSWER = "no_answer", _("Nobody answered in time")
        NO_SEAT = "no_seat", _("No seat came free before the samples were sent")
        REPORT_IN = "report_in", _("The report was handed in")
        TESTER_LEFT = "tester_left", _("Withdrawn by the tester")
        APPLIED_AGAIN = "applied_again", _("Applied once more")
        HANDED_OVER = "handed_over", _("The carrier has the parcel")
        TESTER_HAS_IT = "tester_has_it", _("The tester says that it has arrived")
        CARRIER_SAYS_SO = "carrier_says_so", _("The carrier says that it has arrived")
        CAME_BACK = "came_back", _("It came back")
        PACKED_AGAIN = "packed_again", _("Another one is packed for the one that got lost")
        TEST_OVER = "test_over", _("The test was over")
        SEAT_THERE = "seat_there", _("A seat was free")
        REGISTERED_AGAIN = "registered_again", _("Registered once more")
        GUEST_LEFT = "guest_left", _("Cancelled by the guest")
        AT_THE_DOOR = "at_the_door", _("Checked in at the door")
        NOT_THERE = "not_there", _("Not checked in by the end")
        DOOR_MISTAKE = "door_mistake", _("Checked in by mistake")
        THERE_AFTER_ALL = "there_after_all", _("Was there after all")
        QUALIFIED = "qualified", _("Two messages and one reply at least, no spam, no order matter")
        OWN = "own", _("The ambassador was the one who asked")
        ORDER = "order", _("An order or invoice matter belongs to the team")
        SPAM = "spam", _("The talk was spam")
        FEW_MESSAGES = "few_messages", _("Fewer than two messages of the ambassador")
        NO_REPLY = "no_reply", _("No reply after the ambassador had joined")
        MONTH_STATED = "month_stated", _("The statement of the month has it")
        SECOND_PERSON = "second_person", _("A second person has compared it")
        FILE_MADE = "file_made", _("The file for the bank was made")
        BANK_PAID = "bank_paid", _("The bank has paid")
        PROPOSED_AGAIN = "proposed_again", _("Proposed once more after the bank had refused it")
        UNRECORDED = "unrecorded", _("From before reasons were kept")

    kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.BigIntegerField(_("number"))
    before = models.CharField(_("from"), max_length=20)
    after = models.CharField(_("to"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    reason = models.TextField(_("reason"), max_length=1_000, blank=True)
    cause = models.CharField(_("cause"), max_length=20, blank=True)
    undoes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="undone_by", verbose_name=_("takes back")
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        indexes = (models.Index("kind", "subject_id", models.F("id").desc(), name="move_latest"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(reason="", cause__gt="") | Q(reason__gt="", cause=""), name="move_has_one_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def why(self) -> str:
        """The reason as somebody gave it, or the cause in the reader's language."""
        return self.reason or str(self.Cause(self.cause).label)


class Disclosed(models.Model):
    """Somebody looked at data of a member that few may see: an application, an address, a bank account.

    ``what`` names the kind of data, (``kind``, ``subject_id``) the thing it stood with.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="disclosures", verbose_name=_("member")
    )
    what = models.CharField(_("data"), max_length=20)
    kind = models.CharField(_("kind"), max_length=20)
    subject_id = models.BigIntegerField(_("number"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("shown to"))
    at = models.DateTimeField(_("at"))

    class Meta:
        ordering = ("-at", "-id")
        verbose_name = _("look at personal data")
        verbose_name_plural = _("looks at personal data")
        indexes = (models.Index("member", models.F("at").desc(), name="disclosed_latest"),)

    def __str__(self) -> str:
        return str(self.member)
