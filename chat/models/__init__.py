"""Tables of the chat: widgets and visitors, conversations with their log, requests for help and who answers them."""

from chat.models.after import BotTalk, OrderCredit, Publication, Rating, ShopMessage
from chat.models.conversation import Attachment, Conversation, Message, Participant
from chat.models.help import HelpRequest, Offer, Responder, Target
from chat.models.note import Note
from chat.models.reply import CannedReply
from chat.models.report import MessageReport
from chat.models.routing import MagicLink, RoutingDecision, RoutingRule, Visit
from chat.models.widget import SeenToken, Visitor, VisitorSession, Widget

__all__ = [
    "Attachment",
    "BotTalk",
    "CannedReply",
    "Conversation",
    "HelpRequest",
    "MagicLink",
    "Message",
    "MessageReport",
    "Note",
    "Offer",
    "OrderCredit",
    "Participant",
    "Publication",
    "Rating",
    "Responder",
    "RoutingDecision",
    "RoutingRule",
    "SeenToken",
    "ShopMessage",
    "Target",
    "Visit",
    "Visitor",
    "VisitorSession",
    "Widget",
]
