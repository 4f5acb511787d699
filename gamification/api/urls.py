"""Addresses of the API's ledger, badges and boards."""

from django.urls import path

from gamification.api import boards, coupons, rewards, views

urlpatterns = [
    path("v1/points/", views.Entries.as_view()),
    path("v1/points/balance/", views.Balance.as_view()),
    path("v1/points/<int:pk>/why/", views.Why.as_view()),
    path("v1/points/decisions/", views.Decisions.as_view()),
    path("v1/badges/", views.Gallery.as_view()),
    path("v1/members/<slug:handle>/badges/", views.MemberBadges.as_view()),
    path("v1/boards/<slug:slug>/", boards.Board.as_view()),
    path("v1/members/me/quiet/", boards.Quiet.as_view()),
    path("v1/rewards/", rewards.Rewards.as_view()),
    path("v1/rewards/<int:pk>/redeem/", rewards.Redeem.as_view()),
    path("v1/coupons/", coupons.Coupons.as_view()),
    path("v1/shop/coupons/check/", coupons.Check.as_view()),
    path("v1/shop/coupons/reserve/", coupons.Reserve.as_view()),
    path("v1/shop/coupons/redeem/", coupons.Redeem.as_view()),
    path("v1/shop/coupons/release/", coupons.Release.as_view()),
    path("v1/shop/coupons/refund/", coupons.Refund.as_view()),
]
