"""Retention: what would go is shown first, and goes when its time is over."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from community.models import DataExport, Member, Notification, RetentionPeriod
from community.models.privacy import private
from community.services import exports, retention
from tests.unchanged import unchanged

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def told(member: Member, days: int) -> Notification:
    """A notification that was read so many days ago."""
    at = NOW - timedelta(days=days)
    return Notification.objects.create(member=member, kind="answer.created", key=f"t{days}", created_at=at, read_at=at)


def due(name: str) -> int:
    return {row.name: row.rows for row in retention.due(at=NOW)}[name]


def test_a_dry_run_counts_and_deletes_nothing(member: Member) -> None:
    told(member, 400)
    told(member, 300)
    with unchanged():
        assert due("notifications") == 1


def test_a_purge_deletes_what_is_over(member: Member) -> None:
    told(member, 400)
    kept = told(member, 300)
    retention.purge(at=NOW)
    assert list(Notification.objects.all()) == [kept]


def test_the_manager_chooses_another_period(member: Member) -> None:
    told(member, 300)
    RetentionPeriod.objects.create(name="notifications", days=100)
    assert due("notifications") == 1


def test_an_export_goes_with_its_file(member: Member, django_capture_on_commit_callbacks: object) -> None:
    exports.ask(member=member, at=NOW - timedelta(days=30))
    exports.finish_all(at=NOW - timedelta(days=8))
    name = str(DataExport.objects.get().file.name)
    assert private().exists(name)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator] # pytest-django's fixture has no type
        retention.purge(at=NOW)
    assert (DataExport.objects.count(), private().exists(name)) == (0, False)


def test_the_command_says_what_it_does(member: Member) -> None:
    told(member, 400)
    out = StringIO()
    call_command("retention", "--dry-run", "--json", stdout=out)
    rows = {row["class"]: row["rows"] for row in json.loads(out.getvalue())["classes"]}
    assert rows["notifications"] == 1
    call_command("retention", stdout=out)
    assert not Notification.objects.exists()
