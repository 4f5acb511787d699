"""Doors: the only way an edge gets an object for a person. Missing and forbidden look alike."""

from community.access.catalogue import product_for, product_named, topic_for
from community.access.news import edits_news, news_for
from community.access.people import (
    BRAND,
    MODERATORS,
    NotFound,
    Person,
    first,
    has_left,
    member_for,
    moderates,
    roles_of,
    speaks_for_brand,
)
from community.access.posts import (
    Moved,
    Powers,
    answer_for,
    comment_for,
    official_answer_for,
    own_answer_for,
    own_comment_for,
    own_thread_for,
    powers_over,
    present_thread_for,
    thread_for,
    threads_for,
)
from community.access.privacy import export_for
from community.access.reviews import (
    ReviewPowers,
    deletable_review_for,
    own_review_for,
    powers_over_review,
    review_for,
    review_to_answer_for,
)
from community.access.revisions import revision_for
from community.access.safety import case_for, post_at, post_for, removable_post_for, sanction_for

__all__ = [
    "BRAND",
    "MODERATORS",
    "Moved",
    "NotFound",
    "Person",
    "Powers",
    "ReviewPowers",
    "answer_for",
    "case_for",
    "comment_for",
    "deletable_review_for",
    "edits_news",
    "export_for",
    "first",
    "has_left",
    "member_for",
    "moderates",
    "news_for",
    "official_answer_for",
    "own_answer_for",
    "own_comment_for",
    "own_review_for",
    "own_thread_for",
    "post_at",
    "post_for",
    "powers_over",
    "powers_over_review",
    "present_thread_for",
    "product_for",
    "product_named",
    "removable_post_for",
    "review_for",
    "review_to_answer_for",
    "revision_for",
    "roles_of",
    "sanction_for",
    "speaks_for_brand",
    "thread_for",
    "threads_for",
    "topic_for",
]
