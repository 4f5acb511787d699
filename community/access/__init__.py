"""Doors: the only way an edge gets an object for a person. Missing and forbidden look alike."""

from community.access.catalogue import product_for
from community.access.people import NotFound, Person, member_for, moderates
from community.access.posts import (
    Powers,
    answer_for,
    own_answer_for,
    own_comment_for,
    own_thread_for,
    powers_over,
    thread_for,
    threads_for,
)

__all__ = [
    "NotFound",
    "Person",
    "Powers",
    "answer_for",
    "member_for",
    "moderates",
    "own_answer_for",
    "own_comment_for",
    "own_thread_for",
    "powers_over",
    "product_for",
    "thread_for",
    "threads_for",
]
