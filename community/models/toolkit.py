"""Toolkits: what members compose in a contest, from parts that managers define."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Toolkit(models.Model):
    """The configurator of a contest. Prices are in ``currency`` (ISO 4217), tax included."""

    contest = models.OneToOneField("community.Contest", models.CASCADE, related_name="toolkit")
    base_price = models.DecimalField(_("price before any choice"), max_digits=10, decimal_places=2, default=0)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")

    class Meta:
        ordering = ("contest_id",)
        verbose_name = _("toolkit")
        verbose_name_plural = _("toolkits")

    def __str__(self) -> str:
        return str(self.contest)


class ToolkitOption(models.Model):
    """One thing to choose. ``key`` names it in stored configurations and in the API."""

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="options")
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    is_required = models.BooleanField(_("must be chosen"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("option")
        verbose_name_plural = _("options")
        constraints = (models.UniqueConstraint(fields=("toolkit", "key"), name="toolkit_option_key"),)

    def __str__(self) -> str:
        return self.name


class ToolkitChoice(models.Model):
    """One way to choose an option, and what it does to the price: added to it, or taken off when negative."""

    option = models.ForeignKey(ToolkitOption, models.CASCADE, related_name="choices")
    key = models.SlugField(_("key"), max_length=40)
    name = models.CharField(_("name"), max_length=80)
    note = models.CharField(_("note"), max_length=160, blank=True)
    price_effect = models.DecimalField(_("price effect"), max_digits=10, decimal_places=2, default=0)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ("position", "id")
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        constraints = (models.UniqueConstraint(fields=("option", "key"), name="toolkit_choice_key"),)

    def __str__(self) -> str:
        return f"{self.option.name}: {self.name}"


class ToolkitConstraint(models.Model):
    """What goes or does not go together: ``choice`` excludes or requires ``other``."""

    class Kind(models.TextChoices):
        EXCLUDES = "excludes", _("does not go with")
        REQUIRES = "requires", _("only goes with")

    toolkit = models.ForeignKey(Toolkit, models.CASCADE, related_name="constraints")
    choice = models.ForeignKey(ToolkitChoice, models.CASCADE, related_name="+", verbose_name=_("choice"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    other = models.ForeignKey(ToolkitChoice, models.CASCADE, related_name="+", verbose_name=_("other choice"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("constraint")
        verbose_name_plural = _("constraints")
        constraints = (
            models.UniqueConstraint(fields=("choice", "kind", "other"), name="toolkit_constraint_unique"),
            models.CheckConstraint(condition=~models.Q(choice=models.F("other")), name="toolkit_constraint_two"),
        )

    def __str__(self) -> str:
        return f"{self.choice} {self.get_kind_display()} {self.other}"


class Configuration(models.Model):
    """What a member composed: choice by option, the price that the server worked out, and a summary as of then.

    ``lines`` keeps option, choice and price effect in both languages, so that a later change of the toolkit does
    not change what was submitted.
    """

    idea = models.OneToOneField("community.Idea", models.CASCADE, related_name="configuration")
    choices = models.JSONField(_("choices"), default=dict)
    lines = models.JSONField(_("summary"), default=list)
    price = models.DecimalField(_("price"), max_digits=10, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        ordering = ("idea_id",)
        verbose_name = _("configuration")
        verbose_name_plural = _("configurations")

    def __str__(self) -> str:
        return f"{self.idea_id}: {self.price} {self.currency}"
