"""Sizes, left-overs and silenced checks."""

import pytest

from tests.architecture.tree import ROOT, files, matching

HARD_STOP = 400
SELF = "tests/architecture/"


def test_no_module_is_too_long_to_be_read() -> None:
    written = files("*.py", "*.js", ":!*/migrations/*")
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in written}
    assert {name: length for name, length in lengths.items() if length > HARD_STOP} == {}


@pytest.mark.parametrize(
    "left_over",
    [
        r"\b(TODO|FIXME|XXX|HACK)\b",
        r"\bNotImplementedError\b",
        r"mark\.(skip|xfail)|pytest\.skip\(",
        r"pragma: no cover",
        r"<<<<<<< |>>>>>>> ",
    ],
)
def test_nothing_is_left_undone(left_over: str) -> None:
    texts = [path for path in files("*.py", "*.html", "*.js", "*.css", "Makefile", "deploy") if SELF not in str(path)]
    assert matching(left_over, texts) == []


def test_every_silenced_check_names_itself_and_its_reason() -> None:
    modules = [path for path in files("*.py") if SELF not in str(path)]
    silenced = matching(r"#\s*(noqa|type:\s*ignore)", modules)
    with_reason = matching(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \S|# type: ignore\[[\w, -]+\] +# \S", modules)
    assert sorted(set(silenced) - set(with_reason)) == []
