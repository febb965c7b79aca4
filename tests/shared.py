"""The folder of real documents and corpora that stands beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(
    not SHARED.is_dir() and os.environ.get("CI") != "true",
    reason=f"the shared corpora are not at {SHARED}",
)
"""For tests over the corpora; in CI they run, and fail where the corpora are missing."""
