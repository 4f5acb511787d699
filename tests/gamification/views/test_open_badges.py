"""Badges taken away: verified by a stranger's program, and no longer once they are lost."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community import vault
from community.models import Answer, Member
from community.services import answers, brands
from gamification.models import Badge, Credential, IssuerKey
from gamification.services import data_keys, issuing
from tests import factories
from tests.gamification.verifier import Invalid, now, verified
from tests.staff import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_world")]
TAKE = "/badges/accepted-answers/bronze/open-badge/"


@pytest.fixture(autouse=True)
def small_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key that is made quickly; its size changes nothing else."""
    monkeypatch.setattr(issuing, "BITS", 2048)


def fetch(address: str) -> bytes:
    """What a stranger gets from our addresses."""
    assert address.startswith(settings.PUBLIC_URL)
    response = Client().get(address.removeprefix(settings.PUBLIC_URL))
    assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")
    return bytes(response.content)


def picture(address: str) -> ET.Element:
    """The SVG at one of our addresses."""
    return ET.fromstring(fetch(address))  # noqa: S314 - drawn by ourselves


def earned(name: str = "Mara Lindqvist") -> tuple[Member, Answer]:
    """A member with the badge for the first accepted answer."""
    answer = factories.accepted_answer(author=factories.member(name))
    factories.work_off()
    return answer.author, answer


def taken_away(member: Member) -> str:
    response = browser(member).post(TAKE)
    assert response.headers["Content-Disposition"] == 'attachment; filename="accepted-answers-bronze.jwt"'
    assert response.headers["Content-Type"] == "application/vc+jwt"
    return str(response.content.decode())


def test_a_stranger_can_verify_who_earned_what_from_whom() -> None:
    mara, _answer = earned("Mara <b>Lindqvist</b>")
    brand = brands.current()
    brand.name, brand.tagline = "Nordlicht Kaffee", "Coffee from the north"
    brands.store(brand=brand)
    brands.changed()

    badge = verified(taken_away(mara), fetch=fetch, at=now())

    assert badge["issuer"]["name"] == "Nordlicht Kaffee"
    subject = badge["credentialSubject"]
    assert subject["id"] == f"{settings.PUBLIC_URL}{mara.get_absolute_url()}"
    achieved = subject["achievement"]
    assert (achieved["name"], achieved["criteria"]) == (
        "accepted_answers · bronze",
        {"narrative": "Earned by 1 accepted answer."},
    )
    (identity,) = subject["identifier"]
    digest = hashlib.sha256(f"{mara.email}{identity['salt']}".encode()).hexdigest()
    assert identity["identityHash"] == f"sha256${digest}"
    assert mara.email not in json.dumps(badge)
    assert json.loads(fetch(achieved["id"]))["id"] == achieved["id"]
    assert picture(achieved["image"]["id"]).tag == "{http://www.w3.org/2000/svg}svg"


def test_a_changed_badge_proves_nothing() -> None:
    mara, _answer = earned()
    head, body, signature = taken_away(mara).split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    said["credentialSubject"]["achievement"]["name"] = "Master of all"
    forged = base64.urlsafe_b64encode(json.dumps(said).encode()).rstrip(b"=").decode()
    with pytest.raises(Invalid, match="signature"):
        verified(f"{head}.{forged}.{signature}", fetch=fetch, at=now())


def test_a_lost_badge_verifies_as_revoked_and_one_earned_again_is_another() -> None:
    mara, answer = earned()
    lena, _other = earned("Lena Sommer")
    token, others = taken_away(mara), taken_away(lena)
    answers.unaccept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    cache.clear()

    with pytest.raises(Invalid, match="revoked"):
        verified(token, fetch=fetch, at=now())
    verified(others, fetch=fetch, at=now())
    assert browser(mara).post(TAKE).status_code == 404

    answers.accept(answer=answer, by=answer.thread.author, at=timezone.now())
    factories.work_off()
    cache.clear()
    verified(taken_away(mara), fetch=fetch, at=now())
    with pytest.raises(Invalid, match="revoked"):
        verified(token, fetch=fetch, at=now())


