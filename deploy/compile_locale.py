"""Compiles the catalogues under locale/ without gettext's own tools, which a bare machine lacks."""

from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a .mo beside each .po that is newer than it, and return those written."""
    written = []
    for source in sorted(folder.rglob("LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            catalogue = polib.pofile(str(source))
            catalogue.extend(_singulars(catalogue))
            catalogue.save_as_mofile(str(target))
            written.append(target)
    return written


def _singulars(catalogue: polib.POFile) -> list[polib.POEntry]:
    """What also has a plural, once more without it: in early releases of Python 3.11 ``gettext`` finds nothing else."""
    return [
        polib.POEntry(msgid=entry.msgid, msgctxt=entry.msgctxt, msgstr=entry.msgstr_plural[0])
        for entry in catalogue.translated_entries()
        if entry.msgid_plural
    ]


if __name__ == "__main__":
    compile_catalogues(LOCALE)
