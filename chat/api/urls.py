"""Addresses of the API's conversations and of the widget."""

from django.urls import path

from chat.api import asking, widget

urlpatterns = [
    path("v1/conversations/<int:pk>/help/", asking.Help.as_view()),
    path("v1/conversations/<int:pk>/person/", asking.Person.as_view()),
    path("v1/conversations/<int:pk>/leave/", asking.Leave.as_view()),
    path("v1/widget/session/", widget.Session.as_view()),
    path("v1/widget/context/", widget.Context.as_view()),
]
