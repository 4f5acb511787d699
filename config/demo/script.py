"""The words in which the demo is written down: people, questions, replies, remarks."""

from __future__ import annotations

from dataclasses import dataclass, field

from community.models import Role


@dataclass(frozen=True, slots=True)
class Person:
    """One of the cast. ``account`` names the log-in that ``seed_demo`` prints; the others cannot sign in."""

    key: str
    name: str
    language: str
    bio: str
    joined_days: int
    roles: tuple[Role, ...] = ()
    portrait: str = ""
    account: str = ""

    @property
    def email(self) -> str:
        """The address under a domain that exists nowhere."""
        return f"{self.key}@demo.example"


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, ``after`` minutes after what it stands under."""

    by: str
    after: int
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, ``after`` minutes after the question. ``helpful`` lists who found it so."""

    by: str
    after: int
    text: str
    helpful: str = ""
    accepted: bool = False
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A thread. ``asked`` is ``"38m"`` or ``"5h"`` before now, or ``"3d 09:12"``: three days ago at that time."""

    by: str
    asked: str
    title: str
    body: str
    phase: str
    topic: str
    product: str = ""
    replies: tuple[Reply, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())
