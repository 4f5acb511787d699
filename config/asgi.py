"""Sockets through Channels; HTTP through Django's WSGI handler in a few lasting threads.

Django's own ASGI path starts a thread for each request and so opens a database connection for each; the lasting
threads keep theirs.
"""

import os
from typing import cast

from a2wsgi import WSGIMiddleware
from a2wsgi.wsgi_typing import WSGIApp
from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from config.wsgi import application as http_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from community.sockets import urlpatterns as community_sockets

application = ProtocolTypeRouter(
    {
        "http": WSGIMiddleware(cast(WSGIApp, http_application), workers=int(os.environ.get("HTTP_THREADS", "8"))),
        "websocket": AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter([*community_sockets]))),
    }
)
