"""Files of conversations for the widget and for apps: sent as one form, fetched with the token in a header."""

from __future__ import annotations

from django.http import FileResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from chat import access, frames
from chat.api.base import ChatView, somebody, spend
from chat.api.serializers import MessageSerializer, SendFileSerializer
from chat.models import Attachment, Visitor
from chat.services import attachments, messages
from chat.views.files import served
from community import limits
from community.api.people import address_of
from community.api.schema import operation
from community.models import Member

HERE = ("not_authenticated", "visitor_unknown", "not_found")
#: What a form weighs beside its file.
AROUND = 64 * 1024


class Files(ChatView):
    """What is sent along."""

    parser_classes = (MultiPartParser,)

    @operation(
        "conversations_files_create",
        "Send a file",
        {200: MessageSerializer, 201: MessageSerializer},
        request={"multipart/form-data": SendFileSerializer},
        limit=limits.UPLOADS,
        refuses=(*HERE, attachments.BadFile, messages.TooLong, messages.Closed, messages.Unwelcome,
                 messages.Unanswered),
        description="With a text or without. Its type is what it holds; a picture is drawn anew, without what the "
        "camera wrote into it. 201 where it is new, 200 where the `client_id` was stored before. A visitor of the shop "
        f"sends at most {limits.VISITOR_UPLOADS.most} an hour.",
    )  # fmt: skip
    def post(self, request: Request, pk: int) -> Response:
        person, at = somebody(request), timezone.now()
        participant = access.participant_for(person, pk)
        _spend(request, person)
        # Looked at before the body is: nobody makes the server take in more than it keeps.
        if int(request.META.get("CONTENT_LENGTH") or 0) > Attachment.LARGEST + AROUND:
            raise attachments.BadFile
        body = SendFileSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        said = body.validated_data
        file = attachments.encode(said["file"], said["file"].name)
        sent = attachments.send(
            participant=participant, client_id=said["client_id"], body=said["body"], file=file, at=at
        )
        return Response(frames.message(sent.message), status=201 if sent.is_new else 200)


class File(ChatView):
    """One file."""

    @operation(
        "conversations_files_retrieve",
        "Fetch a file",
        {(200, "application/octet-stream"): OpenApiTypes.BINARY},
        refuses=HERE,
        description="For those in the conversation, and nobody else.",
    )
    def get(self, request: Request, pk: int, token: str) -> FileResponse:
        return served(access.attachment_for(somebody(request), token, conversation=pk))


def _spend(request: Request, person: Member | Visitor) -> None:
    """Of a visitor, who may come anew as often as they like, the address is counted as well."""
    if isinstance(person, Member):
        spend(limits.UPLOADS, person)
        return
    limits.spend_as(limits.ADDRESS_UPLOADS, person=request.user, address=address_of(request), at=timezone.now())
    spend(limits.VISITOR_UPLOADS, person)
