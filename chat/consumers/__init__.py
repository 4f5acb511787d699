"""``/ws/chat/``: a member's tab or app, or the widget of a visitor. The rows are the log, the socket hints at it."""

from chat.consumers.socket import ChatConsumer

__all__ = ["ChatConsumer"]
