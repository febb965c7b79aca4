"""Make the list of common family names: `python scripts/common_family_names.py [ACL.jsonl.gz]`.

Those that more than `COMMON` given names go with in the ACL Anthology; with any other, the same full given
name is evidence that two spellings are one person's (`generator/catalogue/rarity.py`). Names are facts.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from pathlib import Path

from generator.catalogue.names import name_key, spelling
from generator.catalogue.rarity import COMMON, DATA

_ROOT = Path(__file__).resolve().parents[1]
_ACL = _ROOT / ".." / "shared" / "corpora" / "acl.jsonl.gz"


def main(corpus: Path = _ACL) -> None:
    """Write the list."""
    given: dict[str, set[str]] = defaultdict(set)
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            for name in json.loads(line).get("authors", ()):
                parts = spelling(name_key(f"{name['first'] or ''} {name['last'] or ''}"))
                if parts.given:
                    given[parts.family].add(parts.given[0])
    common = sorted(family for family, names in given.items() if len(names) > COMMON and len(family) > 1)
    head = "# Family names with more given names than COMMON; made by scripts/common_family_names.py."
    DATA.write_text("\n".join([head, *common]) + "\n", encoding="utf-8")
    print(f"{len(common)} names")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else _ACL)
