"""Addresses of the API's community resources, and of the page that explains the API."""

from django.urls import path

from community.api.views import (
    answers,
    catalogue,
    comments,
    docs,
    ideas,
    members,
    notifications,
    search,
    shop,
    threads,
)

urlpatterns = [
    path("docs/", docs.page, name="api_docs"),
    path("v1/members/me/", members.Me.as_view()),
    path("v1/members/<slug:handle>/", members.Profile.as_view()),
    path("v1/topics/", catalogue.Topics.as_view()),
    path("v1/products/", catalogue.Products.as_view()),
    path("v1/products/<slug:slug>/", catalogue.ProductDetail.as_view()),
    path("v1/threads/", threads.Threads.as_view()),
    path("v1/threads/similar/", threads.SimilarThreads.as_view()),
    path("v1/threads/<int:pk>/", threads.ThreadDetail.as_view()),
    path("v1/threads/<int:thread>/answers/", answers.Answers.as_view()),
    path("v1/threads/<int:thread>/comments/", comments.ThreadComments.as_view()),
    path("v1/answers/<int:pk>/", answers.AnswerDetail.as_view()),
    path("v1/answers/<int:pk>/vote/", answers.AnswerVote.as_view()),
    path("v1/answers/<int:pk>/accept/", answers.AnswerAcceptance.as_view()),
    path("v1/answers/<int:answer>/comments/", comments.AnswerComments.as_view()),
    path("v1/comments/<int:pk>/", comments.CommentDetail.as_view()),
    path("v1/search/", search.Search.as_view()),
    path("v1/contests/", ideas.Contests.as_view()),
    path("v1/ideas/", ideas.Ideas.as_view()),
    path("v1/ideas/<int:pk>/", ideas.IdeaDetail.as_view()),
    path("v1/ideas/<int:pk>/vote/", ideas.IdeaVoting.as_view()),
    path("v1/notifications/", notifications.Notifications.as_view()),
    path("v1/notifications/read/", notifications.NotificationsRead.as_view()),
    path("v1/shop/products/<path:sku>/", shop.ShopProduct.as_view()),
    path("v1/shop/customers/<path:ref>/", shop.ShopCustomer.as_view()),
    path("v1/shop/orders/", shop.ShopOrders.as_view()),
]
