"""The programme at a glance in the admin, and what can be done with a selection of people there."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from ambassadors.models import Ambassador
from ambassadors.queries import overview
from ambassadors.services import programme
from community.admin import charts
from community.admin.base import do_each
from community.models import Member

VIEW = ("ambassadors.view_ambassador", "ambassadors.view_application", "ambassadors.view_consultation")
CHANGE = "ambassadors.change_ambassador"
PAUSE, RESUME = "pause", "resume"
SIGNS = {
    overview.SILENT: gettext_lazy("no talk in 30 days"),
    overview.FEWER: gettext_lazy("fewer than half of the usual talks"),
    overview.AWAY: gettext_lazy("not at the desk for 30 days"),
    overview.UNRENEWED: gettext_lazy("missed the renewal of the tier"),
    overview.PAUSED: gettext_lazy("pausing"),
}


class SelectionForm(forms.Form):
    """What is done with those who were chosen."""

    deed = forms.ChoiceField(
        label=gettext_lazy("With those chosen"),
        choices=[(PAUSE, gettext_lazy("Let them pause")), (RESUME, gettext_lazy("Let them go on"))],
        widget=UnfoldAdminSelectWidget,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text=gettext_lazy("It is told to whom it concerns."),
    )
    people = forms.TypedMultipleChoiceField(
        coerce=int, error_messages={"required": gettext_lazy("Choose somebody first.")}
    )

    def __init__(self, *args: Any, ids: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(pk, str(pk)) for pk in ids]  # type: ignore[attr-defined] # a choice field


def show(request: HttpRequest) -> HttpResponse:
    """The programme in figures; a form below does one thing with many people."""
    if not request.user.has_perms(VIEW):
        raise PermissionDenied
    now = timezone.now()
    rows = overview.people(now)
    posted = request.POST if request.method == "POST" else None
    form = SelectionForm(posted, ids=[row.ambassador.pk for row in rows])
    if posted is not None:
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        if form.is_valid():
            _do(request, form.cleaned_data)
            return HttpResponseRedirect(reverse("admin:ambassadors_overview"))
    spread, weeks = overview.spread(rows), overview.weeks(now)
    funnel = overview.funnel(now)
    context = {
        **admin.site.each_context(request),
        "title": _("The programme at a glance"),
        "funnel": funnel,
        "funnel_chart": charts.chart(
            [str(label) for label, _n in funnel],
            [charts.bars(_("Applications"), [n for _label, n in funnel], charts.STRONG)],
            x=charts.COUNTS,
            y=charts.NAMES,
            indexAxis="y",
        ),
        "weeks": weeks,
        "weeks_chart": charts.chart(
            [date_format(week.start, "j. M") for week in weeks],
            [
                charts.bars(_("Talks that count"), [week.talks for week in weeks], charts.STRONG),
                charts.bars(_("Ambassadors with a talk"), [week.people for week in weeks], charts.MIDDLE),
            ],
            x=charts.NAMES,
            y=charts.COUNTS,
        ),
        "costs": overview.costs(now),
        "gini": None if spread.gini is None else round(100 * spread.gini),
        "top_share": None if spread.top_share is None else round(100 * spread.top_share),
        "active": spread.people,
        "rows": [(row, [SIGNS[sign] for sign in row.signs]) for row in rows],
        "leaving": sum(bool(row.signs) for row in rows),
        "form": form,
        "may_change": request.user.has_perm(CHANGE),
    }
    template = "admin/ambassadors/overview.html"
    return TemplateResponse(request, template, context, status=422 if form.is_bound else 200)


def _do(request: HttpRequest, said: dict[str, Any]) -> None:
    by, at, reason = cast("Member", request.user), timezone.now(), said["reason"]

    def deed(ambassador: Ambassador) -> object:
        if said["deed"] == PAUSE:
            return programme.pause(ambassador=ambassador, by=by, at=at, reason=reason)
        return programme.resume(ambassador=ambassador, by=by, at=at, reason=reason)

    do_each(
        request,
        overview.chosen(said["people"]),
        deed,
        lambda count: ngettext("Done for %(n)d person.", "Done for %(n)d people.", count) % {"n": count},
    )
