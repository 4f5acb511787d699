"""What the demo's members put right later: answers with a history, one of them calling somebody."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.models import Answer
from community.services import answers
from community.services.revisions import Change

#: The question, what its answer by Mara said, what it says now, and why.
CHANGES = (
    (
        "Is the S1 quiet enough for a flat with thin walls?",
        "A rubber mat under both helped more than anything.",
        "A cork mat under both helped most: rubber keeps the hum. @priya-nair, your sister may try mine for a week.",
        "I have tried cork since",
    ),
    (
        "Passt die Aurora S1 unter einen Hängeschrank?",
        "dafür brauchst du 30 cm mehr.",
        "dafür brauchst du 32 cm mehr, mit dem Deckel.",
        "Nachgemessen",
    ),
)
#: How long after the answer.
LATER = timedelta(hours=3)


def play(at: datetime) -> None:
    """Do all of it, once; nothing happens before its time."""
    for title, said, says, why in CHANGES:
        answer = Answer.objects.filter(thread__title=title, author__handle="mara-lindqvist", revisions=None).first()
        if answer and said in answer.body:
            body, when = answer.body.replace(said, says), min(answer.created_at + LATER, at)
            answers.edit(answer=answer, by=answer.author, body=body, change=Change(reason=why), at=when)
