"""Exports: a copy of everything about one member and nothing of others, fetched once."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from community.models import DataExport, Letter, Member
from community.registry import registry
from community.services import avatars, exports, votes
from tests import factories
from tests.unchanged import refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def written(member: Member) -> dict[str, Any]:
    """Return what the member's zip holds: rows by name, and the names of its other files under ``files``."""
    out = io.BytesIO()
    exports.write(member, out)
    with zipfile.ZipFile(out) as archive:
        names = archive.namelist()
        rows = {name[:-5]: json.loads(archive.read(name)) for name in names if name.endswith(".json")}
        return {**rows, "files": [name for name in names if not name.endswith(".json")]}


def test_holds_a_file_for_each_kind_of_row(member: Member) -> None:
    assert set(written(member)) == {kind.name for kind in registry.personal_data if kind.fields} | {"files"}


def test_holds_ones_own_words_and_nobody_elses(member: Member) -> None:
    mine = factories.thread(member, title="Which grind for my kettle?")
    answer = factories.answer(mine, body="Coarse.")
    votes.cast(answer=answer, voter=member, value=1, at=NOW)
    found = written(member)
    assert [row["title"] for row in found["questions"]] == ["Which grind for my kettle?"]
    assert (found["answers"], [row["answer_id"] for row in found["votes"]]) == ([], [answer.pk])
    assert found["account"][0]["email"] == member.email
    assert "Coarse" not in json.dumps(found)


def test_holds_ones_pictures(member: Member) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (20, 20)).save(picture, "PNG")
    avatars.put(member=member, picture=avatars.portrait(ContentFile(picture.getvalue())))
    (name,) = written(member)["files"]
    assert name.startswith("files/account/")
    assert name.endswith(".webp")


def test_is_made_by_the_worker_announced_and_fetched_once(member: Member) -> None:
    export = exports.ask(member=member, at=NOW)
    assert (exports.finish_all(at=NOW), exports.finish_all(at=NOW)) == (1, 0)
    export.refresh_from_db()
    assert list(Letter.objects.values_list("to", flat=True)) == [member.email]
    with exports.fetch(export=export, at=NOW) as file:
        assert zipfile.is_zipfile(io.BytesIO(file.read()))
    with refused(exports.Fetched):
        exports.fetch(export=export, at=NOW)


def test_an_expired_file_is_gone(member: Member) -> None:
    export = exports.ask(member=member, at=NOW)
    exports.finish_all(at=NOW)
    export.refresh_from_db()
    with refused(exports.Fetched):
        exports.fetch(export=export, at=NOW + exports.KEPT + timedelta(seconds=1))


def test_one_is_under_way_at_a_time(member: Member) -> None:
    exports.ask(member=member, at=NOW)
    with refused(exports.UnderWay):
        exports.ask(member=member, at=NOW)
    exports.finish_all(at=NOW)
    exports.ask(member=member, at=NOW)
    assert DataExport.objects.count() == 2
