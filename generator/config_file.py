"""The text of `mkdocs.yml` as plain values, and the lines of its keys."""

from __future__ import annotations

from typing import Any

import yaml

from generator.text.clean import shorten


class _Loader(yaml.SafeLoader):
    """Reads the plain values of any `mkdocs.yml`; tags of MkDocs and Python become their text."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """The value of a node; one that cannot be is told with its place."""
        kind = node.tag.rpartition(":")[2]
        try:
            made = super().construct_object(node, deep=deep)
            if isinstance(made, int) and made.bit_length() > _MOST_BITS:
                raise ValueError
            return made
        except (yaml.YAMLError, RecursionError):
            raise
        except Exception as error:  # PyYAML raises many, of a date that there is not, of no digits.
            what = f"{shorten(str(node.value), 40)!r} is no {kind}; write a text in quotes"
            raise yaml.constructor.ConstructorError(None, None, what, node.start_mark) from error


_MOST_BITS = 64
"""Of a number."""
_Loader.add_multi_constructor("!", lambda loader, suffix, node: _tagged(loader, node))
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: suffix)


def _tagged(loader: yaml.SafeLoader, node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    return None


def parsed(text: str) -> Any:
    """The values of the text. Raises `YAMLError`, with its place where that is known."""
    try:
        return yaml.load(text, Loader=_Loader) or {}  # noqa: S506 - a subclass of the safe loader
    except RecursionError:
        raise yaml.YAMLError("values are nested too deeply") from None


def line_of(text: str, key: str) -> int:
    """The line of a key; good enough to point at."""
    lines = text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.strip().startswith(f"{key}:")), 1)
