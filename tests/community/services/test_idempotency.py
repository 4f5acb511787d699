"""Idempotency: one effect for one key, its first response for every repetition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from community.models import IdempotencyKey, Member, Topic
from community.refusals import Refusal
from community.services import idempotency
from tests import factories
from tests.unchanged import refused, unchanged

pytestmark = pytest.mark.django_db


def make() -> tuple[int, dict[str, object]]:
    return 201, {"slug": factories.topic().slug}


def once(member: Member, *, key: str = "k", fingerprint: str = "f") -> tuple[int, object, bool]:
    return idempotency.once(member=member, key=key, fingerprint=fingerprint, effect=make)


def test_a_repetition_gets_the_first_response_without_a_second_effect(member: Member) -> None:
    status, response, replayed = once(member)
    assert (status, response, replayed) == (201, {"slug": Topic.objects.get().slug}, False)
    with unchanged():
        assert once(member) == (201, response, True)


def test_the_same_key_with_another_request_is_refused(member: Member) -> None:
    once(member)
    with refused(idempotency.KeyReused):
        once(member, fingerprint="another")


def test_keys_belong_to_their_member_and_name_one_request(member: Member) -> None:
    once(member)
    assert [once(factories.member())[2], once(member, key="k2")[2]] == [False, False]
    assert Topic.objects.count() == 3


def test_an_effect_that_is_refused_leaves_the_key_free(member: Member) -> None:
    def refuse() -> tuple[int, dict[str, object]]:
        factories.topic()
        raise Refusal

    with refused(Refusal):
        idempotency.once(member=member, key="k", fingerprint="f", effect=refuse)
    assert once(member)[2] is False


def test_keys_are_forgotten_after_a_day(member: Member) -> None:
    once(member)
    now = timezone.now()
    assert idempotency.forget(at=now + timedelta(hours=23)) == 0
    assert idempotency.forget(at=now + timedelta(hours=25)) == 1
    assert IdempotencyKey.objects.count() == 0
    assert once(member)[2] is False
