"""Tables of the community: members, content, the journal and what members are told."""

from community.models.activity import Activity, Delivery
from community.models.answer import Answer, Vote
from community.models.brand import Brand
from community.models.comment import Comment
from community.models.finding import Escalation, SearchMiss
from community.models.draft import Draft
from community.models.idempotency import IdempotencyKey
from community.models.member import Member
from community.models.notification import Notification
from community.models.post import Post, visible
from community.models.product import Product
from community.models.revision import Revision
from community.models.role import Role, RoleGrant
from community.models.standing import Standing
from community.models.thread import Phase, Thread
from community.models.topic import Topic
from community.models.upload import Upload

__all__ = [
    "Activity",
    "Answer",
    "Brand",
    "Comment",
    "Delivery",
    "Escalation",
    "Draft",
    "IdempotencyKey",
    "Member",
    "Notification",
    "Phase",
    "Post",
    "Product",
    "Revision",
    "Role",
    "RoleGrant",
    "SearchMiss",
    "Standing",
    "Thread",
    "Topic",
    "Upload",
    "Vote",
    "visible",
]
