"""The cheap look at many pairs leaves out none that the close look would take."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.catalogue.compared import Compared
from generator.catalogue.evidence import clues, strength
from generator.catalogue.sifting import sifted
from generator.model import Links, PartialDate, Record
from generator.problem import Span

_TITLES = st.sampled_from(
    ("On Counting Sheep", "On Counting Sheeps: A Survey", "Counting sheep, part 2", "Counting sheep, part 3",
     "On counting sheep (2019)", "Wool", "Of Wool and Goats", "On Cuonting Sheep", "Editorial")
)  # fmt: skip
_RECORDS = st.builds(
    Record,
    title=_TITLES,
    authors=st.lists(st.sampled_from(("Ann Shepherd", "A. Shepherd", "Bo Goat", "Cy Wool")), max_size=3).map(
        tuple
    ),
    published=st.none() | st.integers(2015, 2024).map(PartialDate),
    categories=st.sampled_from(((), ("cs.CL",))),
    links=st.builds(
        Links,
        arxiv=st.sampled_from((None, "2401.00001", "2401.00002")),
        doi=st.sampled_from((None, "10.1145/1", "10.48550/arxiv.2401.00001")),
    ),
    source=st.integers(1, 9).map(lambda line: Span(path="a.txt", line=line)),
)


@given(st.lists(_RECORDS, max_size=8))
def test_no_pair_that_is_one_work_is_left_out(records: list[Record]) -> None:
    known = [clues(record) for record in records]
    compared = Compared.of(known)
    pairs = list(combinations(range(len(known)), 2))
    first, second = (np.array([pair[n] for pair in pairs], np.int64) for n in (0, 1))
    kept = {pairs[n] for n in sifted(compared, first, second).tolist()}
    assert {(a, b) for a, b in pairs if strength(known[a], known[b])} <= kept
