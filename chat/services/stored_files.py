"""The files of conversations go in one way, whoever or whatever made them go."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from chat.models import Attachment


@transaction.atomic
def remove(files: QuerySet[Attachment]) -> None:
    """Delete the rows, and after commit what they stored: a deed that is taken back has lost nothing."""
    stored = [file.file for file in files]
    files.delete()
    for file in stored:
        transaction.on_commit(partial(file.storage.delete, str(file.name)), robust=True)
