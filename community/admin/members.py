"""Members in the admin: who they are and which roles they hold. Passwords and addresses stay out of reach."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminImageFieldWidget

from community.admin.base import Page, Tones
from community.admin.filters import RoleFilter
from community.models import Member, Role, RoleGrant
from community.services import avatars, members, roles

#: What a manager may set; everything else on the page is for reading.
PROFILE = ("display_name", "handle", "bio", "avatar", "language", "timezone")
#: What only a superuser sees and sets.
POWERS = ("is_active", "is_staff", "is_superuser", "groups")


class MemberForm(forms.ModelForm[Member]):
    """Profile and roles. Only a superuser makes or unmakes a manager."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )

    avatar = forms.FileField(
        label=_("Picture"), required=False, widget=UnfoldAdminImageFieldWidget({"accept": "image/*"})
    )

    class Meta:
        model = Member
        fields = PROFILE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = RoleGrant.objects.filter(member=self.instance).values_list("role", flat=True)
        self.initial["roles"] = list(held)

    def clean_avatar(self) -> Any:
        upload = self.cleaned_data["avatar"]
        if not isinstance(upload, UploadedFile):
            return upload
        try:
            return avatars.portrait(upload)
        except avatars.BadPicture as refusal:
            raise forms.ValidationError(refusal.message) from refusal


@admin.register(Member)
class MemberPage(Page):
    """Everybody who signed up. Members join by themselves, so nobody is added here."""

    form = MemberForm
    list_display = ("person", "email", "role", "level", "answer_count", "accepted_count", "joined")
    list_filter = (RoleFilter, "language", "is_active", "is_staff", ("joined_at", admin.DateFieldListFilter))
    search_fields = ("display_name", "handle", "email")
    search_help_text = _("Name, handle or e-mail address")
    ordering = ("-joined_at", "-pk")
    readonly_fields = (
        "trust", "silenced_until", "suspended_until",
        "email", "joined_at", "last_login", "thread_count", "answer_count", "accepted_count", "helpful_count",
    )  # fmt: skip

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Managers keep the profiles of members, not those of administrators."""
        above = isinstance(obj, Member) and obj.is_superuser and not _is_superuser(request)
        return not above and super().has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("standing")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        roles_shown = ("roles",) if self.has_change_permission(request, obj) else ()
        sections = [
            (None, {"fields": (("display_name", "handle"), "bio", "avatar", ("language", "timezone"))}),
            (_("Account"), {"fields": (("email",), ("joined_at", "last_login"))}),
            (_("Trust"), {"fields": (("trust", "silenced_until", "suspended_until"),)}),
            (_("Contributions"), {"fields": (("thread_count", "answer_count"), ("accepted_count", "helpful_count"))}),
        ]
        if roles_shown:
            sections.insert(1, (_("Roles"), {"fields": roles_shown}))
        if _is_superuser(request):
            sections.append((_("Powers"), {"fields": (("is_active", "is_staff"), "is_superuser", "groups")}))
        return sections

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change, **kwargs)
        if "roles" in form.base_fields and not _is_superuser(request):
            # The field belongs to the form's class, which administrators share.
            form.base_fields["roles"] = deepcopy(form.base_fields["roles"])
            form.base_fields["roles"].choices = [choice for choice in Role.choices if choice[0] != Role.MANAGER]
            form.base_fields["roles"].help_text = _("Only an administrator names community managers.")
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        """Store through the services what the person may change; nothing else of the form counts."""
        allowed = (*PROFILE, *POWERS) if _is_superuser(request) else PROFILE
        stored = Member.objects.get(pk=obj.pk)
        elsewhere = ("groups", "avatar")
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in set(allowed) - set(elsewhere)}
        if changes:
            members.edit(member=stored, at=timezone.now(), **changes)
        if "avatar" in form.changed_data:
            avatars.put(member=stored, picture=form.cleaned_data["avatar"] or None)
        if "roles" in form.changed_data:
            self._grant(request, obj, set(form.cleaned_data["roles"]))

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if _is_superuser(request) and "groups" in form.changed_data:
            form.instance.groups.set(form.cleaned_data["groups"])

    def _grant(self, request: HttpRequest, member: Member, wanted: set[str]) -> None:
        held = set(RoleGrant.objects.filter(member=member).values_list("role", flat=True))
        grantable = set(Role.values) if _is_superuser(request) else set(Role.values) - {Role.MANAGER}
        for role in sorted((wanted - held) & grantable):
            roles.grant(member=member, role=Role(role), by=cast("Member", request.user), at=timezone.now())
        for role in sorted((held - wanted) & grantable):
            roles.withdraw(member=member, role=Role(role))

    @display(description=_("member"), header=True, ordering="display_name")
    def person(self, member: Member) -> list[Any]:
        picture = {"path": member.avatar.url, "squared": False, "borderless": True} if member.avatar else None
        return [member.display_name, member.handle, member.initials, *([picture] if picture else [])]

    @display(description=_("joined"), ordering="joined_at")
    def joined(self, member: Member) -> str:
        return date_format(timezone.localtime(member.joined_at), "SHORT_DATE_FORMAT")

    @display(
        description=_("role"),
        label=Tones({Role.MANAGER: "danger", Role.AGENT: "info", Role.AMBASSADOR: "success"}),
    )
    def role(self, member: Member) -> tuple[str, Any] | None:
        standing = getattr(member, "standing", None)
        return (standing.role, Role(standing.role).label) if standing and standing.role else None

    @display(description=_("level"), ordering="standing__level")
    def level(self, member: Member) -> int | None:
        standing = getattr(member, "standing", None)
        return standing.level if standing else None


def _is_superuser(request: HttpRequest) -> bool:
    return isinstance(request.user, Member) and request.user.is_superuser


admin.site.unregister(Group)


@admin.register(Group)
class GroupPage(Page):
    """Groups of staff and what they may do; only superusers see them."""

    search_fields = ("name",)
    ordering = ("name",)
    filter_horizontal = ("permissions",)
