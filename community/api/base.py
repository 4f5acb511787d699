"""What every handler of the API shares."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from community.api.authentication import HEADER


class ApiView(APIView):
    """Says in which language it answers, and that no cache on the way may give the answer to somebody else."""

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers["Content-Language"] = translation.get_language() or "en"
        patch_cache_control(answer, private=True)
        patch_vary_headers(answer, (HEADER, "Accept-Language"))
        return answer
