"""Addresses of boards, badges and the ledger."""

from django.urls import path

from gamification.views import badges, boards, holds, ledger

app_name = "gamification"
urlpatterns = [
    path("leaderboard/", boards.leaderboard, name="leaderboard"),
    path("leaderboard/shown/", boards.show, name="shown"),
    path("badges/", badges.gallery, name="badges"),
    path("points/", ledger.entries, name="ledger"),
    path("points/<int:pk>/why/", ledger.why, name="why"),
    path("points/holds/", holds.index, name="holds"),
    path("points/holds/<int:pk>/", holds.show, name="hold"),
]
