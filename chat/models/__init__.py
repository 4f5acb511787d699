"""Tables of the chat: widgets and visitors, conversations with their log, requests for help and who answers them."""

from chat.models.conversation import Attachment, Conversation, Message, Participant
from chat.models.help import HelpRequest, Offer, Responder, Target
from chat.models.reply import CannedReply
from chat.models.widget import SeenToken, Visitor, VisitorSession, Widget

__all__ = [
    "Attachment",
    "CannedReply",
    "Conversation",
    "HelpRequest",
    "Message",
    "Offer",
    "Participant",
    "Responder",
    "SeenToken",
    "Target",
    "Visitor",
    "VisitorSession",
    "Widget",
]
