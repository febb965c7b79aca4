"""What a first query does in a shorter way says the same as the general way."""

from __future__ import annotations

import random

from tests.search.node import needs_node, run_script

LETTERS = "abcXYZ019 -'`\"!@%()=|;:,?[]._$^{}\\\\*~&/+#<>–’…éñßÀ×÷ªĳŉΩ\u0301"


@needs_node
def test_the_shorter_ways_say_the_same() -> None:
    dice = random.Random(1)  # noqa: S311 - nothing secret
    texts = ["".join(dice.choices(LETTERS, k=dice.randint(0, 16))) for _ in range(3_000)]
    lists = [
        [sorted(dice.sample(range(400), dice.choice((0, 1, 5, 60, 300)))) for _ in range(2)]
        for _ in range(300)
    ]
    numbers = [0, 7, 999, 1000, 65_535, 1_234_567, -4, -1_000, -123_456, 0.5, 1234.5678]
    made = run_script("cold.mjs", {"texts": texts, "lists": lists, "numbers": numbers})
    assert [text for text, is_same in zip(texts, made["same"], strict=True) if not is_same] == []
    assert made["places"] == [
        [docs.index(doc) if doc in docs else -1 for doc in wanted] for docs, wanted in lists
    ]
    assert made["within"] == [[doc for doc in wanted if doc in docs] for docs, wanted in lists]
    assert made["union"] == [sorted({*docs, *wanted}) for docs, wanted in lists]
    assert all(made["numbers"])
    assert made["rehearsed"] == [True, "A b-c"]
