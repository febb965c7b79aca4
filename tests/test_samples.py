"""Which pages are rendered both ways: some of each sort, in any order of looking, and none too large."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from generator.files import NOTHING, Stamp
from generator.samples import Samples
from generator.state import Row


def row(path: str, size: int, *, kind: str = "papers", filled: str = "s") -> Row:
    return Row(path, kind, "", filled, NOTHING, Stamp("", size, 0), "", True)


def chosen(*rows: Row) -> set[str]:
    samples = Samples()
    samples.look_at(rows)
    return set(samples.chosen())


def test_the_first_and_the_largest_page_are_samples() -> None:
    found = chosen(*(row(f"papers/p{n:02}.md", size) for n, size in enumerate((300, 100, 900, *[200] * 20))))
    assert {"papers/p00.md", "papers/p02.md"} <= found
    assert len(found) <= 4


def test_each_kind_and_each_shell_has_samples() -> None:
    found = chosen(row("a.md", 1), row("b.md", 1, kind="authors"), *(row(f"c{n}.md", 1) for n in range(9)),
                   row("z.md", 1, filled="t"))  # fmt: skip
    assert {"a.md", "b.md", "z.md"} <= found


def test_a_large_page_is_a_sample_only_where_all_are_large() -> None:
    small = [row(f"m{n}.md", 20_000 - 1_000 * n) for n in range(9)]
    assert chosen(*small, row("a.md", 90_000)) == chosen(*small) <= {f"m{n}.md" for n in range(4, 9)}
    assert chosen(row("b.md", 99_000), row("a.md", 98_000)) == {"a.md", "b.md"}


def test_pages_that_no_shell_fits_are_no_samples() -> None:
    assert chosen(row("a.md", 1, filled="")) == set()


@given(st.permutations([row(f"p{n}.md", 100 * (n % 5), filled=f"{n % 3}") for n in range(12)]))
def test_the_order_of_looking_does_not_matter(rows: list[Row]) -> None:
    assert chosen(*rows) == chosen(*sorted(rows))
