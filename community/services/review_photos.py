"""Photos of reviews: kept and removed with the review that shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from community.models import Review, ReviewPhoto
from community.refusals import Refusal
from community.services.uploads import Encoded


class TooManyPhotos(Refusal):
    """A review shows a few photos."""

    code = "too_many_photos"
    message = _("A review has up to 5 photos. Leave some out, please.")
    field = "photos"
    status = 422


def change(*, review: Review, new: Sequence[Encoded], removed: Collection[int], at: datetime) -> int:
    """Remove photos by their ids and add ``new`` ones to a locked review; returns how many it has now.

    Raises ``TooManyPhotos``.
    """
    gone = review.photos.filter(pk__in=[pk for pk in removed if pk < 2**63])
    count = review.photos.count() - gone.count() + len(new)
    if count > Review.PHOTOS_MAX:
        raise TooManyPhotos
    names = [str(photo.file.name) for photo in gone]
    gone.delete()
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name), robust=True)
    for picture in new:
        ReviewPhoto.objects.create(
            review=review,
            file=ContentFile(picture.data, name=f"{get_random_string(22)}.webp"),
            width=picture.width,
            height=picture.height,
            created_at=at,
        )
    return count
