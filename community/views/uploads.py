"""Pictures for the text that is being written."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from community import limits, markdown
from community.refusals import Refusal
from community.services import uploads
from community.views.people import MemberRequest, members_only
from community.views.posting import refused


@require_POST
@members_only
def create(request: MemberRequest) -> HttpResponse:
    """Keep a picture and say how a text names it."""
    now = timezone.now()
    try:
        limits.spend(limits.UPLOADS, member=request.user, at=now)
        file = request.FILES.get("file")
        if file is None:
            raise uploads.BadImage
        upload = uploads.store(owner=request.user, picture=uploads.encode(file), at=now)
    except Refusal as refusal:
        problem = {"code": refusal.code, "message": str(refusal.message)}
        return refused(JsonResponse(problem), refusal)
    told = {"source": f"{markdown.PICTURE}{upload.token}", "width": upload.width, "height": upload.height}
    return JsonResponse(told, status=201)
