"""The whole index: byte for byte what lunr.js writes of the same terms, and what lunr.py weighs."""

from __future__ import annotations

import json
import math
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.builder import Builder

from generator.model import Paper
from generator.search.logarithm import log
from generator.search.memory import index_papers
from generator.search.postings import Postings
from generator.search.tokens import FIELDS, Names
from generator.search.whole import BOOSTS, whole_index
from tests.search.made_up import made_up
from tests.search.node import needs_node, run_script
from tests.search.terms import in_order, terms_by_field
from tests.search.toy import PAPERS, paper

# In UTF-16 a term above U+FFFF sorts before U+FFxx, by code point after it: lunr.js refuses another order.
OUT_OF_ORDER = (paper("𠀀𠀁 and 豈"), paper("\uffda\uffdb and 𠀀"), paper("\ufa0e"), paper("plain words"))
DIGESTS = {
    "nothing": (),
    "stop words": (paper("the of"),),
    "names of JavaScript": (paper("__proto__ constructor toString *"),),
    "order of UTF-16": OUT_OF_ORDER,
    "toy": PAPERS,
    "made up": made_up(400),
}


def indexed(papers: tuple[Paper, ...]) -> Postings:
    return index_papers(papers, Names())[0]


def written(papers: tuple[Paper, ...]) -> str:
    return "".join(whole_index(indexed(papers)))


def built_by_lunr_js(papers: tuple[Paper, ...], terms: list[str]) -> str:
    documents = [terms_by_field(each) for each in in_order(papers)]
    question = {"documents": documents, "boosts": {name: BOOSTS[name] for name in FIELDS}, "terms": terms}
    return json.dumps(run_script("lunr_build.mjs", question), ensure_ascii=False, separators=(",", ":"))


@needs_node
@pytest.mark.parametrize("papers", DIGESTS.values(), ids=DIGESTS)
def test_the_bytes_are_those_of_lunr_js(papers: tuple[Paper, ...]) -> None:
    text = written(papers)
    terms = [entry[0] for entry in json.loads(text)["invertedIndex"]]
    assert text == built_by_lunr_js(papers, terms)


@needs_node
def test_weights_do_not_depend_on_how_terms_are_numbered() -> None:
    ours, theirs = (json.loads(text) for text in (written(PAPERS), built_by_lunr_js(PAPERS, [])))
    assert weights(ours) == weights(theirs)
    assert ours["fieldVectors"] != theirs["fieldVectors"], "lunr.js numbers terms as they come"


def weights(index: dict[str, Any]) -> dict[tuple[str, str], float]:
    """Field and document, and term -> weight."""
    words = {posting["_index"]: word for word, posting in index["invertedIndex"]}
    return {
        (ref, words[number]): weight
        for ref, vector in index["fieldVectors"]
        for number, weight in zip(vector[::2], vector[1::2], strict=True)
    }


@pytest.mark.parametrize("papers", [PAPERS, made_up(60)], ids=["toy", "made up"])
def test_lunr_py_agrees_on_the_weights(papers: tuple[Paper, ...]) -> None:
    builder = Builder()
    builder.pipeline.reset()
    builder.ref("ref")
    for field in FIELDS:
        builder.field(field, boost=BOOSTS[field])
    for ref, each in enumerate(in_order(papers)):
        builder.add({"ref": str(ref)} | terms_by_field(each))
    theirs = weights(builder.build().serialize())
    ours = weights(json.loads(written(papers)))
    assert ours.keys() == theirs.keys()
    # It rounds halves to even, lunr.js upwards.
    assert all(abs(ours[key] - theirs[key]) < 0.0011 for key in ours)


@needs_node
def test_the_logarithm_is_that_of_javascript() -> None:
    dice = random.Random(5)  # noqa: S311 - nothing here is secret
    documents = [dice.randint(1, 10**6) for _ in range(20_000)]
    values = [1 + abs((n - df + 0.5) / (df + 0.5)) for n in documents for df in [dice.randint(1, 6 * n)]]
    values += [1.0, 2.0, 1.0 + 2**-30, 4.0 + 2**-40, 1.4, 1.41, 2.83, 1e300]
    assert [log(value) for value in values] == run_script("logarithms.mjs", values)


@given(st.floats(min_value=1, max_value=1e12))
def test_the_logarithm_is_as_near_as_floats_are(value: float) -> None:
    assert math.isclose(log(value), math.log(value), rel_tol=5e-16, abs_tol=5e-16)


def test_terms_are_in_the_order_of_utf_16() -> None:
    terms = [entry[0] for entry in json.loads(written(OUT_OF_ORDER))["invertedIndex"]]
    assert terms == sorted(terms, key=lambda term: term.encode("utf-16-be"))
    assert terms != sorted(terms), "this digest does not test what it should"
