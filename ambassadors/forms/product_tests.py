"""The form of those who apply for a product test."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from ambassadors.forms import questions
from ambassadors.models import ApplyQuestion, ProductTest, Tester
from ambassadors.questions import Answer


class ApplyForm(forms.Form):
    """The question for the segments, the questions of the test, and the pledge."""

    segment = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, empty_value=None)
    pledge = forms.BooleanField(
        error_messages={"required": _("Say that you will publish an honest review: that is what the test is for.")}
    )

    def __init__(self, test: ProductTest, tester: Tester | None = None, data: QueryDict | None = None) -> None:
        self.asked: Sequence[ApplyQuestion] = list(test.questions.all())
        initial = questions.initial(self.asked, tester.answers) if tester else {}
        if tester is not None:
            initial |= {"segment": tester.segment_id, "pledge": True}
        super().__init__(data, initial=initial)
        choices = [(one.pk, one.name) for one in test.segments.all()]
        segment = self.fields["segment"]
        segment.label, segment.choices = test.quota_question, choices  # type: ignore[attr-defined] # a choice field
        if not choices:
            del self.fields["segment"]
        self.fields |= questions.fields(self.asked)
        self.order_fields(["segment", *(f"{questions.PREFIX}{one.name}" for one in self.asked), "pledge"])

    @property
    def own_questions(self) -> list[forms.BoundField]:
        """The questions that the manager wrote, as they are shown."""
        return [self[f"{questions.PREFIX}{one.name}"] for one in self.asked]

    def answers(self) -> dict[str, Answer]:
        """What was answered, as it is kept."""
        return questions.answers(self.asked, self.cleaned_data)
