"""What every question of a form that managers build has in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambassadors import questions


class FormQuestion(models.Model):
    """A question of a form; its heirs say which form. ``options`` has one a line and is asked in their order."""

    class Kind(models.TextChoices):
        TEXT = questions.TEXT, _("One line")
        LONG = questions.LONG, _("Several lines")
        CHOICE = questions.CHOICE, _("One of several")
        CHOICES = questions.CHOICES, _("Several of several")
        NUMBER = questions.NUMBER, _("A number")
        YES_NO = questions.YES_NO, _("Yes or no")
        CONFIRM = questions.CONFIRM, _("A sentence to agree to")

    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.TEXT)
    label = models.CharField(_("question"), max_length=200)
    hint = models.CharField(_("hint"), max_length=200, blank=True)
    options = models.TextField(_("options"), max_length=2_000, blank=True, help_text=_("One a line"))
    required = models.BooleanField(_("has to be answered"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.label

    @property
    def name(self) -> str:
        """Under which name its answers are kept."""
        return str(self.pk)

    @property
    def choices(self) -> tuple[str, ...]:
        """The options in the reader's language."""
        return tuple(row.strip() for row in self.options.splitlines() if row.strip())

    @property
    def asked(self) -> questions.Asked:
        """What the rules for answers need to know."""
        options = self.choices if self.kind in questions.WITH_OPTIONS else ()
        return questions.Asked(self.name, self.kind, options, self.required)
