"""Pictures of products may live in the brand's shop, whose addresses a manager names in the admin."""

from __future__ import annotations

from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from community.services import brands


class ContentSecurityMiddleware(CSPMiddleware):
    """Sends the Content-Security-Policy, with the brand's shops among the places that pictures may come from."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,  # noqa: FBT001, FBT002 - the signature of the class
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if shops := brands.current().origins:
            update = dict(parts.update or {})
            update["img-src"] = [*update.get("img-src", ()), *shops]
            parts.update = update
        return parts
