"""The chain of statements breaks wherever somebody touches it."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from ambassadors import chain

said = st.dictionaries(st.text(max_size=5), st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=4)


@given(said)
def test_the_canonical_form_says_the_same_and_is_written_one_way(words: dict[str, object]) -> None:
    assert json.loads(chain.canonical(words)) == words
    assert chain.canonical(dict(reversed(list(words.items())))) == chain.canonical(words)


@given(st.lists(said, min_size=1, max_size=6), st.data())
def test_a_change_anywhere_shows_where(texts: list[dict[str, object]], data: st.DataObject) -> None:
    links: list[tuple[str, str, str]] = []
    before = chain.GENESIS
    for words in texts:
        own = chain.digest({**words, "previous_hash": before})
        links.append((before, own, own))
        before = own
    assert chain.breaks(links) == []
    touched = data.draw(st.integers(0, len(links) - 1))
    previous, stored, _computed = links[touched]
    links[touched] = (previous, stored, chain.digest({"touched": True}))
    assert chain.breaks(links) == [touched]
    del links[touched]
    assert chain.breaks(links) == ([touched] if touched < len(links) else [])