def test_whoever_is_forgotten_vouches_for_nothing() -> None:
    mara, _answer = earned()
    token = taken_away(mara)
    Member.objects.filter(pk=mara.pk).update(erased_at=timezone.now())
    with pytest.raises(Invalid, match="revoked"):
        verified(token, fetch=fetch, at=now())


def test_taken_away_again_it_is_the_same_one() -> None:
    mara, _answer = earned()
    tokens = [verified(taken_away(mara), fetch=fetch, at=now()) for _ in range(2)]
    assert len({token["id"] for token in tokens}) == Credential.objects.count() == IssuerKey.objects.count() == 1


def test_the_key_is_sealed_and_its_public_part_stands_in_both_lists() -> None:
    mara, _answer = earned()
    taken_away(mara)
    key = IssuerKey.objects.get()
    assert "PRIVATE" not in key.sealed
    (listed,) = json.loads(fetch(f"{settings.PUBLIC_URL}/open-badges/keys/"))["keys"]
    did = json.loads(fetch(f"{settings.PUBLIC_URL}/.well-known/did.json"))
    assert listed == did["verificationMethod"][0]["publicKeyJwk"] == key.public
    assert set(listed) == {"kty", "n", "e", "alg", "use", "kid"}
    assert did["id"] == "did:web:localhost%3A8000"


def test_a_key_of_the_environment_takes_over_and_old_badges_still_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    mara, _answer = earned()
    old = taken_away(mara)
    made = generate_private_key(public_exponent=65537, key_size=2048)
    pem = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    monkeypatch.setattr(settings, "BADGE_KEY", pem.replace("\n", "\\n"))
    new = taken_away(mara)

    assert old.split(".")[0] != new.split(".")[0]
    for token in (old, new):
        verified(token, fetch=fetch, at=now())
    assert list(IssuerKey.objects.order_by("pk").values_list("is_active", flat=True)) == [False, True]


def test_the_stored_key_moves_to_a_new_data_key_and_signs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    mara, _answer = earned()
    head = taken_away(mara).split(".")[0]
    monkeypatch.setattr(settings, "DATA_KEYS", ["a-new-key-of-at-least-32-characters"])

    assert (data_keys.rotate(), data_keys.rotate()) == (1, 0)

    assert vault.is_newest(IssuerKey.objects.get().sealed)
    assert taken_away(mara).split(".")[0] == head


def test_only_who_earned_it_takes_it_away() -> None:
    mara, _answer = earned()
    for person, status in ((None, 302), (factories.member(), 404)):
        assert browser(person).post(TAKE).status_code == status
    assert browser(mara).get(TAKE).status_code == 405
    assert browser(mara).post("/badges/accepted-answers/gold/open-badge/").status_code == 404
    assert not Credential.objects.exists()


@pytest.mark.parametrize(
    "address", ["keys/nothing/", "status/1/", "nothing/bronze/", "nothing/bronze.svg", "accepted-answers/gold/"]
)
def test_what_is_not_there_is_not_found(address: str) -> None:
    assert Client().get(f"/open-badges/{address}").status_code == 404


def test_the_picture_knows_every_shape_and_what_it_does_not_know() -> None:
    badge = Badge.objects.get(slug="accepted-answers")
    for shape, glyph in (*((shape, "heart") for shape in Badge.Shape.values), ("odd", "nowhere")):
        Badge.objects.filter(pk=badge.pk).update(shape=shape, glyph=glyph)
        drawn = picture(f"{settings.PUBLIC_URL}/open-badges/accepted-answers/bronze.svg")
        assert len(list(drawn.iter())) > 4


def test_the_profile_offers_it_to_its_owner_only() -> None:
    mara, _answer = earned()
    shown: list[Any] = [browser(who).get(mara.get_absolute_url()).content.decode() for who in (mara, None)]
    assert [TAKE in page for page in shown] == [True, False]


def test_a_badge_is_not_valid_before_its_time() -> None:
    mara, _answer = earned()
    with pytest.raises(Invalid, match="time"):
        verified(taken_away(mara), fetch=fetch, at=now() - timedelta(days=1))
