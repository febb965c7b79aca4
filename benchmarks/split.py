"""How often the title/author split of author listings is right, on the hard pages of the corpora.

Prints records, right splits, flagged ones, and records a second.
"""

from __future__ import annotations

import json
import time

from benchmarks._corpora import CORPORA, needed
from generator.model import PartialDate, Record
from generator.problem import Problem
from generator.readers import author_listing
from generator.readers.document import Document, Facts

CORPUS = CORPORA / "author_listing"
RETRIEVED = PartialDate(2026, 12, 31)


def main() -> None:
    """Measure all pages of the corpus."""
    needed(CORPUS)
    entries = json.loads((CORPUS / "truth.json").read_text("utf-8"))
    # The truth gives the line of the header, which stands above the title.
    truth = {(entry["file"], entry["line"] + 1): entry for entry in entries}
    records: list[Record] = []
    problems: list[Problem] = []
    start = time.perf_counter()
    for path in sorted(CORPUS.glob("*.txt")):
        facts = Facts(retrieved=RETRIEVED)
        for found in author_listing.read(Document(path=path.name, text=path.read_text("utf-8"), facts=facts)):
            (records if isinstance(found, Record) else problems).append(found)
    seconds = time.perf_counter() - start
    wrong = [record.source for record in records if not is_right(record, truth)]
    flagged = {problem.span for problem in problems if "cannot tell" in problem.what}
    right = len(records) - len(wrong)
    print(f"{len(records)} of {len(truth)} records, {right} split right, {len(flagged)} flagged")
    print(f"wrong and not flagged: {[str(place) for place in wrong if place not in flagged]}")
    print(f"{len(records) / seconds:,.0f} records/s")


def is_right(record: Record, truth: dict[tuple[str, int], dict[str, object]]) -> bool:
    """True where title and authors are those of the truth."""
    entry = truth.get((record.source.path, record.source.line), {})
    return (record.title, list(record.authors)) == (entry.get("title"), entry.get("authors_shown"))


if __name__ == "__main__":
    main()
