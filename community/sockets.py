"""The socket addresses of the community."""

from django.urls import path

from community.consumers import LiveConsumer

urlpatterns = [path("ws/live/", LiveConsumer.as_asgi())]
