"""A record that is a paper by itself is taken as it is, if that is what merging would make of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.values import _of_several, combined
from generator.model import Links, PartialDate, Record
from generator.problem import Span

_TEXT = st.sampled_from(
    ["", "Counting Sheep", "RETRACTED: Counting Sheep", "COUNTING SHEEP", "cs.CL", "A..."]
)
_NAMES = st.lists(_TEXT, max_size=3).map(tuple)
_ADDRESS = st.none() | st.sampled_from(["", "https://a.org/x", "https://b.org/y"])
_ADDRESSES = st.lists(
    st.sampled_from(["https://a.org/x", "https://b.org/y", "https://c.org"]), max_size=3
).map(tuple)
_DATE = st.none() | st.sampled_from([PartialDate(2024), PartialDate(2024, 5), PartialDate(2024, 5, 6)])
_LINKS = st.builds(
    Links, arxiv=st.none() | st.sampled_from(["", "2401.01234"]),
    doi=st.none() | st.sampled_from(["", "10.1/x", "10.48550/x"]),
    url=_ADDRESS, pdf=_ADDRESS, code=_ADDRESSES,
    project=_ADDRESSES, other=_ADDRESSES,
)  # fmt: skip
_RECORD = st.builds(
    Record, title=_TEXT, abstract=st.none() | _TEXT, authors=_NAMES, et_al=st.booleans(), affiliations=_NAMES,
    categories=_NAMES, published=_DATE, edition=_DATE, score=st.none() | st.integers(0, 9),
    code=st.booleans(), links=_LINKS, key=st.none() | _TEXT, withdrawn=st.booleans(),
    trust=st.none() | st.sampled_from(["curator", "scraped"]), source=st.just(Span(path="a", line=1)),
)  # fmt: skip


@given(_RECORD)
def test_one_record_is_combined_like_several(record: Record) -> None:
    assert combined([record]) == _of_several([record])
