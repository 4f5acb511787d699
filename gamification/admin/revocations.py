"""Revoked badges in the admin: taken back with a reason that the member reads, given back by whoever was wrong."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.decorators import action, display

from community.admin.base import Page, do_each, in_order, link, may_change
from community.models import Member
from community.refusals import Refusal
from gamification.models import Grade, Revocation
from gamification.services import revocations


class GradeField(forms.ModelChoiceField[Grade]):
    """Names a grade by its badge and rim."""

    def label_from_instance(self, obj: Grade) -> str:
        return f"{obj.badge}, {obj.get_tier_display()}"


class RevocationForm(forms.ModelForm[Revocation]):
    """Whose grade, and why. What the service refuses is said at its field."""

    by: Member

    class Meta:
        model = Revocation
        fields = ("member", "grade", "reason")

    def clean(self) -> dict[str, Any]:
        """Ask the service before anything is stored."""
        said: dict[str, Any] = super().clean() or {}
        if self.errors:
            return said
        try:
            revocations.check(grade=said["grade"], member=said["member"], reason=said["reason"], by=self.by)
        except Refusal as refusal:
            self.add_error(refusal.field, str(refusal.message))
        return said


@admin.register(Revocation)
class RevocationPage(Page):
    """Taken back and given back, never edited: the member has read it."""

    form = RevocationForm
    list_display = ("person", "badge", "by", "at", "given_back")
    list_filter = (("lifted_at", admin.EmptyFieldListFilter),)
    search_fields = ("member__display_name", "member__handle")
    search_help_text = _("Member")
    ordering = ("-at", "-pk")
    autocomplete_fields = ("member",)
    actions = ("give_back",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("member", "by", "lifted_by", "grade__badge")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_give_permission(self, request: HttpRequest) -> bool:
        """Asked by the action below."""
        return may_change(self, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            hint = _("The member is told at once and reads the reason. The badge does not come back by itself.")
            return ((None, {"fields": ("member", "grade", "reason"), "description": hint}),)
        return ((None, {"fields": (("person", "badge"), "reason", ("by", "at"), ("lifted_by", "lifted_at"))}),)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None:
            form.by = request.user
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "grade":
            kwargs |= {"form_class": GradeField, "queryset": Grade.objects.select_related("badge")}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        by = cast("Member", request.user)
        obj.pk = revocations.revoke(**form.cleaned_data, by=by, at=timezone.now()).pk

    @action(description=_("Give back"), permissions=["give"])
    def give_back(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(
            request,
            in_order(rows),
            lambda row: revocations.lift(revocation=row, by=by, at=at),
            lambda count: ngettext("%(n)d badge given back.", "%(n)d badges given back.", count) % {"n": count},
        )

    @display(description=_("member"))
    def person(self, row: Revocation) -> str:
        return link(row.member)

    @display(description=_("badge"))
    def badge(self, row: Revocation) -> str:
        return f"{row.grade.badge}, {row.grade.get_tier_display()}"

    @display(description=_("given back"), boolean=True)
    def given_back(self, row: Revocation) -> bool:
        return row.lifted_at is not None
