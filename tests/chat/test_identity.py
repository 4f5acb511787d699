"""What proves who a visitor is: each way of forging it is refused."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat import identity

SECRET, KEY, NOW = "s" * 64, "kw_shop", 1_800_000_000
CLAIMS = {
    "aud": KEY,
    "sub": "K-7",
    "jti": "one",
    "iat": NOW,
    "exp": NOW + 300,
    "name": "Lena",
    "email": "lena@shop.example",
    "crm": {"orders": 3, "vip": True},
}


def read(token: str, *, now: int = NOW) -> identity.Identity:
    return identity.read(token, secret=SECRET, audience=KEY, now=now)


def token(secret: str = SECRET, **claims: Any) -> str:
    return identity.sign({name: told for name, told in {**CLAIMS, **claims}.items() if told is not None}, secret)


def part(value: object) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_what_the_shop_signed_is_known() -> None:
    assert read(token()) == identity.Identity(
        "K-7", "one", NOW + 300, "Lena", "lena@shop.example", {"orders": 3, "vip": True}
    )


def test_name_address_and_attributes_may_be_missing() -> None:
    assert read(token(name=None, email=None, crm=None)) == identity.Identity("K-7", "one", NOW + 300)


def test_another_secret_is_refused() -> None:
    with pytest.raises(identity.Forged):
        read(token("t" * 64))


def test_changed_claims_are_refused() -> None:
    header, _claims, mac = token().split(".")

    with pytest.raises(identity.Forged):
        read(".".join((header, part({**CLAIMS, "crm": {"vip": True, "orders": 99}}), mac)))


@pytest.mark.parametrize("alg", ["none", "None", "HS512", "RS256", "", None])
def test_the_token_does_not_choose_how_it_is_checked(alg: str | None) -> None:
    unsigned = f"{part({'alg': alg})}.{part(CLAIMS)}."
    signed = f"{part({'alg': alg})}.{part(CLAIMS)}"
    mac = identity.sign({}, SECRET).split(".")[2]

    for forged in (unsigned, f"{signed}.{mac}"):
        with pytest.raises(identity.Forged):
            read(forged)


def test_a_signature_under_another_algorithm_is_refused_although_the_secret_is_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(identity, "ALGORITHM", "HS384")
    signed = token()
    monkeypatch.undo()

    with pytest.raises(identity.Forged):
        read(signed)


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "a.b.c.d", "é.b.c", "a.b.c" * 2000, " ".join("abc")])
def test_what_is_no_token_is_refused(text: str) -> None:
    with pytest.raises(identity.Forged):
        read(text)


def test_a_signature_is_written_in_one_way_only() -> None:
    for written in (token() + "=", token() + "\n", token().replace(".", ". ", 1)):
        with pytest.raises(identity.Forged):
            read(written)


@pytest.mark.parametrize("now", [NOW + 360, NOW + 86_400, NOW - 61])
def test_before_and_after_its_time_it_is_refused(now: int) -> None:
    with pytest.raises(identity.Expired):
        read(token(), now=now)


@pytest.mark.parametrize("now", [NOW - 60, NOW + 359])
def test_clocks_may_be_a_minute_apart(now: int) -> None:
    assert read(token(), now=now).customer == "K-7"


def test_a_token_for_long_is_refused_whatever_the_time() -> None:
    with pytest.raises(identity.Expired):
        read(token(exp=NOW + identity.LONGEST + 1))
    with pytest.raises(identity.Expired):
        read(token(exp=NOW))


@pytest.mark.parametrize("audience", ["kw_other", "", None, ["kw_shop"]])
def test_a_token_for_another_shop_is_refused(audience: object) -> None:
    with pytest.raises(identity.Foreign):
        read(token(aud=audience))


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": None},
        {"sub": " "},
        {"sub": 7},
        {"sub": "x" * 101},
        {"jti": None},
        {"jti": ""},
        {"jti": "x" * 81},
        {"iat": None},
        {"exp": None},
        {"exp": str(NOW)},
        {"iat": True},
        {"email": ["a@shop.example"]},
        {"name": "x" * 61},
        {"crm": "vip"},
        {"crm": {"a": [1]}},
        {"crm": {"a": {"b": 1}}},
        {"crm": {"a": None}},
        {"crm": {str(n): n for n in range(41)}},
    ],
)
def test_a_missing_or_strange_claim_is_refused(claims: dict[str, Any]) -> None:
    with pytest.raises(identity.Incomplete):
        read(token(**claims))


@given(st.text(max_size=300))
def test_no_text_gets_in_or_breaks_it(text: str) -> None:
    with pytest.raises(identity.Forged):
        read(text)
