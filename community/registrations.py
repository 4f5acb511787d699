"""What the community itself brings to the registry."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from community import activity, personal_data, verification
from community.models import (
    Answer,
    Channel,
    Comment,
    Contest,
    Escalation,
    Idea,
    IdeaComment,
    Member,
    News,
    Review,
    Thread,
    visible,
)
from community.queries import channels
from community.registry import Flaggable, JournalConsumer, Moved, NotificationGroup, NotificationKind, registry
from community.services import (
    answers,
    comments,
    escalations,
    idea_comments,
    idea_telling,
    ideas,
    indexing,
    mentions,
    metoos,
    review_replies,
    review_votes,
    reviews,
    telling,
    threads,
    verdicts,
)

CONSUMER = "notifications"
INDEXER = "search"
MENTIONS = "mentions"


def register() -> None:
    """Register it all."""
    for consumer in (
        JournalConsumer(CONSUMER, telling.WORTH_TELLING, telling.handle, _("Notifications")),
        JournalConsumer(INDEXER, frozenset(indexing.WORTH_INDEXING), indexing.handle, _("Search index")),
        JournalConsumer(MENTIONS, frozenset({activity.MEMBER_MENTIONED}), mentions.handle, _("Mentions")),
    ):
        registry.add_consumer(consumer)
    _notification_groups()
    _readable()
    _reviews()
    _ideas()
    _flaggables()
    _telling()
    registry.add_notification_kind(
        NotificationKind(
            activity.MEMBER_MENTIONED,
            "notifications/member_mentioned.html",
            group="mentions",
            label=_("Somebody mentioned you"),
            grouped=False,
            needs_post=True,
        )
    )
    registry.add_personal_data(*personal_data.KINDS)
    for kept in personal_data.RETENTION:
        registry.add_retention_class(kept)
    for name, check in verification.CHECKS.items():
        registry.add_verify_check(name, check)


def _notification_groups() -> None:
    """The lines of the page of settings. A kind names its line by ``group``; one without kinds is not shown."""
    posts = (Channel.IN_APP, Channel.AT_ONCE, Channel.DAILY, Channel.WEEKLY, Channel.OFF)
    week = (Channel.WEEKLY, Channel.OFF)
    groups = (
        NotificationGroup("answers", _("New answers"), _("To your questions and to what you follow"), "at_once", posts),
        NotificationGroup("accepted", _("Your answer helped"), _("It was accepted"), "in_app", posts),
        NotificationGroup("solved", _("Solved questions"), _("That you have too or follow"), "at_once", posts),
        NotificationGroup("mentions", _("Mentions"), _("Somebody writes your name in a post"), "at_once", posts),
        NotificationGroup("comments", _("Comments"), _("Under your posts and what you follow"), "daily", posts),
        NotificationGroup("questions", _("New questions"), _("In topics and products that you follow"), "daily", posts),
        NotificationGroup("news", _("News"), _("Of the brand and of products that you follow"), "daily", posts),
        NotificationGroup("reviews", _("Reviews"), _("Replies to your reviews"), "at_once", posts),
        NotificationGroup("ideas", _("Ideas"), _("What becomes of ideas that you have a part in"), "daily", posts),
        NotificationGroup("desk", _("Can you help?"), _("Questions that wait for an answer"), "at_once", posts),
        NotificationGroup(
            "moderation", _("Moderation"), _("Decisions about your posts and reports"), "at_once", posts[:2]
        ),
        NotificationGroup("points", _("Points and badges"), _("What you earned, with the reason"), "in_app", posts),
        NotificationGroup(channels.SUMMARY, _("Your week"), _("Whom you helped, once a week"), "weekly", week),
        NotificationGroup("other", _("Everything else"), "", "in_app", posts),
    )
    for position, group in enumerate(groups):
        registry.add_notification_group(replace(group, position=position))


def _readable() -> None:
    """What everybody may read of the community's own posts; their tellings use what is fetched with them."""
    registry.add_readable(
        "thread", lambda: Thread.objects.visible().filter(merged_into=None).select_related("topic", "product")
    )
    registry.add_readable(
        "answer", lambda: Answer.objects.visible().filter(visible("thread")).select_related("thread__accepted_answer")
    )
    registry.add_readable(
        "comment", lambda: Comment.objects.visible().filter(visible("thread")).select_related("thread", "answer")
    )
    registry.add_readable(
        "news", lambda: News.objects.filter(visible(), published_at__isnull=False).select_related("product")
    )


