"""Training in the admin: lessons, the questions of their tests, and who passed what when, also as a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline
from unfold.decorators import action, display

from ambassadors.models import TrainingAttempt, TrainingChoice, TrainingModule, TrainingQuestion
from ambassadors.queries import training as training_queries
from ambassadors.services import training
from community import keyset
from community.admin import downloads
from community.admin.base import Page, ReadOnlyPage, Rows

#: More rows than this are in the next table, which the last line of the one before leads to.
MOST = 10_000
ORDER = ("-at", "-id")


class QuestionRows(Rows):
    """The questions of the test; each opens on a page of its own, with its answers."""

    model = TrainingQuestion
    extra = 0
    show_change_link = True
    fields = ("text_de", "text_en", "position")


@admin.register(TrainingModule)
class TrainingModulePage(Page, TranslationAdmin[TrainingModule]):
    """A lesson in two languages and the terms of its test."""

    list_display = ("title", "minutes", "is_required", "for_ambassadors", "for_team", "is_active", "passed_by")
    list_filter = ("is_required", "for_team", "is_active")
    ordering = ("position", "id")
    search_fields = ("title_de", "title_en", "slug")
    prepopulated_fields = {"slug": ("title_en",)}
    inlines = (QuestionRows,)
    fieldsets = (
        (None, {"fields": (("title_de", "title_en"), ("summary_de", "summary_en"), ("slug", "position", "minutes"))}),
        (_("For whom"), {"fields": (("for_ambassadors", "for_team"), ("is_required", "is_active"))}),
        (_("Test"), {"fields": (("pass_mark", "cooldown_hours"), ("validity_months", "grace_days"))}),
        (_("Lesson"), {"fields": ("body_de", "body_en")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        passed = Count("attempts__member", filter=Q(attempts__passed=True), distinct=True)
        return super().get_queryset(request).annotate(passers=passed)

    @display(description=_("passed by"))
    def passed_by(self, module: Any) -> int:
        return int(module.passers)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        training.store(module=obj)


class ChoiceRowsSet(BaseInlineFormSet[TrainingChoice, TrainingQuestion, Any]):
    """Two answers at least, and one of them right."""

    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if len(kept) < 2 or not any(row.get("is_right") for row in kept):
            raise forms.ValidationError(gettext("A question needs two answers or more, and one of them right."))


class ChoiceRows(Rows, TranslationTabularInline[TrainingChoice, TrainingQuestion]):  # type: ignore[misc] # of both bases
    """What can be answered."""

    model = TrainingChoice
    formset = ChoiceRowsSet
    extra = 0
    hide_title = True
    fields = ("text_de", "text_en", "is_right", "position")


@admin.register(TrainingQuestion)
class TrainingQuestionPage(Page, TranslationAdmin[TrainingQuestion]):
    """A question with its answers."""

    list_display = ("text", "module", "position")
    list_filter = ("module",)
    list_select_related = ("module",)
    ordering = ("module__position", "position", "id")
    inlines = (ChoiceRows,)
    fieldsets = (
        (
            None,
            {"fields": (("module", "position"), ("text_de", "text_en"), ("explanation_de", "explanation_en"))},
        ),
    )


@admin.register(TrainingAttempt)
class TrainingAttemptPage(ReadOnlyPage):
    """Every attempt, kept unchanged: who passed what, when, with how much."""

    list_display = ("member", "module", "number", "result", "pass_mark", "passed", "at")
    list_filter = ("passed", "module")
    list_select_related = ("member", "module")
    search_fields = ("member__display_name", "member__handle", "=id")
    ordering = ("-at", "-id")
    fields = ("member", "module", "number", "score", "pass_mark", "passed", "at")
    actions_list = ("passed_as_table",)

    @display(description=_("right"), ordering="score")
    def result(self, attempt: TrainingAttempt) -> str:
        return f"{attempt.score} %"

    @action(description=_("Everything passed, as CSV"), icon="download", url_path="passed")
    def passed_as_table(self, request: HttpRequest) -> HttpResponse:
        if not self.has_view_permission(request):
            return redirect("admin:index")
        head = [
            gettext("Proof no."),
            gettext("Member"),
            gettext("Module"),
            gettext("Result in %"),
            gettext("Passed on"),
            gettext("Valid until"),
        ]
        passes = training_queries.latest_passes()
        try:
            part = keyset.paginate(passes, order=ORDER, cursor=request.GET.get("after"), size=MOST)
        except keyset.BadCursor as refusal:
            messages.error(request, refusal.message)
            return redirect("admin:ambassadors_trainingattempt_changelist")
        lines = [_line(row) for row in part]
        if part.next:
            lines.append(_more(request, keyset.behind(passes, part.results[-1], order=ORDER).count(), part.next))
        return downloads.table(head, lines, name="training.csv")


def _more(request: HttpRequest, count: int, cursor: str) -> tuple[object, ...]:
    """The last line of a table that is not the last: how many follow, and where they are."""
    words = ngettext("%(n)s more proof is in the next table:", "%(n)s more proofs are in the next table:", count)
    address = request.build_absolute_uri(f"{request.path}?{urlencode({'after': cursor})}")
    return (words % {"n": count}, address)


def _line(row: TrainingAttempt) -> tuple[object, ...]:
    proof = training_queries.proven(row)
    ends = min(filter(None, (proof.until, proof.void_since)), default=None)
    until = timezone.localdate(ends).isoformat() if ends else ""
    passed_on = timezone.localdate(row.at).isoformat()
    return (row.pk, row.member.display_name, row.module.title, row.score, passed_on, until)
