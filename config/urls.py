"""The addresses of the whole site."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularAPIView

from community.api import problems
from config import health, media, metrics

handler400 = "community.views.errors.bad_request"
handler403 = "community.views.errors.forbidden"
handler404 = "community.views.errors.not_found"
handler500 = "community.views.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("metrics", metrics.show, name="metrics"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    # Exempt: anonymous pages are cached for everybody and carry no token; all that it changes is a language cookie.
    path("language/", csrf_exempt(set_language), name="set_language"),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/", include("community.api.urls")),
    path("api/", include("gamification.api.urls")),
    path("api/", include("chat.api.urls")),
    path("api/", include("ambassadors.api.urls")),
    # Only with a slash at the end, so that an address without one is still led to the one with it.
    re_path(r"^api/(?:.*/)?$", problems.unknown),
    path("", include("gamification.urls")),
    path("", include("chat.urls")),
    path("", include("ambassadors.urls")),
    path("", include("community.urls")),
]
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.insert(0, path(f"{settings.MEDIA_URL[1:]}<path:path>", media.uploaded, name="media"))
