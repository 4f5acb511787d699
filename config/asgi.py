"""Sockets through Channels; HTTP through Django's WSGI handler in a few lasting threads.

Django's own ASGI path starts a thread for each request and so opens a database connection for each; the lasting
threads keep theirs.
"""

import gc
import os
from typing import cast
from urllib.parse import ParseResult

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import OriginValidator

from config.wsgi import application as http_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings

from chat.sockets import urlpatterns as chat_sockets
from community.sockets import urlpatterns as community_sockets


class PageOrAppOrigin(OriginValidator):
    """Lets in our own pages and whoever sends no origin: that is no browser, so no foreign page can be behind it."""

    def valid_origin(self, parsed_origin: ParseResult | None) -> bool:
        return parsed_origin is None or bool(super().valid_origin(parsed_origin))


application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(cast(WSGIApp, http_application), workers=settings.HTTP_THREADS),
        "websocket": PageOrAppOrigin(
            AuthMiddlewareStack(URLRouter([*community_sockets, *chat_sockets])), settings.ALLOWED_HOSTS
        ),
    }
)

# What was made while starting stays. The collector of cycles walked over all of it in the middle of some requests.
gc.freeze()
