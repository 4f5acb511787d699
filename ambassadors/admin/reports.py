"""Reports in the admin: what is asked, what came back, and what all of it says together, with charts and a table."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.admin import TranslationTabularInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextareaWidget

from ambassadors import questions
from ambassadors.admin import evaluation_charts
from ambassadors.models import ProductTest, Report, ReportQuestion, Tester
from ambassadors.queries import reports as queries
from ambassadors.services import findings
from community.admin import downloads
from community.admin.base import ReadOnlyPage, Rows, link
from community.models import Member
from community.refusals import Refusal

PUBLISH = "ambassadors.add_findings"
SHOWN = 100


class ReportQuestionRows(Rows, TranslationTabularInline[ReportQuestion, ProductTest]):  # type: ignore[misc] # of both bases
    """What the testers of a test are asked; fixed once somebody has answered."""

    model = ReportQuestion
    extra = 0
    fields = ("position", "kind", "label", "options", "required", "public")
    ordering = ("position", "id")
    tab = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_add_permission(request, obj) and not _is_answered(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_answered(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_answered(obj)


class FindingsForm(forms.Form):
    """What the brand takes from a test, in both languages."""

    german = forms.CharField(
        label=gettext_lazy("In German"), max_length=2_000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 5})
    )
    english = forms.CharField(
        label=gettext_lazy("In English"), max_length=2_000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 5})
    )


@admin.register(Report)
class ReportPage(ReadOnlyPage):
    """Reports that were handed in, for reading, and the evaluation of each test. Nobody changes what a tester said."""

    list_display = ("handed_in", "who", "test_title", "stars", "title")
    list_display_links = ("handed_in",)
    list_filter = ("stars", "tester__test")
    search_fields = ("title", "tester__member__display_name")
    ordering = ("-submitted_at", "-id")
    fieldsets = (
        (None, {"fields": (("who", "test_title"), ("stars", "handed_in"), "title", "body", "pros", "cons", "said")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request).filter(submitted_at__isnull=False)
        return rows.select_related("tester__member", "tester__test")

    def get_urls(self) -> list[URLPattern]:
        def address(way: str, view: Any, name: str) -> URLPattern:
            return path(way, self.admin_site.admin_view(view), name=f"ambassadors_report_{name}")

        return [
            address("evaluations/", self.evaluations, "evaluations"),
            address("evaluations/<int:test>/", self.evaluation, "evaluation"),
            address("evaluations/<int:test>/answers.csv", self.answers, "answers"),
            *super().get_urls(),
        ]

    def evaluations(self, request: HttpRequest) -> HttpResponse:
        """The tests that have samples out, with how many have reported."""
        self._check(request)
        taking = Q(testers__state__in=Tester.TAKING_PART)
        handed_in = Q(testers__report__submitted_at__isnull=False)
        rows = ProductTest.objects.annotate(
            expected=Count("testers", filter=taking, distinct=True),
            reported=Count("testers", filter=handed_in, distinct=True),
        )
        tests = rows.filter(expected__gt=0).select_related("product").order_by("-report_until", "-id")[:SHOWN]
        return self._page(request, "overview.html", _("Evaluations"), {"tests": tests})

    def evaluation(self, request: HttpRequest, test: int) -> HttpResponse:
        """Charts, answers, quotes and photos of one test; from here the results are published."""
        self._check(request)
        found: ProductTest = get_object_or_404(ProductTest.objects.select_related("product"), pk=test)
        published = queries.findings_of(found)
        may_publish = request.user.has_perm(PUBLISH) and found.state in findings.OPEN
        known = {"german": published.words_de, "english": published.words_en} if published else None  # type: ignore[attr-defined] # made by modeltranslation
        form = FindingsForm(request.POST or None, initial=known)
        if request.method == "POST":
            if not may_publish:
                raise PermissionDenied
            if form.is_valid() and self._publish(request, found, form):
                return HttpResponseRedirect(request.path)
        evaluation = queries.evaluation(found)
        context = {
            "test": found,
            "evaluation": evaluation,
            "stars_chart": evaluation_charts.stars(evaluation),
            "told": [(one, evaluation_charts.answers(one)) for one in evaluation.told],
            "reports": list(queries.submitted(found).prefetch_related("photos")[:SHOWN]),
            "findings": published,
            "form": form if may_publish else None,
        }
        return self._page(request, "evaluation.html", str(found), context)

    def answers(self, request: HttpRequest, test: int) -> HttpResponse:
        """All answers as a table, under numbers instead of names; addresses are no part of it."""
        self._check(request)
        found = get_object_or_404(ProductTest, pk=test)
        asked = queries.questions_of(found)
        head = ["report", "stars", "title", "experience", "good", "not so good", *(one.label for one in asked)]
        rows = [
            [number, one.stars, one.title, one.body, one.pros, one.cons, *(_worded(ask, one) for ask in asked)]
            for number, one in enumerate(queries.submitted(found), start=1)
        ]
        return downloads.table(head, rows, name=f"{found.slug}.csv")

    def _publish(self, request: HttpRequest, test: ProductTest, form: FindingsForm) -> bool:
        said, by = form.cleaned_data, cast("Member", request.user)
        try:
            findings.publish(test=test, german=said["german"], english=said["english"], by=by, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
            return False
        messages.success(request, _("The results are public. Everybody who reported is told."))
        return True

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, template: str, title: str, more: dict[str, Any]) -> TemplateResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **more}
        return TemplateResponse(request, f"admin/ambassadors/report/{template}", context)

    @display(description=gettext_lazy("handed in"), ordering="submitted_at")
    def handed_in(self, report: Report) -> Any:
        return report.submitted_at

    @display(description=gettext_lazy("tester"))
    def who(self, report: Report) -> str:
        return link(report.tester.member)

    @display(description=gettext_lazy("product test"))
    def test_title(self, report: Report) -> str:
        address = reverse("admin:ambassadors_report_evaluation", args=[report.tester.test_id])
        return evaluation_charts.anchor(address, str(report.tester.test))

    @display(description=gettext_lazy("answers"))
    def said(self, report: Report) -> str:
        asked = queries.questions_of(report.tester.test)
        return evaluation_charts.listed([(one.label, _worded(one, report)) for one in asked])


def _is_answered(test: Any) -> bool:
    return isinstance(test, ProductTest) and Report.objects.filter(tester__test=test).exists()


def _worded(question: ReportQuestion, report: Report) -> str | int | float:
    """An answer in words; a number stays one."""
    answer, asked = report.answers.get(question.name), question.asked
    if not questions.said(answer) or not questions.fits(asked, answer):
        return ""
    if isinstance(answer, bool):
        return _("Yes") if answer else _("No")
    if isinstance(answer, list):
        return ", ".join(asked.options[place] for place in answer)
    if question.kind == questions.CHOICE:
        return asked.options[cast("int", answer)]
    return cast("str | int | float", answer)
