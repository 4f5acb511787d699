"""Tables of the community: members, content, the journal and what members are told."""

from community.models.activity import Activity, Delivery
from community.models.answer import Answer, Vote
from community.models.brand import Brand
from community.models.comment import Comment
from community.models.idempotency import IdempotencyKey
from community.models.member import Member
from community.models.notification import Notification
from community.models.post import Post, visible
from community.models.product import Product
from community.models.role import Role, RoleGrant
from community.models.standing import Standing
from community.models.thread import Phase, Thread
from community.models.topic import Topic

__all__ = [
    "Activity",
    "Answer",
    "Brand",
    "Comment",
    "Delivery",
    "IdempotencyKey",
    "Member",
    "Notification",
    "Phase",
    "Post",
    "Product",
    "Role",
    "RoleGrant",
    "Standing",
    "Thread",
    "Topic",
    "Vote",
    "visible",
]
