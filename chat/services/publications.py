"""From a talk to a public question: the helper proposes the words, the asker agrees to exactly these, or not.

Without an answer it is a question to the community: what was left as a message and nobody here can answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chat import redaction
from chat.models import Conversation, HelpRequest, Message, Publication, Responder
from chat.queries.signed_links import PUBLICATION
from chat.services import messages
from community import links, words
from community.models import Thread
from community.refusals import Refusal
from community.services import answers, letters, threads

LONGEST = 4_000


class NotOver(Refusal):
    """A talk is published after it has ended, by who helped last."""

    code = "publication_not_open"
    message = _("A talk can become a public question once it is over, and nobody has asked for it before.")


class TooShort(Refusal):
    """There is not enough in it to help others."""

    code = "publication_too_short"
    message = _("Write a title of at least ten characters and the question.")
    status = 422


class Answered(Refusal):
    """The asker has answered before."""

    code = "publication_answered"
    message = _("This was decided before.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What others would read."""

    title: str
    question: str
    answer: str


def draft_of(asked: HelpRequest, responder: Responder) -> Draft:
    """What was said, freed of what gives the people away, for the helper to edit."""
    asker = asked.member.display_name if asked.member else (asked.visitor.name if asked.visitor else "")
    names = (asker, responder.member.display_name)
    rows = Message.objects.filter(conversation=asked.conversation_id, kind=Message.Kind.TEXT, deleted_at=None)
    by_helper = rows.filter(member=responder.member_id).order_by("seq")
    by_asker = rows.exclude(member__responder__isnull=False).order_by("seq")
    question, answer = (
        redaction.redact("\n\n".join(said.values_list("body", flat=True)), names=names)[:LONGEST]
        for said in (by_asker, by_helper)
    )
    title = words.line(question.partition("\n")[0])[: Thread.TITLE_MAX]
    return Draft(title, question, answer)


@transaction.atomic
def propose(*, asked: HelpRequest, by: Responder, draft: Draft, at: datetime) -> Publication:
    """Ask the asker whether these words may be public; the assistant brings them the link, and a letter if they left.

    Raises ``NotOver`` and ``TooShort``.
    """
    title, question, answer = words.line(draft.title), words.lines(draft.question), words.lines(draft.answer)
    if len(title) < Thread.TITLE_MIN or not question:
        raise TooShort
    conversation = Conversation.objects.select_for_update().get(pk=asked.conversation_id)
    if conversation.state != Conversation.State.CLOSED or asked.responder_id != by.pk:
        raise NotOver
    if Publication.objects.filter(help=asked).exists():
        raise NotOver
    made = Publication.objects.create(
        help=asked,
        title=title[: Thread.TITLE_MAX],
        question=question[:LONGEST],
        answer=answer[:LONGEST],
        proposed_at=at,
    )
    link = links.absolute(reverse("chat:publish", args=[PUBLICATION.token_for(made)]))
    with translation.override(asked.language):
        body = gettext(
            "%(name)s would like to help others with what you talked about. [Read the words and decide](%(link)s)."
        ) % {"name": by.member.display_name, "link": link}
    messages.say(conversation=conversation, kind=Message.Kind.BOT, body=body, at=at)
    if asked.tell and asked.visitor is not None and asked.visitor.email:
        letters.write(
            key=f"chat_publication:{made.pk}",
            template="chat_publication",
            to=asked.visitor.email,
            language=asked.language,
            context={
                "name": asked.visitor.name,
                "helper": by.member.display_name,
                "link": link,
                "days": PUBLICATION.within.days,
            },
            at=at,
        )
    return made


@transaction.atomic
def decide(*, publication: Publication, agreed: bool, at: datetime) -> Thread | None:
    """Publish the very words that the asker saw, or never. The same answer twice is once. Raises ``Answered``.

    A member asks under their own name; for a visitor, who has none here, the helper does.
    """
    row = Publication.objects.select_for_update().get(pk=publication.pk)
    if row.answered_at is not None:
        if row.agreed != agreed:
            raise Answered
        return row.thread
    row.answered_at, row.agreed = at, agreed
    row.thread = _published(row, at) if agreed else None
    row.save(update_fields=["answered_at", "agreed", "thread"])
    return row.thread


def _published(row: Publication, at: datetime) -> Thread:
    asked = HelpRequest.objects.select_related("responder__member", "member", "product", "topic").get(pk=row.help_id)
    if asked.responder is None:
        raise NotOver
    helper = asked.responder.member
    thread = threads.create(
        author=asked.member or helper,
        title=row.title,
        body=row.question,
        phase=asked.phase,
        topic=asked.topic,
        product=asked.product,
        at=at,
    )
    answer = answers.create(thread=thread, author=helper, body=row.answer, at=at) if row.answer else None
    if answer and answer.is_visible and thread.is_visible:
        answers.accept(answer=answer, by=thread.author, at=at)
    return thread
