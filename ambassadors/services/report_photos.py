"""Photos of reports: for the brand's eyes, until the report becomes a review that shows copies of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import get_random_string

from ambassadors.models import Report, ReportPhoto
from community.models.privacy import private
from community.services.review_photos import TooManyPhotos
from community.services.uploads import Encoded


def change(*, report: Report, new: Sequence[Encoded], removed: Collection[int], at: datetime) -> None:
    """Remove photos by their ids and add ``new`` ones to a locked report. Raises ``TooManyPhotos``."""
    gone = report.photos.filter(pk__in=removed)
    if report.photos.count() - gone.count() + len(new) > Report.PHOTOS_MAX:
        raise TooManyPhotos
    remove(gone)
    for picture in new:
        ReportPhoto.objects.create(
            report=report,
            file=ContentFile(picture.data, name=f"{get_random_string(22)}.webp"),
            width=picture.width,
            height=picture.height,
            created_at=at,
        )


def remove(photos: QuerySet[ReportPhoto]) -> None:
    """Delete photos with their files."""
    names = [str(photo.file.name) for photo in photos]
    photos.delete()
    for name in names:
        transaction.on_commit(partial(private().delete, name), robust=True)


def copies(report: Report) -> list[Encoded]:
    """What a review is given of them: all but those whose files are gone."""
    return [copy for photo in report.photos.order_by("id") if (copy := _copy(photo))]


def _copy(photo: ReportPhoto) -> Encoded | None:
    try:
        with photo.file.open("rb") as file:
            return Encoded(file.read(), photo.width, photo.height)
    except FileNotFoundError:
        return None
