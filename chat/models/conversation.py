"""Conversations and their log: the database is the log, a socket only hints that it grew."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


def private() -> Storage:
    """Where files lie that no address leads to; those in the conversation get them through it."""
    return storages["private"]


class Conversation(models.Model):
    """A log that a few people share.

    ``last_seq`` is the number of its newest message; it moves in the transaction of that message and nowhere else, so
    that the log has no gap. ``pair`` names the two members of a direct conversation, of which there is one.
    ``requested_by`` is set while the first words of a stranger wait for the other one's yes. ``token`` is how the
    shop's orders name the talk.
    """

    class Kind(models.TextChoices):
        DIRECT = "direct", _("Between two members")
        GROUP = "group", _("Group")
        HELP = "help", _("Help for a visitor")
        SHOP = "shop", _("From the shop")

    class State(models.TextChoices):
        QUEUED = "queued", _("Waiting")
        OFFERED = "offered", _("Offered")
        ACTIVE = "active", _("Active")
        LEFT_MESSAGE = "left_message", _("Left a message")
        CLOSED = "closed", _("Closed")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ACTIVE)
    title = models.CharField(_("title"), max_length=80, blank=True)
    pair = models.CharField(max_length=41, null=True, blank=True, unique=True, editable=False)
    token = models.CharField(max_length=40, unique=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    last_seq = models.PositiveBigIntegerField(_("messages"), default=0, editable=False)
    created_at = models.DateTimeField(_("begun"))
    active_at = models.DateTimeField(_("last message"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        ordering = ("-active_at", "-id")
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        indexes = (
            models.Index("state", F("active_at").desc(), F("id").desc(), name="conversation_state"),
            models.Index(F("active_at").desc(), F("id").desc(), name="conversation_active"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="direct", pair__isnull=False) | (~Q(kind="direct") & Q(pair=None)),
                name="conversation_pair_is_direct",
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | (~Q(state="closed") & Q(closed_at=None)),
                name="conversation_closed_at",
            ),
        )

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.pk}"


class Participant(models.Model):
    """Somebody in a conversation: a member or a visitor, never both.

    ``read_seq`` and ``delivered_seq`` are the newest messages that they have read and that reached one of their
    screens. ``from_seq`` is the first that they may see: who joins a group later does not read what was said before.
    ``left_at`` keeps what they wrote in its place.
    """

    class Part(models.TextChoices):
        MEMBER = "member", _("Member")
        ASKER = "asker", _("Asks for help")
        HELPER = "helper", _("Helps")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="participants")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    visitor = models.ForeignKey("chat.Visitor", models.PROTECT, null=True, blank=True, related_name="participations")
    part = models.CharField(_("part"), max_length=8, choices=Part, default=Part.MEMBER)
    from_seq = models.PositiveBigIntegerField(default=1)
    read_seq = models.PositiveBigIntegerField(default=0)
    delivered_seq = models.PositiveBigIntegerField(default=0)
    muted = models.BooleanField(_("muted"), default=False)
    joined_at = models.DateTimeField(_("joined"))
    left_at = models.DateTimeField(pgettext_lazy("person", "left"), null=True, blank=True)

    class Meta:
        ordering = ("conversation_id", "id")
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = (
            models.UniqueConstraint(
                fields=("conversation", "member"), condition=Q(member__isnull=False), name="participant_member_once"
            ),
            models.UniqueConstraint(
                fields=("conversation", "visitor"), condition=Q(visitor__isnull=False), name="participant_visitor_once"
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, visitor=None) | Q(member=None, visitor__isnull=False),
                name="participant_is_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("member", "left_at"), name="participant_member"),
            models.Index(fields=("visitor", "left_at"), name="participant_visitor"),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id}: {self.member_id or f'v{self.visitor_id}'}"


class Message(models.Model):
    """One line of the log. ``seq`` counts from 1 without a gap; ``client_id`` makes a repeated send the same message.

    ``kind`` says who speaks: people by ``text`` and ``card``, the bot, the system about the conversation itself, the
    shop by a transactional card. ``data`` is what a card or a line of the system is made of; its words are found for
    the reader. A deleted message keeps its number, and nothing else.
    """

    BODY_MAX = 4_000

    class Kind(models.TextChoices):
        TEXT = "text", _("Text")
        CARD = "card", _("Product card")
        BOT = "bot", _("Bot")
        SYSTEM = "system", _("System")
        SHOP = "shop", _("Shop")

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="messages")
    seq = models.PositiveBigIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TEXT)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="messages")
    visitor = models.ForeignKey("chat.Visitor", models.PROTECT, null=True, blank=True, related_name="messages")
    client_id = models.UUIDField(null=True, blank=True)
    body = models.TextField(_("text"), blank=True)
    html = models.TextField(blank=True, editable=False)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("sent"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)

    class Meta:
        ordering = ("conversation_id", "seq")
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.UniqueConstraint(fields=("conversation", "seq"), name="message_seq_once"),
            models.UniqueConstraint(
                fields=("member", "client_id"), condition=Q(member__isnull=False), name="message_member_once"
            ),
            models.UniqueConstraint(
                fields=("visitor", "client_id"), condition=Q(visitor__isnull=False), name="message_visitor_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("text", "card"), client_id__isnull=False, member__isnull=False, visitor=None)
                | Q(kind__in=("text", "card"), client_id__isnull=False, member=None, visitor__isnull=False)
                | Q(kind__in=("bot", "system", "shop"), client_id=None, member=None, visitor=None),
                name="message_has_sender",
            ),
        )

    def __str__(self) -> str:
        return f"{self.conversation_id}:{self.seq}"


class Attachment(models.Model):
    """A file of a conversation: uploaded first, then named by the message that shows it.

    Pictures are encoded anew, without what a camera writes into them. ``token`` is its address, given to those in the
    conversation only.
    """

    LARGEST = 10 * 1024 * 1024

    conversation = models.ForeignKey(Conversation, models.CASCADE, related_name="attachments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    visitor = models.ForeignKey("chat.Visitor", models.PROTECT, null=True, blank=True, related_name="+")
    message = models.ForeignKey(Message, models.CASCADE, null=True, blank=True, related_name="attachments")
    token = models.CharField(max_length=32, unique=True)
    file = models.FileField(_("file"), storage=private, upload_to="chat/%Y/%m/")
    name = models.CharField(_("name"), max_length=120)
    content_type = models.CharField(_("type"), max_length=80)
    size = models.PositiveIntegerField(_("bytes"))
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = (models.Index(fields=("created_at",), condition=Q(message=None), name="attachment_unused"),)

    def __str__(self) -> str:
        return self.name
