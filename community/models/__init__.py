"""Tables of the community: members, content, the journal and what members are told."""

from community.models.activity import Activity, Delivery
from community.models.answer import Answer, Vote
from community.models.api_key import ApiKey, SeenSignature
from community.models.block import Block
from community.models.brand import Brand
from community.models.comment import Comment
from community.models.contest import Ballot, Contest, JuryScore, Placing
from community.models.draft import Draft
from community.models.finding import Escalation, SearchMiss
from community.models.follow import Follow
from community.models.handle import FormerHandle
from community.models.idea import Idea, IdeaComment, IdeaVote, StatusChange
from community.models.idempotency import IdempotencyKey
from community.models.letter import Letter
from community.models.mailing import Mailing
from community.models.me_too import MeToo
from community.models.member import Member
from community.models.moderation import Case, Flag, Reason, WatchedWord
from community.models.news import News
from community.models.notice import Notice
from community.models.notification import BY_MAIL, Channel, Notification, NotificationSetting
from community.models.post import Post, visible
from community.models.privacy import Consent, DataExport, RetentionPeriod
from community.models.product import FormerSlug, Product
from community.models.review import Disclosure, HelpfulVote, Rating, Review, ReviewPhoto, ReviewReply, Sample
from community.models.revision import Revision
from community.models.role import Role, RoleGrant
from community.models.sanction import Appeal, Sanction
from community.models.seen import Seen
from community.models.shop import Order, OrderLine, Ownership, ShopCustomer
from community.models.standing import Standing
from community.models.thread import Phase, Thread
from community.models.toolkit import Configuration, Toolkit, ToolkitChoice, ToolkitConstraint, ToolkitOption
from community.models.topic import Topic
from community.models.upload import Upload

__all__ = [
    "BY_MAIL",
    "Activity",
    "Answer",
    "ApiKey",
    "Appeal",
    "Ballot",
    "Block",
    "Brand",
    "Case",
    "Channel",
    "Comment",
    "Configuration",
    "Consent",
    "Contest",
    "DataExport",
    "Delivery",
    "Disclosure",
    "Draft",
    "Escalation",
    "Flag",
    "Follow",
    "FormerHandle",
    "FormerSlug",
    "HelpfulVote",
    "Idea",
    "IdeaComment",
    "IdeaVote",
    "IdempotencyKey",
    "JuryScore",
    "Letter",
    "Mailing",
    "MeToo",
    "Member",
    "News",
    "Notice",
    "Notification",
    "NotificationSetting",
    "Order",
    "OrderLine",
    "Ownership",
    "Phase",
    "Placing",
    "Post",
    "Product",
    "Rating",
    "Reason",
    "RetentionPeriod",
    "Review",
    "ReviewPhoto",
    "ReviewReply",
    "Revision",
    "Role",
    "RoleGrant",
    "Sample",
    "Sanction",
    "SearchMiss",
    "Seen",
    "SeenSignature",
    "ShopCustomer",
    "Standing",
    "StatusChange",
    "Thread",
    "Toolkit",
    "ToolkitChoice",
    "ToolkitConstraint",
    "ToolkitOption",
    "Topic",
    "Upload",
    "Vote",
    "WatchedWord",
    "visible",
]