def _telling() -> None:
    """The community's own kinds of notification, and who hears of the deeds behind them."""
    for kind, group, label, effect, teller in (
        (activity.ANSWER_CREATED, "answers", _("New answer"), "toast", telling.answer_created),
        (activity.ANSWER_ACCEPTED, "accepted", _("Answer accepted"), "none", metoos.answer_accepted),
        (activity.COMMENT_CREATED, "comments", _("New comment"), "toast", telling.comment_created),
        (activity.THREAD_CREATED, "questions", _("New question"), "toast", telling.thread_created),
        (activity.NEWS_PUBLISHED, "news", _("News"), "toast", telling.news_published),
    ):
        telling.of(kind, teller)
        registry.add_notification_kind(
            NotificationKind(kind, effect=effect, group=group, label=label, needs_post=kind == activity.NEWS_PUBLISHED)
        )
    telling.of(activity.ANSWER_FOUND_HELPFUL, telling.nobody)
    for step, group, label in (
        (Escalation.Step.FOLLOWERS, "questions", _("Question without an answer")),
        (Escalation.Step.EXPERTS, "desk", _("Invitation to answer")),
        (Escalation.Step.AGENTS, "desk", _("Question for the team")),
    ):
        kind = escalations.KINDS[step]
        registry.add_notification_kind(NotificationKind(kind, group=group, label=label))
    telling.of(activity.THREAD_MERGED, metoos.thread_merged)
    registry.add_notification_kind(
        NotificationKind(metoos.SOLVED, "notifications/thread_solved.html", group="solved", label=_("Question solved"))
    )
    for kind, label, verdict in (
        (activity.CASE_DECIDED, _("Decision about your report"), verdicts.case_decided),
        (activity.MEMBER_SANCTIONED, _("Decision about you"), verdicts.about_oneself),
        (activity.APPEAL_DECIDED, _("Decision about your appeal"), verdicts.about_oneself),
    ):
        telling.of(kind, verdict)
        registry.add_notification_kind(NotificationKind(kind, group="moderation", label=label, grouped=False))


def _flaggables() -> None:
    """The community's own posts that can be reported and hidden."""
    for name, label, model, service in (
        ("thread", _("question"), Thread, threads),
        ("answer", _("answer"), Answer, answers),
        ("comment", _("comment"), Comment, comments),
        ("review", _("review"), Review, reviews),
        ("idea", _("idea"), Idea, ideas),
        ("idea_comment", _("comment on an idea"), IdeaComment, idea_comments),
    ):
        registry.add_flaggable(
            Flaggable(
                name=name,
                label=label,
                model=model,
                readable=registry.readable[name],
                url=_address,
                text=_text,
                hide=_through(service.hide, name.removeprefix("idea_")),
                show=_through(service.show, name.removeprefix("idea_")),
                delete=_through(service.delete, name.removeprefix("idea_")),
                restore=_through(service.restore, name.removeprefix("idea_")),
            )
        )


def _text(post: Thread | Answer | Comment | Review | Idea | IdeaComment) -> str:
    return f"{post.title}\n\n{post.body}" if isinstance(post, Thread | Review | Idea) else str(post.body)


def _address(post: Thread | Answer | Comment | Review | Idea | IdeaComment) -> str:
    return post.get_absolute_url()


def _through(service: Callable[..., None], noun: str) -> Moved:
    def moved(post: Any, /, *, by: Member, at: datetime) -> None:
        service(**{noun: post}, by=by, at=at)

    return moved


def _reviews() -> None:
    """What is told around reviews."""
    registry.add_readable(
        "review", lambda: Review.objects.visible().filter(product__is_active=True).select_related("product")
    )
    for kind, label, effect, teller in (
        (activity.REVIEW_REPLIED, _("Reply to your review"), "toast", review_replies.told),
        (activity.REVIEW_FOUND_HELPFUL, _("Your review helped"), "none", review_votes.told),
    ):
        telling.of(kind, teller)
        registry.add_notification_kind(
            NotificationKind(kind, effect=effect, group="reviews", label=label, needs_post=True)
        )


def _ideas() -> None:
    """What is told around ideas and contests."""
    idea_telling.register()
    for kind, label, effect in (
        (activity.IDEA_STATUS_CHANGED, _("What became of an idea"), "toast"),
        (activity.IDEA_WON, _("Your idea won"), "toast"),
        (activity.IDEA_COMMENT_CREATED, _("Comment on your idea"), "toast"),
        (activity.CONTEST_CLOSED, _("Result of a contest"), "none"),
    ):
        registry.add_notification_kind(
            NotificationKind(kind, effect=effect, group="ideas", label=label, needs_post=True)
        )
    registry.add_readable("idea", lambda: Idea.objects.filter(visible(), merged_into=None).select_related("contest"))
    registry.add_readable(
        "idea_comment",
        lambda: IdeaComment.objects.filter(visible(), visible("idea"), idea__merged_into=None).select_related("idea"),
    )
    registry.add_readable("contest", lambda: Contest.objects.filter(is_public=True))
