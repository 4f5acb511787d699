"""Whom to get in touch with: the radar with its evidence, nominations, and occasions with their rules."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from ambassadors.models import Campaign, CampaignInvite, Nomination, Occasion, OccasionRule, RadarScore
from ambassadors.queries import campaigns as queries
from ambassadors.services import campaigns, occasions
from community import words
from community.admin.base import Page, ReadOnlyPage, do_each, in_order, link, may_change
from community.models import Member

REST = timedelta(days=14)
MOST = 100


class InviteForm(forms.Form):
    """To which campaign, and a word with it."""

    campaign: forms.ModelChoiceField[Campaign] = forms.ModelChoiceField(
        label=_("Campaign"), queryset=Campaign.objects.none(), widget=UnfoldAdminSelectWidget
    )
    note = forms.CharField(
        label=_("A word for them"), required=False, max_length=500, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Campaign]", self.fields["campaign"])
        field.queryset = queries.open_at(timezone.now())


@admin.register(RadarScore)
class RadarPage(ReadOnlyPage):
    """Worked out at night; nobody is told that they are on it."""

    list_display = ("member", "score", "signs", "at")
    list_select_related = ("member",)
    search_fields = ("member__display_name", "member__handle")
    ordering = ("-score", "member_id")
    fields = ("evidence",)
    readonly_fields = ("evidence",)
    actions = ("invite_chosen",)
    actions_detail = ("invite_this",)

    def has_invite_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    def get_urls(self) -> list[URLPattern]:
        own = path("invite/", self.admin_site.admin_view(self.invite), name="ambassadors_radarscore_invite")
        return [own, *super().get_urls()]

    def invite(self, request: HttpRequest) -> HttpResponse:
        """Ask the chosen members to apply."""
        if not self.has_invite_permission(request):
            raise PermissionDenied
        members = list(Member.objects.filter(pk__in=_ids(request), is_active=True).order_by("pk"))
        form = InviteForm(request.POST or None)
        if members and form.is_valid():
            by, at, said = cast("Member", request.user), timezone.now(), form.cleaned_data
            do_each(
                request,
                members,
                lambda one: campaigns.invite(campaign=said["campaign"], member=one, by=by, at=at, note=said["note"]),
                lambda n: ngettext("%(n)d member is invited.", "%(n)d members are invited.", n) % {"n": n},
            )
            return redirect("admin:ambassadors_radarscore_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Invite to apply"),
            "opts": self.opts,
            "members": members,
            "form": form,
        }
        return TemplateResponse(request, "admin/ambassadors/radarscore/invite.html", context)

    @action(description=_("Invite to apply"), permissions=["invite"])
    def invite_chosen(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
        return redirect(_invite_url(in_order(rows).values_list("member", flat=True)[:MOST]))

    @action(description=_("Invite to apply"), permissions=["invite"], icon="mail", url_path="invite")
    def invite_this(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect(_invite_url(RadarScore.objects.filter(pk=object_id).values_list("member", flat=True)))

    @display(description=_("what speaks for them"))
    def signs(self, found: RadarScore) -> str:
        return render_to_string("admin/ambassadors/radarscore/signs.html", {"found": found}).strip()

    @display(description="")
    def evidence(self, found: RadarScore) -> SafeString:
        invites = CampaignInvite.objects.filter(member=found.member).select_related("campaign", "by")
        context = {"found": found, "member_link": link(found.member), "invites": invites}
        # The template escapes what members wrote.
        return mark_safe(render_to_string("admin/ambassadors/radarscore/evidence.html", context))  # noqa: S308 - see above


@admin.register(Nomination)
class NominationPage(ReadOnlyPage):
    """Who was named by whom, for what."""

    list_display = ("member", "topic", "by", "why", "at")
    list_filter = ("topic",)
    list_select_related = ("member", "topic", "by")
    search_fields = ("member__display_name",)
    ordering = ("-at", "-id")
    fields = ("member", "topic", "by", "why", "at")


@admin.register(OccasionRule)
class OccasionRulePage(Page, TranslationAdmin[OccasionRule]):
    """A rule looks at what is done from now on."""

    list_display = ("name", "trigger", "threshold", "is_active")
    ordering = ("name", "id")
    fieldsets = (
        (None, {"fields": (("name_de", "name_en"), ("trigger", "threshold", "is_active"), ("advice_de", "advice_en"))}),
    )


class OpenFilter(admin.SimpleListFilter):
    """What is to be done now; what rests or is done on request."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("resting", _("Resting")), ("done", _("Done"))]

    def choices(self, changelist: Any) -> Any:
        now, *others = super().choices(changelist)
        return [{**now, "display": _("Now")}, *others]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        now = timezone.now()
        chosen = {"resting": Q(done_at=None, rests_until__gt=now), "done": Q(done_at__isnull=False)}
        open_now = Q(done_at=None) & (Q(rests_until=None) | Q(rests_until__lte=now))
        return queryset.filter(chosen.get(self.value() or "", open_now))


@admin.register(Occasion)
class OccasionPage(ReadOnlyPage):
    """Get in touch now: whom, why, and what to say."""

    list_display = ("member", "rule", "advice", "at", "done_by")
    list_filter = (OpenFilter, "rule")
    list_select_related = ("member", "rule", "done_by")
    search_fields = ("member__display_name", "member__handle")
    ordering = ("-at", "-id")
    fields = ("member", "rule", "at", "facts", "rests_until", "done_at", "done_by", "note")
    actions = ("settle", "rest", "invite")

    def has_deal_permission(self, request: HttpRequest, object_id: Any = None) -> bool:
        """Asked by the actions below."""
        return may_change(self, request)

    @action(description=_("Done"), permissions=["deal"])
    def settle(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        by, at = cast("Member", request.user), timezone.now()
        do_each(request, in_order(rows), lambda one: occasions.settle(occasion=one, by=by, at=at), _done)

    @action(description=_("Let it rest for two weeks"), permissions=["deal"])
    def rest(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        until = timezone.now() + REST
        do_each(request, in_order(rows), lambda one: occasions.rest(occasion=one, until=until), _done)

    @action(description=_("Invite to apply"), permissions=["deal"])
    def invite(self, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
        return redirect(_invite_url(in_order(rows).values_list("member", flat=True)[:MOST]))

    @display(description=_("what to say"))
    def advice(self, occasion: Occasion) -> str:
        return occasion.rule.advice


def _done(count: int) -> str:
    return ngettext("%(n)d occasion is dealt with.", "%(n)d occasions are dealt with.", count) % {"n": count}


def _invite_url(ids: Any) -> str:
    return f"{reverse('admin:ambassadors_radarscore_invite')}?{urlencode({'member': list(ids)}, doseq=True)}"


def _ids(request: HttpRequest) -> list[int]:
    asked = [words.number(text) for text in request.GET.getlist("member")]
    return [pk for pk in asked if pk is not None][:MOST]
