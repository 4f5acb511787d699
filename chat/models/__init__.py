"""Tables of the chat: widgets and visitors, conversations with their log, requests for help and who answers them."""

from chat.models.conversation import Attachment, Conversation, Message, Participant
from chat.models.help import HelpRequest, Offer, Responder, Target
from chat.models.reply import CannedReply
from chat.models.report import MessageReport
from chat.models.routing import MagicLink, RoutingDecision, RoutingRule, Visit
from chat.models.widget import SeenToken, Visitor, VisitorSession, Widget

__all__ = [
    "Attachment",
    "CannedReply",
    "Conversation",
    "HelpRequest",
    "MagicLink",
    "Message",
    "MessageReport",
    "Offer",
    "Participant",
    "Responder",
    "RoutingDecision",
    "RoutingRule",
    "SeenToken",
    "Target",
    "Visit",
    "Visitor",
    "VisitorSession",
    "Widget",
]
