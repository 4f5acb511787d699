"""The addresses of the chat's pages."""

from django.urls import path

from chat.views import availability, desk, files, groups, helping, inbox, publishing, rating, talks, way_back, widget

app_name = "chat"

urlpatterns = [
    path("messages/", inbox.index, name="inbox"),
    path("messages/list/", inbox.listing, name="inbox_list"),
    path("messages/unread/", inbox.unread, name="unread"),
    path("messages/new/", inbox.begin, name="begin"),
    path("messages/groups/new/", groups.begin, name="group_new"),
    path("messages/files/<str:token>/", files.fetch, name="file"),
    path("messages/<int:pk>/", inbox.show, name="conversation"),
    path("messages/<int:pk>/files/", files.create, name="file_send"),
    path("messages/<int:pk>/accept/", talks.accept, name="accept"),
    path("messages/<int:pk>/decline/", talks.decline, name="decline"),
    path("messages/<int:pk>/mute/", talks.mute, name="mute"),
    path("messages/<int:pk>/leave/", talks.leave, name="leave"),
    path("messages/<int:pk>/block/", talks.block, name="block"),
    path("messages/<int:pk>/transcript/", talks.transcript, name="transcript"),
    path("messages/<int:pk>/group/", groups.change, name="group"),
    path("messages/<int:pk>/delete/<int:seq>/", talks.delete, name="delete"),
    path("messages/<int:pk>/report/<int:seq>/", talks.report, name="report"),
    path("messages/back/<str:token>/", way_back.follow, name="way_back"),
    path("desk/", desk.overview, name="desk"),
    path("desk/here/", desk.here, name="desk_here"),
    path("desk/switch/", helping.switch, name="desk_switch"),
    path("desk/times/", availability.times, name="desk_times"),
    path("desk/offers/<int:pk>/accept/", helping.accept, name="desk_accept"),
    path("desk/offers/<int:pk>/decline/", helping.decline, name="desk_decline"),
    path("desk/<int:pk>/", desk.talk, name="desk_talk"),
    path("desk/<int:pk>/take/", helping.take, name="desk_take"),
    path("desk/<int:pk>/say/", helping.say, name="desk_say"),
    path("desk/<int:pk>/show/", helping.show, name="desk_show"),
    path("desk/<int:pk>/suggestions/", desk.suggested, name="desk_suggestions"),
    path("desk/<int:pk>/handover/", helping.hand_over, name="desk_hand_over"),
    path("desk/<int:pk>/note/", helping.note, name="desk_note"),
    path("desk/<int:pk>/close/", helping.close, name="desk_close"),
    path("desk/<int:pk>/publish/", publishing.propose, name="desk_publish"),
    path("talks/publish/<str:token>/", publishing.decide, name="publish"),
    path("talks/rate/<str:token>/", rating.rate, name="rate"),
    path("widget.js", widget.loader, name="widget_loader"),
    path("widget/", widget.app, name="widget"),
]
