"""Catalogues are compiled without gettext's tools, and only when their text is newer."""

import gettext
import os
from pathlib import Path

import pytest

from deploy.compile_locale import compile_catalogues

CATALOGUE = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Save my place"
msgstr "Platz sichern"

msgid "%(count)d answer"
msgid_plural "%(count)d answers"
msgstr[0] "%(count)d Antwort"
msgstr[1] "%(count)d Antworten"

#, fuzzy
msgid "Hand over"
msgstr "Vielleicht übergeben"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "de" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE)
    return path


def test_what_is_compiled_can_be_read_and_leaves_out_what_is_uncertain(source: Path, tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]

    german = gettext.translation("django", tmp_path, ["de"])

    assert german.gettext("Save my place") == "Platz sichern"
    assert german.gettext("%(count)d answer") == "%(count)d Antwort"
    assert german.ngettext("%(count)d answer", "%(count)d answers", 2) == "%(count)d Antworten"
    assert german.gettext("Hand over") == "Hand over"


def test_a_catalogue_is_compiled_again_only_after_a_change(source: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == []

    later = source.with_suffix(".mo").stat().st_mtime + 10
    os.utime(source, (later, later))

    assert compile_catalogues(tmp_path) == [source.with_suffix(".mo")]
