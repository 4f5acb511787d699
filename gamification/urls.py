"""Addresses of boards, badges, rewards and the ledger."""

from django.urls import path

from gamification.views import badges, boards, holds, ledger, levels, open_badges, quests, rewards

app_name = "gamification"
urlpatterns = [
    path("rewards/", rewards.catalogue, name="rewards"),
    path("rewards/<int:pk>/redeem/", rewards.redeem, name="redeem"),
    path("wallet/", rewards.wallet, name="wallet"),
    path("leaderboard/", boards.leaderboard, name="leaderboard"),
    path("leaderboard/shown/", boards.show, name="shown"),
    path("badges/", badges.gallery, name="badges"),
    path("quests/", quests.index, name="quests"),
    path("levels/", levels.index, name="levels"),
    path("points/", ledger.entries, name="ledger"),
    path("points/<int:pk>/why/", ledger.why, name="why"),
    path("points/decisions/", ledger.nothing, name="decisions"),
    path("points/holds/", holds.index, name="holds"),
    path("points/holds/<int:pk>/", holds.show, name="hold"),
    path("badges/<slug:slug>/<slug:tier>/open-badge/", open_badges.take_away, name="take_away"),
    path("open-badges/issuer/", open_badges.issuer),
    path("open-badges/keys/", open_badges.keys),
    path("open-badges/keys/<slug:kid>/", open_badges.key),
    path("open-badges/status/<int:part>/", open_badges.status),
    path("open-badges/<slug:slug>/<slug:tier>/", open_badges.achievement),
    path("open-badges/<slug:slug>/<slug:tier>.svg", open_badges.picture),
    path(".well-known/did.json", open_badges.did),
]
