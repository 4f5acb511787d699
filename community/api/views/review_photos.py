"""Photos of reviews: add and remove."""

from __future__ import annotations

from django.utils import timezone
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from community import access, limits
from community.api.base import ApiView
from community.api.people import member_of
from community.api.schema import operation
from community.api.serializers.reviews import PhotoDraftSerializer, ReviewSerializer
from community.api.views.reviews import FOR_ITS_AUTHOR, told
from community.services import review_photos, reviews, threads, uploads

REFUSES = ("not_authenticated", "not_found", threads.Gone)


class ReviewPhotos(ApiView):
    """The pictures in one's review."""

    permission_classes = (IsAuthenticated,)
    parser_classes = (MultiPartParser,)

    @operation(
        "reviews_photos_create",
        "Add a photo to a review",
        {201: ReviewSerializer},
        refuses=(*REFUSES, review_photos.TooManyPhotos, uploads.BadImage),
        limit=limits.UPLOADS,
        request={"multipart/form-data": PhotoDraftSerializer},
        description=FOR_ITS_AUTHOR,
    )
    def post(self, request: Request, pk: int) -> Response:
        member, now = member_of(request), timezone.now()
        review = access.own_review_for(member, pk)
        draft = PhotoDraftSerializer(data=request.data)
        draft.is_valid(raise_exception=True)
        limits.spend(limits.UPLOADS, member=member, at=now)
        picture = uploads.encode(draft.validated_data["file"])
        reviews.change_photos(review=review, by=member, new=[picture], at=now)
        return Response(told(request, access.own_review_for(member, pk)), status=201)


class ReviewPhotoDetail(ApiView):
    """One picture in one's review."""

    permission_classes = (IsAuthenticated,)

    @operation(
        "reviews_photos_destroy",
        "Remove a photo from a review",
        {204: None},
        refuses=REFUSES,
        limit=limits.EDITS,
        description=f"{FOR_ITS_AUTHOR} Removing it again changes nothing.",
    )
    def delete(self, request: Request, pk: int, photo: int) -> Response:
        member, now = member_of(request), timezone.now()
        review = access.own_review_for(member, pk)
        limits.spend(limits.EDITS, member=member, at=now)
        reviews.change_photos(review=review, by=member, removed=[photo], at=now)
        return Response(status=204)
