"""Exports: everything that is kept about a member, as a file of their own (GDPR art. 15 and 20)."""

from __future__ import annotations

import logging
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import IO, Any

from django.core.files.base import File
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from community.models import DataExport, Member
from community.refusals import Refusal
from community.registry import PersonalData, registry
from community.services import letters

#: How long a finished file waits to be fetched.
KEPT = timedelta(days=7)
CHUNK = 500

logger = logging.getLogger("kundenkreis.exports")


class UnderWay(Refusal):
    """The member asked a moment ago."""

    code = "export_under_way"
    message = _("Your data is being put together already. You get an e-mail when it is ready.")
    status = 409


class Fetched(Refusal):
    """The address worked once, or its time is over."""

    code = "export_gone"
    message = _("This file was fetched already or has expired. Ask for a new one.")
    status = 410


def ask(*, member: Member, at: datetime) -> DataExport:
    """Let a worker put the member's data together. Raises ``UnderWay``."""
    try:
        with transaction.atomic():
            return DataExport.objects.create(member=member, token=get_random_string(43), requested_at=at)
    except IntegrityError as error:
        raise UnderWay from error


def finish_all(*, at: datetime) -> int:
    """Put together what was asked for and tell the members; return how many files are ready now.

    Two workers may make the same file; only one of them is kept.
    """
    finished = 0
    for export in DataExport.objects.filter(ready_at=None).select_related("member").order_by("id"):
        try:
            finished += _finish(export, at)
        except OSError:
            logger.exception("export failed", extra={"export": export.pk})
    return finished


def fetch(*, export: DataExport, at: datetime) -> IO[bytes]:
    """Open the file, once. Raises ``Fetched``."""
    due = DataExport.objects.filter(pk=export.pk, fetched_at=None, ready_at__isnull=False, expires_at__gt=at)
    if not due.update(fetched_at=at):
        raise Fetched
    file: IO[bytes] = export.file.open("rb")
    return file


def write(member: Member, out: IO[bytes], *, open_at: datetime | None = None) -> None:
    """Write the member's data as a zip: one JSON file for each kind of row, pictures beside them.

    What is sealed is opened at ``open_at`` for a member who asked; a file for anybody else has no text of it.
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for kind in registry.personal_data:
            if kind.opened is not None and open_at is not None:
                _write_json(archive, kind, kind.opened(member, open_at))
            elif kind.told is not None:
                _write_json(archive, kind, kind.told(member))
            elif kind.fields:
                _write_json(archive, kind, _rows(kind, member).values(*kind.fields).iterator(chunk_size=CHUNK))
            for name in kind.files:
                _write_files(archive, kind, name, member)


def _finish(export: DataExport, at: datetime) -> bool:
    with tempfile.TemporaryFile() as out:
        write(export.member, out, open_at=at)
        out.seek(0)
        name = export.file.storage.save(f"exports/{get_random_string(20)}.zip", File(out))
    with transaction.atomic():
        waiting = DataExport.objects.filter(pk=export.pk, ready_at=None)
        first = bool(waiting.update(file=name, ready_at=at, expires_at=at + KEPT))
        if first:
            letters.to_member(
                key=f"export:{export.pk}", template="export_ready", member=export.member, context={}, at=at
            )
    if not first:
        export.file.storage.delete(name)
    return first


def _write_json(archive: zipfile.ZipFile, kind: PersonalData, rows: Iterable[Mapping[str, object]]) -> None:
    encoder = DjangoJSONEncoder(ensure_ascii=False, indent=1)
    with archive.open(f"{kind.name}.json", "w") as out:
        out.write(b"[")
        for number, row in enumerate(rows):
            out.write((",\n" if number else "\n").encode() + encoder.encode(row).encode())
        out.write(b"\n]\n")


def _write_files(archive: zipfile.ZipFile, kind: PersonalData, name: str, member: Member) -> None:
    for pk, path in _files(kind, name, member):
        storage = kind.model._meta.get_field(name).storage  # type: ignore[union-attr] # a file field, by its contract
        if storage.exists(path):
            with storage.open(path) as file:
                archive.writestr(f"files/{kind.name}/{pk}-{PurePath(path).name}", file.read())


def _files(kind: PersonalData, name: str, member: Member) -> Iterator[tuple[Any, str]]:
    yield from _rows(kind, member).exclude(**{name: ""}).values_list("pk", name).iterator(chunk_size=CHUNK)


def _rows(kind: PersonalData, member: Member) -> Any:
    return kind.model._default_manager.filter(**{kind.owner: member.pk}).order_by("pk")
