"""The door of the command `digest`: Ctrl+C while it is being loaded is a word, not a trace."""

from __future__ import annotations

import sys


def main() -> None:
    """Load the command and run it."""
    try:
        from generator.cli import main as digest
    except KeyboardInterrupt:
        sys.exit("Aborted!")  # As click says, which is not there yet.
    digest()


if __name__ == "__main__":
    main()
