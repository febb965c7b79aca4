"""The browser's modules in few files: each module that no other imports, with everything that it imports.

The sources stay small and run as they are, in browsers and in Node; but each would be a request of its own,
one after the other. This knows the forms in which ours import and export, and refuses all others.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter

_IMPORT = re.compile(r'^import (\w+|\{[^}]*\}) from "\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (?=\()", re.MULTILINE)
_OTHER = re.compile(r"^(?:export|import)\b(?!\().*", re.MULTILINE)


def bundled(modules: Mapping[str, str]) -> dict[str, str]:
    """Texts of ES modules by name, without `.js` -> the texts of those that no other imports statically.

    Each has all that it imports inside, as functions that are called once, in an order in which nothing is
    needed before it is there; a module that two of them import is in both, so it must have no state. Dynamic
    imports stay: they can only be of those that remain. What no bundle can be made of raises `ValueError`.
    """
    imports = {name: [other for _, other in _IMPORT.findall(text)] for name, text in modules.items()}
    inner = {other for others in imports.values() for other in others}
    return {name: _bundle(name, modules, imports) for name in modules if name not in inner}


def _bundle(entry: str, modules: Mapping[str, str], imports: Mapping[str, list[str]]) -> str:
    """The module, behind those that it needs; where these need each other, `CycleError` (a `ValueError`)."""
    wanted, waiting = {entry: imports[entry]}, [entry]
    while waiting:
        for other in imports[waiting.pop()]:
            if other not in wanted:
                wanted[other] = imports[other]
                waiting.append(other)
    *needed, last = TopologicalSorter(wanted).static_order()
    pieces = [_as_function(name, modules) for name in needed]
    return "".join([*pieces, _linked(last, modules)])


def _as_function(name: str, modules: Mapping[str, str]) -> str:
    """A module as a constant that holds what it exports."""
    exports = _exports(modules[name])
    text = _EXPORT.sub("", _DEFAULT.sub("const $default = ", _linked(name, modules)))
    held = ", ".join("default: $default" if export == "default" else export for export in exports)
    return f"const ${_variable(name)} = (() => {{\n{text}return {{ {held} }};\n}})();\n"


def _linked(name: str, modules: Mapping[str, str]) -> str:
    """The text, its imports taken from the constants of the modules before it."""

    def constant(found: re.Match[str]) -> str:
        wanted, other = found.groups()
        pattern = wanted if wanted.startswith("{") else f"{{ default as {wanted} }}"
        names = [part.split(" as ")[0].strip() for part in pattern.strip("{ }\n,").split(",")]
        for lacking in sorted({*names} - {*_exports(modules[other])}):
            raise ValueError(f"{name}.js imports {lacking}, which {other}.js does not export")
        return f"const {pattern.replace(' as ', ': ')} = ${_variable(other)};\n"

    text = _IMPORT.sub(constant, modules[name])
    rest = _OTHER.findall(_EXPORT.sub("", _DEFAULT.sub("", text)))
    if rest:
        raise ValueError(f"{name}.js: a bundle cannot be made of `{rest[0]}`")
    return text


def _exports(text: str) -> list[str]:
    return [*_EXPORT.findall(text), *(["default"] if _DEFAULT.search(text) else [])]


def _variable(name: str) -> str:
    return name.replace("-", "_")
