"""The journal in the admin: who did what, when. It can be read and searched, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from community import activity
from community.admin.base import NamedFilter, ReadOnlyPage, link
from community.models import Activity

#: How each verb is told to people.
VERBS = {
    activity.THREAD_CREATED: _("asked a question"),
    activity.THREAD_EDITED: _("edited a question"),
    activity.THREAD_DELETED: _("hid a question"),
    activity.THREAD_RESTORED: _("restored a question"),
    activity.ANSWER_CREATED: _("answered a question"),
    activity.ANSWER_EDITED: _("edited an answer"),
    activity.ANSWER_DELETED: _("hid an answer"),
    activity.ANSWER_RESTORED: _("restored an answer"),
    activity.ANSWER_ACCEPTED: _("accepted an answer"),
    activity.ANSWER_UNACCEPTED: _("took an acceptance back"),
    activity.THREAD_ME_TOO: _("has the same question"),
    activity.THREAD_ME_TOO_WITHDRAWN: _("has the same question no longer"),
    activity.THREAD_MERGED: _("merged a question"),
    activity.ANSWER_MADE_OFFICIAL: _("made an answer official"),
    activity.ANSWER_OFFICIAL_WITHDRAWN: _("withdrew an official answer"),
    activity.ANSWER_FOUND_HELPFUL: _("found an answer helpful"),
    activity.ANSWER_HELPFUL_WITHDRAWN: _("took a vote back"),
    activity.COMMENT_CREATED: _("commented"),
    activity.COMMENT_DELETED: _("hid a comment"),
    activity.COMMENT_RESTORED: _("restored a comment"),
    activity.THREAD_HIDDEN: _("hid a question until somebody has looked"),
    activity.THREAD_SHOWN: _("showed a question again"),
    activity.ANSWER_HIDDEN: _("hid an answer until somebody has looked"),
    activity.ANSWER_SHOWN: _("showed an answer again"),
    activity.COMMENT_HIDDEN: _("hid a comment until somebody has looked"),
    activity.COMMENT_SHOWN: _("showed a comment again"),
    activity.POST_FLAGGED: _("reported a post"),
    activity.CASE_DECIDED: _("decided a case"),
    activity.CASE_REOPENED: _("undid a decision"),
    activity.MEMBER_SANCTIONED: _("sanctioned a member"),
    activity.SANCTION_LIFTED: _("lifted a sanction"),
    activity.SANCTION_APPEALED: _("appealed"),
    activity.APPEAL_DECIDED: _("decided an appeal"),
    activity.NOTICE_DECIDED: _("decided a notice"),
    activity.TRUST_CHANGED: _("moved to another level of trust"),
    activity.REVIEW_CREATED: _("reviewed a product"),
    activity.REVIEW_EDITED: _("edited a review"),
    activity.REVIEW_DELETED: _("hid a review"),
    activity.REVIEW_RESTORED: _("restored a review"),
    activity.REVIEW_HIDDEN: _("hid a review until somebody has looked"),
    activity.REVIEW_SHOWN: _("showed a review"),
    activity.REVIEW_DISCLOSED: _("changed how an author came to a product"),
    activity.REVIEW_FOUND_HELPFUL: _("found a review helpful"),
    activity.REVIEW_HELPFUL_WITHDRAWN: _("found a review helpful no longer"),
    activity.REVIEW_REPLIED: _("replied to a review"),
    activity.REVIEW_REPLY_WITHDRAWN: _("withdrew a reply to a review"),
    activity.REWARD_REDEEMED: _("redeemed a reward"),
    activity.REWARD_REFUNDED: _("refunded a reward"),
    activity.BADGE_REVOKED: _("took a badge back"),
    activity.BADGE_RESTORED: _("gave a badge back"),
    activity.QUEST_COMPLETED: _("completed a quest"),
    activity.QUEST_REOPENED: _("has a quest to complete again"),
    activity.RULE_ACTIVATED: _("put a rule in force"),
    activity.RULE_RETIRED: _("retired a rule"),
    activity.TEST_REPORTED: _("reported on a product test"),
}
#: The deeds of moderation: what somebody did to a post or account that is not theirs.
MODERATION = (
    activity.POST_FLAGGED,
    activity.CASE_DECIDED,
    activity.CASE_REOPENED,
    activity.MEMBER_SANCTIONED,
    activity.SANCTION_LIFTED,
    activity.SANCTION_APPEALED,
    activity.APPEAL_DECIDED,
    activity.NOTICE_DECIDED,
    *(verb for verb in VERBS if verb.endswith((".hidden", ".shown"))),
    activity.TRUST_CHANGED,
)
#: What the deeds are done to.
SUBJECTS = {
    "thread": _("thread"),
    "answer": _("answer"),
    "comment": _("comment"),
    "review": _("review"),
    "rule": _("rule"),
}


class VerbFilter(NamedFilter):
    """One kind of deed. The kinds are known, so no query looks for them."""

    title = _("verb")
    parameter_name = "verb"

    def names(self) -> Mapping[str, str | Promise]:
        return VERBS


class PartFilter(admin.SimpleListFilter):
    """Only the deeds of moderation: the audit log."""

    title = _("part")
    parameter_name = "part"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("moderation", _("Moderation"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(verb__in=MODERATION) if self.value() else queryset


@admin.register(Activity)
class JournalPage(ReadOnlyPage):
    """The immutable list of deeds; its pages are not counted, because it only grows."""

    list_display = ("at", "doer", "deed", "honoured", "subject", "takes_back")
    list_filter = (PartFilter, VerbFilter)
    search_fields = ("key", "actor__display_name", "actor__handle")
    search_help_text = _("Key or actor")
    ordering = ("-id",)
    paginator = InfinitePaginator
    fieldsets = (
        (None, {"fields": (("at", "verb"), ("doer", "honoured"), "key")}),
        (_("Subject"), {"fields": ("subject", "facts", "takes_back")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("actor", "beneficiary", "undoes")

    @display(description=_("actor"))
    def doer(self, deed: Activity) -> str:
        return link(deed.actor)

    @display(description=_("verb"), label=True)
    def deed(self, deed: Activity) -> str:
        return str(VERBS.get(deed.verb, deed.verb))

    @display(description=_("beneficiary"))
    def honoured(self, deed: Activity) -> str:
        return link(deed.beneficiary)

    @display(description=_("subject"))
    def subject(self, deed: Activity) -> str:
        return f"{SUBJECTS.get(deed.subject_kind, deed.subject_kind)} {deed.subject_id}"

    @display(description=_("takes back"))
    def takes_back(self, deed: Activity) -> str:
        return link(deed.undoes)
