"""Product tests in the admin: set up with a count of who may apply, opened, drawn, sent and closed step by step."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Script
from django.http import HttpRequest, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline, TranslationTabularInline
from unfold.admin import StackedInline
from unfold.decorators import display
from unfold.widgets import UnfoldAdminTextInputWidget

from ambassadors.admin.deeds import Deed, WithDeeds, asks_nothing
from ambassadors.admin.moves import moves_of
from ambassadors.admin.reports import ReportQuestionRows
from ambassadors.models import ApplyQuestion, Draw, ProductTest, Segment
from ambassadors.queries import eligibility
from ambassadors.services import draws, product_tests
from community.admin.base import Rows, Tones
from community.models import Member
from community.refusals import Refusal

State = ProductTest.State
RULE = ("audience", "least_level", "least_days", "least_answers")


class ProductTestForm(forms.ModelForm[ProductTest]):
    """Says what the service would refuse while the form is still open."""

    class Meta:
        model = ProductTest
        fields = (
            *("slug", "product", "title", "lede", "picture", "seats", "quota_question", *RULE, "owns"),
            *("apply_until", "answer_days", "select_on", "ship_on", "report_until", "keeps", "disclosure"),
            *("budget", "worth", "chance", "chance_at"),
        )

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # Django's own hook, which the stubs leave out
        if self.errors:
            return
        try:
            product_tests.check(test=self.instance)
        except Refusal as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal.message))


class ValueForm(forms.Form):
    """The public value that a draw waits for."""

    value = forms.CharField(
        label=_("public value"),
        max_length=Draw.VALUE_MOST,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("The numbers as they were published. They stand in draw.json, and everybody can compare them."),
    )


class OnlyInDraft:
    """Rows that applicants rely on once the test is open."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_add_permission(request, obj)) and _is_draft(obj)  # type: ignore[misc] # of the inline

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_change_permission(request, obj)) and _is_draft(obj)  # type: ignore[misc] # of the inline

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(super().has_delete_permission(request, obj)) and _is_draft(obj)  # type: ignore[misc] # of the inline


class SegmentRows(OnlyInDraft, Rows, TranslationTabularInline[Segment, ProductTest]):  # type: ignore[misc] # of both bases
    """The answers to the question for the segments, and the seats for each."""

    model = Segment
    extra = 0
    hide_title = True
    fields = ("name", "seats", "position")


class ApplyQuestionRows(OnlyInDraft, StackedInline, TranslationStackedInline[ApplyQuestion, ProductTest]):  # type: ignore[misc] # of both bases
    """What applicants are asked."""

    model = ApplyQuestion
    extra = 0
    fieldsets = (
        (None, {"fields": (("kind", "required", "position"), ("label_de", "label_en"), ("hint_de", "hint_en"),
                           ("options_de", "options_en"))}),
    )  # fmt: skip


def _do(step: Any) -> Any:
    def do(row: ProductTest, _said: dict[str, Any], by: Member, at: datetime) -> None:
        step(test=row, by=by, at=at)

    return do


def _go(to: str) -> Any:
    return _do(partial(product_tests.advance, to=to))


def _asks_value(row: ProductTest, data: QueryDict | None) -> forms.Form:
    return ValueForm(data) if row.chance_at else asks_nothing(row, data)


def _draw(row: ProductTest, said: dict[str, Any], by: Member, at: datetime) -> None:
    draws.draw_seats(test=row, value=said.get("value", ""), by=by, at=at)


def _cancel(row: ProductTest, said: dict[str, Any], by: Member, at: datetime) -> None:
    product_tests.cancel(test=row, by=by, reason=said["reason"], at=at)


