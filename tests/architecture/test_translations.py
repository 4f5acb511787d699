"""Every text that people read comes in German, too: complete, up to date, in the product's voice."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import allauth
import django
import polib
import pytest
import unfold

from tests.architecture.tree import FLOORS, ROOT, files, matching

OURS = ROOT / "locale/de/LC_MESSAGES/django.po"
#: Texts of other packages that we word ourselves.
BORROWED = ROOT / "locale/borrowed/de/LC_MESSAGES/django.po"
BOTH = pytest.mark.parametrize("catalogue", [OURS, BORROWED], ids=["ours", "borrowed"])

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")
WORD = re.compile(r"[^\W\d_]{2,}")
TEMPLATE_SYNTAX = re.compile(
    r"\{%\s*comment\b.*?\{%\s*endcomment\s*%\}"
    r"|\{%\s*blocktrans(?:late)?\b.*?\{%\s*endblocktrans(?:late)?\s*%\}"
    # Blocks that fill an attribute which nobody reads.
    r"|\{%\s*block (?:\w+_class|address)\s*%\}.*?\{%\s*endblock\s*%\}"
    r"|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
#: Attributes that are read out or shown.
READ = {"alt", "aria-label", "aria-description", "aria-roledescription", "label", "placeholder", "title"}


@BOTH
def test_every_text_is_translated(catalogue: Path) -> None:
    entries = polib.pofile(str(catalogue))
    assert [entry.msgid for entry in entries if not entry.translated() or entry.obsolete] == []


@BOTH
def test_what_is_filled_in_is_the_same_in_both_languages(catalogue: Path) -> None:
    pairs = [pair for entry in polib.pofile(str(catalogue)) for pair in _pairs(entry)]
    assert [pair for pair in pairs if _placeholders(pair[0]) != _placeholders(pair[1])] == []


@BOTH
def test_the_voice_is_that_of_a_friendly_owner(catalogue: Path) -> None:
    """It says "du" and stays calm."""
    formal_or_loud = re.compile(r"\b(Sie|Ihnen|Ihre?[mnrs]?)\b|!")
    german = [told for entry in polib.pofile(str(catalogue)) for _, told in _pairs(entry)]
    assert [told for told in german if formal_or_loud.search(told)] == []


def test_the_catalogue_holds_exactly_the_texts_of_the_code(tmp_path: Path) -> None:
    """Otherwise: ``make messages``, then translate what is new."""
    for path in files(*(f"{app}/*.py" for app in FLOORS), "templates/*"):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "--locale", "de", "--verbosity", "0"]
    subprocess.run(command, cwd=tmp_path, check=True)  # noqa: S603 - our own arguments
    extracted = _identities(tmp_path / "locale/de/LC_MESSAGES/django.po")
    catalogued = _identities(OURS)
    assert (extracted - catalogued, catalogued - extracted) == (set(), set())


def test_borrowed_texts_still_exist() -> None:
    """A package that changes its words would silently speak its own German, or English, again."""
    known = {entry.msgid for path in _catalogues_of_packages() for entry in polib.pofile(str(path))}
    # Unfold has no catalogue; what it fills in is spelt differently in its templates.
    code = "\n".join(path.read_text() for kind in ("*.py", "*.html") for path in _home(unfold).rglob(kind))
    gone = [
        entry.msgid
        for entry in polib.pofile(str(BORROWED))
        if entry.msgid not in known
        and re.sub(r"%\((\w+)\)s", r"{{ \1 }}", entry.msgid) not in code
        and entry.msgid.replace('"', '\\"') not in code
    ]
    assert gone == []


@pytest.mark.parametrize("template", [path.relative_to(ROOT) for path in files("templates/*")], ids=str)
def test_no_template_holds_untranslated_words(template: Path) -> None:
    """Text that is the same in every language says so with ``lang``."""
    reader = _Reader()
    reader.feed(TEMPLATE_SYNTAX.sub("", (ROOT / template).read_text()))
    assert reader.words == []


def test_scripts_take_their_words_from_the_page() -> None:
    assert matching(r"[\"'`][A-ZÄÖÜ][a-zäöü]+ [a-zäöü]+", files("static/js/*.js")) == []


class _Reader(HTMLParser):
    """Collects the words that a reader would meet, except in code and in subtrees of a fixed language."""

    SILENT = ("script", "style", "code", "pre")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipping:
            self._skipping += [tag] if tag == self._skipping[0] else []
        elif tag in self.SILENT or dict(attrs).get("lang"):
            self._skipping = [tag]
        else:
            self._read(*(value or "" for name, value in attrs if name in READ or name.startswith("data-text")))

    def handle_endtag(self, tag: str) -> None:
        if self._skipping and tag == self._skipping[0]:
            self._skipping.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self._read(data)

    def _read(self, *texts: str) -> None:
        self.words += [text.strip() for text in texts if WORD.search(text)]


def _pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def _identities(catalogue: Path) -> set[tuple[str, str, str]]:
    entries = polib.pofile(str(catalogue))
    return {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in entries if not entry.obsolete}


def _home(package: object) -> Path:
    return Path(str(package.__file__)).parent  # type: ignore[attr-defined]


def _catalogues_of_packages() -> list[Path]:
    return [path for package in (django, allauth) for path in _home(package).rglob("locale/de/LC_MESSAGES/django.po")]
