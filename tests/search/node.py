"""Running the site's ES modules in Node, in batches: one process answers many questions."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_HERE = Path(__file__).parent
_NODE = shutil.which("node")

needs_node = pytest.mark.skipif(
    _NODE is None and os.environ.get("CI") != "true", reason="node (20 or newer) is not installed"
)
"""In CI these tests run, and fail where Node is missing."""


def run_script(name: str, question: Any) -> Any:
    """What the script of that name beside this file prints, asked with JSON on standard input."""
    assert _NODE, "node is not installed"
    done = subprocess.run(
        [_NODE, str(_HERE / name)],
        input=json.dumps(question),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
