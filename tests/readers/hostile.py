"""Documents over which no reader may stumble: what breaks parsers, or keeps them busy."""

from __future__ import annotations

EXTREMES = {
    "empty": "",
    "blank": " \n\t\r\n\ufeff",
    "binary": "".join(map(chr, range(256))) * 40,
    "one long line": "x" * 1_000_000,
    "open braces": "{" * 200_000,
    "open brackets": "[" * 200_000,
    "at signs": "@a{" * 20_000,
    "quotation marks": '"' * 100_000,
    "commas": "," * 300_000,
    "bars": "|" * 300_000,
    "dollars": "$" * 100_000,
    "line ends": "\n" * 300_000,
    "backslashes": "\\" * 200_000,
    "lone surrogate": "@a{b, title = {\ud800}}",
}
"""Name -> text."""
