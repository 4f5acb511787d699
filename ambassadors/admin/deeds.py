"""Deeds of a page in the admin: each has its own small page that asks for a reason where one is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget

from community.admin.base import Page, ReadOnlyPage
from community.models import Member
from community.refusals import Refusal


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1_000,
        widget=UnfoldAdminTextareaWidget({"rows": 4}),
        help_text=_("It is told to whom it concerns."),
    )


class NothingForm(forms.Form):
    """Nothing has to be said."""


def asks_why(row: Any, data: QueryDict | None) -> forms.Form:
    """The form of a deed that is explained."""
    return ReasonForm(data)


def asks_nothing(row: Any, data: QueryDict | None) -> forms.Form:
    """The form of a deed that is only confirmed."""
    return NothingForm(data)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to be done with a row. ``do`` may answer with a file; otherwise the row's page is shown again."""

    label: str | Promise
    hint: str | Promise
    is_open: Callable[[Any], bool]
    do: Callable[[Any, dict[str, Any], Member, datetime], HttpResponse | None]
    form: Callable[[Any, QueryDict | None], forms.Form] = asks_why
    permission: str = "change"


class WithDeeds(Page):
    """A page with deeds beside its form."""

    deeds: ClassVar[Mapping[str, Deed]] = {}

    def get_urls(self) -> list[URLPattern]:
        options = self.opts
        own = path(
            "<int:pk>/do/<slug:name>/",
            self.admin_site.admin_view(self.do),
            name=f"{options.app_label}_{options.model_name}_do",
        )
        return [own, *super().get_urls()]

    def may(self, request: HttpRequest, deed: Deed) -> bool:
        """Whether the person holds the permission that the deed asks for."""
        options = self.opts
        return bool(request.user.has_perm(f"{options.app_label}.{deed.permission}_{options.model_name}"))

    def open_deeds(self, request: HttpRequest, row: Any) -> list[tuple[str, Deed]]:
        """What the person can do with the row now: address and deed."""
        return [
            (self._address(row, name), deed)
            for name, deed in self.deeds.items()
            if self.may(request, deed) and deed.is_open(row)
        ]

    def do(self, request: HttpRequest, pk: int, name: str) -> HttpResponse:
        """Ask what has to be said, then do it."""
        deed, row = self.deeds.get(name), self.get_queryset(request).filter(pk=pk).first()
        if deed is None or row is None:
            raise Http404
        if not self.may(request, deed):
            raise PermissionDenied
        form = deed.form(row, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                answer = deed.do(row, form.cleaned_data, cast("Member", request.user), timezone.now())
            except Refusal as refusal:
                form.add_error(None, str(refusal.message))
            else:
                return answer or self._done(request, row, deed)
        context = {
            **self.admin_site.each_context(request),
            "title": deed.label,
            "deed": deed,
            "row": row,
            "form": form,
            "opts": self.opts,
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk]),
        }
        status = 422 if form.is_bound else 200
        return render(request, "admin/ambassadors/pay/deed.html", context, status=status)

    def _done(self, request: HttpRequest, row: Any, deed: Deed) -> HttpResponse:
        messages.success(request, f"{row}: {deed.label}")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)

    def _address(self, row: Any, name: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_do", args=[row.pk, name])


class DeedsPage(WithDeeds, ReadOnlyPage):
    """A page whose rows change by its ``deeds`` only."""
