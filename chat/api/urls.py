"""Addresses of the API's conversations and of the widget."""

from django.urls import path

from chat.api import after, asking, conversations, files, helping, widget

urlpatterns = [
    path("v1/conversations/", conversations.Conversations.as_view()),
    path("v1/conversations/<int:pk>/", conversations.One.as_view()),
    path("v1/conversations/<int:pk>/messages/", conversations.Messages.as_view()),
    path("v1/conversations/<int:pk>/files/", files.Files.as_view()),
    path("v1/conversations/<int:pk>/files/<str:token>/", files.File.as_view()),
    path("v1/conversations/<int:pk>/read/", conversations.Read.as_view()),
    path("v1/conversations/<int:pk>/typing/", conversations.Typing.as_view()),
    path("v1/conversations/<int:pk>/help/", asking.Help.as_view()),
    path("v1/conversations/<int:pk>/person/", asking.Person.as_view()),
    path("v1/conversations/<int:pk>/leave/", asking.Leave.as_view()),
    path("v1/conversations/<int:pk>/handover/", helping.HandOver.as_view()),
    path("v1/conversations/<int:pk>/close/", helping.Close.as_view()),
    path("v1/availability/", helping.Availability.as_view()),
    path("v1/offers/", helping.Offers.as_view()),
    path("v1/offers/<int:pk>/accept/", helping.Accept.as_view()),
    path("v1/offers/<int:pk>/decline/", helping.Decline.as_view()),
    path("v1/conversations/<int:pk>/rating/", after.Rate.as_view()),
    path("v1/conversations/<int:pk>/helped/", after.Helped.as_view()),
    path("v1/shop/messages/", after.ShopMessages.as_view()),
    path("v1/widget/session/", widget.Session.as_view()),
    path("v1/widget/context/", widget.Context.as_view()),
]
