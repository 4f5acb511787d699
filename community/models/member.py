"""The member: everybody who signs in, from customer to administrator."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from community.models.standing import Standing
from community.registry import registry

HANDLE_PATTERN = r"^[a-z0-9](?:[a-z0-9-]{1,28}[a-z0-9])$"


class DisplayName(models.CharField[str, str]):
    """A name that is empty once its person is erased, and then read as what they are, in the reader's language."""

    def from_db_value(self, value: str, *context: object) -> str:
        """What stands beside the posts that stay."""
        return value or gettext("Former member")


class MemberManager(BaseUserManager["Member"]):
    """Creates members by e-mail address; Django's commands and allauth rely on these names."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """Store a member with a hashed password and the standing of a newcomer."""
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        Standing.objects.using(self._db).create(member=member, **registry.beginning())
        return member

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Member:
        """Store a member who may do everything in the admin."""
        fields.setdefault("handle", email.partition("@")[0].lower())
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Member:
        """Find by e-mail address, whatever its case."""
        return self.get(email__iexact=username)


class Member(AbstractBaseUser, PermissionsMixin):
    """A person who signs in by e-mail address and is known to others by handle and display name.

    ``trust`` (0 to 4) is earned by behaviour and gives community powers; points never move it. ``silenced_until`` and
    ``suspended_until`` repeat the sanctions in force, so that a write is refused without a query.
    """

    class Language(models.TextChoices):
        GERMAN = "de", "Deutsch"
        ENGLISH = "en", "English"

    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    handle = models.CharField(
        _("handle"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(HANDLE_PATTERN, _("Use 3 to 30 small letters, digits and hyphens."))],
        help_text=_("The short name in your profile's address."),
    )
    display_name = DisplayName(_("display name"), max_length=60)
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    bio = models.CharField(_("about you"), max_length=280, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.GERMAN)
    timezone = models.CharField(_("time zone"), max_length=64, default="Europe/Berlin")
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=now)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True, editable=False)

    trust = models.PositiveSmallIntegerField(_("trust"), default=0)
    active_days = models.PositiveIntegerField(_("days active"), default=0, editable=False)
    active_on = models.DateField(_("last active"), null=True, blank=True, editable=False)
    silenced_until = models.DateTimeField(_("may not post until"), null=True, blank=True, editable=False)
    suspended_until = models.DateTimeField(_("suspended until"), null=True, blank=True, editable=False)
    shows_ownership = models.BooleanField(_("show what I own beside what I write"), default=True)

    thread_count = models.PositiveIntegerField(_("questions"), default=0, editable=False)
    answer_count = models.PositiveIntegerField(_("answers"), default=0, editable=False)
    accepted_count = models.PositiveIntegerField(_("accepted answers"), default=0, editable=False)
    helpful_count = models.PositiveIntegerField(_("found helpful"), default=0, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ("handle",)
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = (
            models.UniqueConstraint(Lower("email"), name="member_email_unique"),
            models.CheckConstraint(condition=models.Q(trust__lte=4), name="member_trust"),
        )

    def __str__(self) -> str:
        return self.display_name

    def get_absolute_url(self) -> str:
        """Address of the public profile."""
        return reverse("community:member", args=[self.handle])

    def get_full_name(self) -> str:
        """Name as Django's admin asks for it."""
        return self.display_name

    @property
    def initials(self) -> str:
        """One or two letters that stand in for a missing picture."""
        words = self.display_name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
