"""The addresses of the community's pages."""

from django.urls import path

from community.views import (
    answers,
    brand_css,
    comments,
    home,
    members,
    notifications,
    preview,
    products,
    search,
    seo,
    thread_page,
    threads,
)

app_name = "community"

urlpatterns = [
    path("", home.show, name="home"),
    path("threads/", threads.index, name="threads"),
    path("threads/new/", threads.ask, name="ask"),
    path("threads/similar/", threads.similar, name="similar"),
    path("threads/<int:pk>/", thread_page.show, name="thread_short"),
    path("threads/<int:pk>/accepted/", thread_page.accepted, name="thread_accepted"),
    path("threads/<int:pk>/edit/", threads.edit, name="thread_edit"),
    path("threads/<int:pk>/delete/", threads.delete, name="thread_delete"),
    path("threads/<int:pk>/restore/", threads.restore, name="thread_restore"),
    path("threads/<int:pk>/comments/", comments.create, name="comment_create"),
    path("threads/<int:pk>/answers/", answers.create, name="answer_create"),
    path("threads/<int:pk>/answers/<int:answer_id>/edit/", answers.edit, name="answer_edit"),
    path("threads/<int:pk>/answers/<int:answer_id>/delete/", answers.delete, name="answer_delete"),
    path("threads/<int:pk>/answers/<int:answer_id>/restore/", answers.restore, name="answer_restore"),
    path("threads/<int:pk>/answers/<int:answer_id>/accept/", answers.accept, name="answer_accept"),
    path("threads/<int:pk>/answers/<int:answer_id>/unaccept/", answers.unaccept, name="answer_unaccept"),
    path("threads/<int:pk>/answers/<int:answer_id>/vote/", answers.vote, name="answer_vote"),
    path("threads/<int:pk>/<str:slug>/", thread_page.show, name="thread"),
    path("comments/<int:pk>/delete/", comments.delete, name="comment_delete"),
    path("comments/<int:pk>/restore/", comments.restore, name="comment_restore"),
    path("search/", search.show, name="search"),
    path("preview/", preview.show, name="preview"),
    path("members/<slug:handle>/", members.show, name="member"),
    path("settings/", members.settings, name="settings"),
    path("notifications/", notifications.index, name="notifications"),
    path("products/", products.index, name="products"),
    path("products/<slug:slug>/", products.show, name="product"),
    path("feed/", seo.feed, name="feed"),
    path("sitemap.xml", seo.sitemap, name="sitemap"),
    path("sitemap-pages.xml", seo.sitemap_pages, name="sitemap_pages"),
    path("sitemap-threads-<int:number>.xml", seo.sitemap_threads, name="sitemap_threads"),
    path("robots.txt", seo.robots, name="robots"),
    path("brand.css", brand_css.brand_css, name="brand_css"),
]