@admin.register(ProductTest)
class ProductTestPage(WithDeeds, TranslationAdmin[ProductTest]):
    """Draft, then deed by deed; what was promised to applicants cannot be changed any more."""

    class Media:
        js = (Script("js/eligibility.js", type="module"),)

    form = ProductTestForm
    inlines = (SegmentRows, ApplyQuestionRows, ReportQuestionRows)
    list_display = ("title", "state_label", "applied", "how_full", "apply_until", "report_until")
    list_filter = ("state", "audience")
    list_select_related = ("product",)
    search_fields = ("title_de", "title_en", "slug", "product__name")
    ordering = ("-apply_until", "-id")
    prepopulated_fields = {"slug": ("title_de",)}
    autocomplete_fields = ("product", "owns")
    readonly_fields = ("what_to_do", "state", "how_full", "applied", "eligible_now", "the_draw", "history")
    fieldsets = (
        (None, {"fields": ("what_to_do", ("state", "applied", "how_full"), "the_draw")}),
        (_("What it is about"), {"fields": (
            ("title_de", "title_en"), ("lede_de", "lede_en"), ("slug", "product"), "picture")}),
        (_("Who may apply"), {"fields": ("eligible_now", ("audience", "least_level"),
                                         ("least_days", "least_answers"), "owns")}),
        (_("Seats"), {"fields": ("seats", ("quota_question_de", "quota_question_en"))}),
        (_("When"), {"fields": ("apply_until", ("select_on", "ship_on"), "answer_days", "report_until")}),
        (_("A source of chance that you do not run"), {"fields": (("chance_de", "chance_en"), "chance_at")}),
        (_("The sample"), {"fields": (("keeps", "disclosure"), ("budget", "worth"))}),
        (_("How it came"), {"fields": ("history",), "classes": ("collapse",)}),
    )  # fmt: skip
    deeds: ClassVar = {
        "open": Deed(
            _("Open it for applications"),
            _("From here on seats, segments, rule and questions stay. A secret number is made and its fingerprint "
              "published, so that nobody can choose who is drawn."),
            lambda row: row.state == State.DRAFT, _do(product_tests.open_), asks_nothing,
        ),
        "close_applications": Deed(
            _("Close the applications"),
            _("The fingerprint of the list of candidates is published. It happens by itself at the time above."),
            lambda row: row.state == State.RECRUITING, _do(draws.close_applications), asks_nothing,
        ),
        "draw": Deed(
            _("Draw the seats"),
            _("Secret number and list are published, invitations go out, the others move to the waiting list."),
            lambda row: row.state == State.DRAWING and not row.draw.drawn_at,
            _draw, _asks_value,
        ),
        "ship": Deed(
            _("Begin to send"),
            _("The waiting list ends, and who was not drawn is told. All invitations have to be answered."),
            lambda row: row.state == State.DRAWING and row.draw.drawn_at, _do(product_tests.ship), asks_nothing,
        ),
        "test": Deed(
            _("All samples are sent"), _("Testers have it at home from now on."),
            lambda row: row.state == State.SHIPPING, _go(State.TESTING), asks_nothing,
        ),
        "evaluate": Deed(
            _("Evaluate"), _("Reports are in, and you read them."),
            lambda row: row.state == State.TESTING, _go(State.EVALUATING), asks_nothing,
        ),
        "close": Deed(
            _("Close the test"), _("It is over. Addresses that are still there are deleted."),
            lambda row: row.state == State.EVALUATING, _go(State.CLOSED), asks_nothing,
        ),
        "cancel": Deed(
            _("Cancel the test"), _("Everybody who applied reads your reason."),
            lambda row: row.state in {State.DRAFT, State.RECRUITING, State.DRAWING, State.SHIPPING, State.TESTING},
            _cancel,
        ),
    }  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("product", "host", "draw")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.count_eligible)
        return [path("eligible/", view, name="ambassadors_producttest_eligible"), *super().get_urls()]

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(request, *args, **kwargs)
        if found is not None:
            vars(found)["open_deeds"] = self.open_deeds(request, found)
        return found

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if _is_draft(obj):
            return self.readonly_fields
        fixed = (*RULE, "owns", "seats", "slug", "product", "answer_days", "keeps", "disclosure", "budget", "worth")
        words = ("quota_question_de", "quota_question_en", "chance_de", "chance_en", "chance_at")
        return (*self.readonly_fields, *fixed, *words)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.prepopulated_fields if _is_draft(obj) else {}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        if not change:
            obj.host = cast("Member", request.user)
        product_tests.store(test=obj)

    def count_eligible(self, request: HttpRequest) -> JsonResponse:
        """How many may apply under a rule that is not stored yet."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        rule = eligibility.Rule(
            audience=request.GET.get("audience", ""),
            **{name: _number(request.GET.get(name)) for name in RULE[1:]},
            owns=tuple(_number(one) for one in request.GET.getlist("owns")[:50]),
        )
        return JsonResponse({"words": _counted(rule)})

    @display(description=_("state"), ordering="state", label=Tones({
        State.RECRUITING: "success", State.DRAWING: "warning", State.CANCELLED: "danger", State.DRAFT: "info",
    }))  # fmt: skip
    def state_label(self, test: ProductTest) -> tuple[str, str]:
        return test.state, test.get_state_display()

    @display(description=_("seats taken"))
    def how_full(self, test: ProductTest) -> str:
        return f"{test.taken} / {test.seats}" if test.pk else "–"

    @display(description=_("who may apply now"))
    def eligible_now(self, test: ProductTest) -> str:
        rule = eligibility.rule_of(test) if test.pk else eligibility.Rule()
        address = reverse("admin:ambassadors_producttest_eligible")
        return format_html('<output data-eligible="{}" aria-live="polite">{}</output>', address, _counted(rule))

    @display(description=_("What to do"))
    def what_to_do(self, test: Any) -> str:
        return render_to_string("admin/ambassadors/pay/deeds.html", {"deeds": getattr(test, "open_deeds", [])})

    @display(description=_("draw"))
    def the_draw(self, test: ProductTest) -> str:
        draw = getattr(test, "draw", None) if test.pk else None
        if draw is None:
            return "–"
        address, words = reverse("ambassadors:test_draw", args=[test.slug]), gettext("What is published of the draw")
        shown = f"{test.get_absolute_url()}#draw"
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a> · '
            '<a class="text-primary-600 dark:text-primary-500" href="{}">draw.json</a>', shown, words, address,
        )  # fmt: skip

    @display(description=_("How it came"))
    def history(self, test: Any) -> str:
        return moves_of(test) if test.pk else "–"


def _is_draft(test: Any) -> bool:
    return test is None or test.state == State.DRAFT


def _counted(rule: eligibility.Rule) -> str:
    at = timezone.now()
    found, everybody = eligibility.eligible(rule, at=at).count(), eligibility.candidates(at=at).count()
    return gettext("%(n)d of %(all)d members") % {"n": found, "all": everybody}


def _number(text: str | None) -> int:
    return min(int(text), 10**9) if text and text.isascii() and text.isdecimal() and len(text) < 12 else 0
