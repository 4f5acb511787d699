"""Samples: who was given or lent a product, so that their review says so whenever they write it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.models import Disclosure, Member, Product, Review, Sample
from community.services import reviews


@transaction.atomic
def grant(
    *, member: Member, product: Product, by: Member | None, at: datetime, disclosure: str = Disclosure.FREE
) -> Sample:
    """Note that ``member`` got ``product`` from the brand; a review that is there already is labelled now."""
    # Who writes the review at this moment holds the same row: either that sees the sample, or this the review.
    Member.objects.select_for_update(no_key=True).values_list("pk").get(pk=member.pk)
    sample, _created = Sample.objects.update_or_create(
        member=member,
        product=product,
        defaults={"disclosure": disclosure},
        create_defaults={"disclosure": disclosure, "granted_by": by, "granted_at": at},
    )
    written = Review.objects.filter(author=member, product=product, disclosure=Disclosure.NONE).first()
    if written is not None:
        reviews.disclose(review=written, by=by or member, disclosure=disclosure, at=at)
    return sample
