"""The site of the admin: its policy, its way in, its start page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_update
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from config import content_security

View = Callable[..., HttpResponseBase]


class BackOffice(UnfoldAdminSite):
    """Signing in is allauth's, with its limits and second factors; the theme gets the policy that it needs."""

    index_title = _("Overview")

    def get_urls(self) -> list[Any]:
        # Imported late: the pages register themselves with this very site.
        from ambassadors.admin import overview

        glance = path("ambassadors/overview/", self.admin_view(overview.show), name="ambassadors_overview")
        return [glance, *super().get_urls()]

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002 - Django's signature
        wrapped: View = csp_update(content_security.ADMIN)(super().admin_view(view, cacheable))
        return wrapped

    @method_decorator(secure_admin_login)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response: HttpResponse = super().login(request, extra_context)
        return response
