"""The addresses of the whole site."""

from django.conf import settings
from django.conf.urls.static import static
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from config import health

handler403 = "community.views.errors.forbidden"
handler404 = "community.views.errors.not_found"
handler500 = "community.views.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.urls")),
    path("_allauth/", include("allauth.headless.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/", include("community.api.urls")),
    path("api/", include("gamification.api.urls")),
    path("", include("gamification.urls")),
    path("", include("community.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
]
