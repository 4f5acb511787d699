"""Codes are sealed under the newest key, open under every key, and move to a new one without a gap."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from community import vault
from gamification.models import Coupon
from gamification.services import coupon_uses, coupons, data_keys
from tests.gamification import coupon_world as world

OLD, NEW = "an-old-key-of-tests-0123456789abcdef", "a-new-key-of-tests-0123456789abcdefg"


def test_what_is_sealed_says_nothing_and_is_never_the_same(settings: Any) -> None:
    settings.DATA_KEYS = [NEW]
    sealed = [vault.seal("K7PM-3XQ9-AB2C") for _ in range(2)]
    assert sealed[0] != sealed[1]
    assert all("K7PM" not in text for text in sealed)
    assert [vault.unseal(text) for text in sealed] == ["K7PM-3XQ9-AB2C"] * 2


def test_an_older_key_still_opens_and_finds(settings: Any) -> None:
    settings.DATA_KEYS = [OLD]
    sealed, found = vault.seal("K7PM"), vault.digest("K7PM")
    settings.DATA_KEYS = [NEW, OLD]
    assert vault.unseal(sealed) == "K7PM"
    assert (found in vault.digests("K7PM"), vault.digest("K7PM") == found) == (True, False)
    settings.DATA_KEYS = [NEW]
    with pytest.raises(vault.Sealed):
        vault.unseal(sealed)


def test_without_keys_the_sites_own_secret_seals_and_goes_on_opening(settings: Any) -> None:
    settings.DATA_KEYS = []
    sealed = vault.seal("K7PM")
    settings.DATA_KEYS = [NEW]
    assert vault.unseal(sealed) == "K7PM"


@pytest.mark.django_db
def test_codes_move_to_a_new_key_and_the_old_one_can_go(settings: Any) -> None:
    settings.DATA_KEYS = [OLD]
    coupon = world.coupon()
    code = coupons.code_of(coupon)

    settings.DATA_KEYS = [NEW, OLD]
    assert coupon_uses.check(code=code, basket=None, at=coupon.created_at).coupon == coupon
    out = StringIO()
    call_command("rotate_data_keys", stdout=out)
    assert (out.getvalue(), data_keys.rotate()) == ("1 sealed anew.\n", 0)

    settings.DATA_KEYS = [NEW]
    assert coupons.code_of(Coupon.objects.get()) == code
    assert coupon_uses.check(code=code, basket=None, at=coupon.created_at).coupon == coupon
