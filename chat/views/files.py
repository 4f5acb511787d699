"""Files of conversations: sent with progress, fetched by those who may read the message that shows them."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from chat import access, frames
from chat.forms.messages import MessageForm
from chat.models import Attachment
from chat.services import attachments
from community import limits
from community.refusals import Refusal
from community.views.people import MemberRequest, members_only
from community.views.posting import INVALID, refused

#: Shown, never run, whatever it holds.
BOXED = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


@require_POST
@members_only
def create(request: MemberRequest, pk: int) -> HttpResponse:
    """Send a file, with a text or without; the answer is the receipt."""
    participant, now = access.participant_for(request.user, pk), timezone.now()
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid() or not form.cleaned_data["file"]:
        problem = attachments.BadFile
        return JsonResponse({"code": problem.code, "message": str(problem.message)}, status=INVALID)
    said = form.cleaned_data
    try:
        limits.spend(limits.UPLOADS, member=request.user, at=now)
        file = attachments.encode(said["file"], said["file"].name)
        sent = attachments.send(
            participant=participant, client_id=said["client_id"], body=said["body"], file=file, at=now
        )
    except Refusal as refusal:
        return refused(JsonResponse({"code": refusal.code, "message": str(refusal.message)}), refusal)
    return JsonResponse(frames.stored(sent.message), status=201 if sent.is_new else 200)


@require_safe
@cache_control(private=True, max_age=3600, immutable=True)
@members_only
def fetch(request: MemberRequest, token: str) -> FileResponse:
    """A file, for those in its conversation and nobody else."""
    return served(access.attachment_for(request.user, token))


def served(file: Attachment) -> FileResponse:
    """What a file holds: a picture is shown, everything else is kept, and nothing of it is ever run."""
    picture = file.content_type.startswith("image/")
    response = FileResponse(
        file.file.open("rb"), as_attachment=not picture, filename=file.name, content_type=file.content_type
    )
    response["Content-Security-Policy"] = BOXED
    response["X-Content-Type-Options"] = "nosniff"
    return response
