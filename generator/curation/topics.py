"""`topics.toml`: the curator's topics and their rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from generator.curated import Phrase, TopicRule
from generator.curation.toml_file import TomlFile
from generator.problem import Span, did_you_mean
from generator.text.slug import slug
from generator.text.words import compounds, joined, stems

KEYS = ("title", "description", "any", "all", "none")
FIELDS = ("title", "abstract", "category")
_Path = tuple[str | int, ...]
_Written = dict[Phrase, tuple[str, Span]]


def read_topics(file: TomlFile) -> Iterator[TopicRule]:
    """The topics in the order of the file; what cannot be taken is a problem of the file."""
    for name in file.table():
        table = file.table(name)
        if slug(name) != name:
            file.report((name,), f"{name!r} cannot be part of an address", "the topic was ignored",
                        f"write [{slug(name)}]")  # fmt: skip
        elif table or isinstance(file.values[name], dict):
            rule = _rule(file, name, dict(table))
            if rule.any or rule.all:
                yield rule
            else:
                file.report((name,), f"topic {name!r} has no rule", "the topic was ignored",
                            'write any = ["a phrase", "another one"]')  # fmt: skip


def _rule(file: TomlFile, name: str, table: dict[str, Any]) -> TopicRule:
    file.check_keys((name,), table, KEYS, "key")
    written: _Written = {}
    texts = {key: file.text((name, key), table.get(key, "")) for key in ("title", "description")}
    if not texts["title"]:
        file.report((name,), f"topic {name!r} has no title", "its name is shown", 'write title = "..."',
                    level="warning")  # fmt: skip
    return TopicRule(
        id=name,
        title=texts["title"] or name.replace("-", " ").capitalize(),
        description=texts["description"],
        any=tuple(_phrases(file, (name, "any"), table.get("any", []), written)),
        all=tuple(_all(file, (name, "all"), table.get("all", []), written)),
        none=tuple(_phrases(file, (name, "none"), table.get("none", []), written)),
        span=file.span(name),
        phrases=written,
    )


def _all(file: TomlFile, keys: _Path, value: Any, written: _Written) -> Iterator[tuple[Phrase, ...]]:
    """Each item of `all`: a phrase, or a list of phrases of which one is enough."""
    for n, item in enumerate(value if isinstance(value, list) else [value]):
        if isinstance(item, list):
            phrases = tuple(_phrases(file, (*keys, n), item, written))
        else:
            phrases = tuple(_phrases(file, keys, [item], written))
        if phrases:
            yield phrases


def _phrases(file: TomlFile, keys: _Path, value: Any, written: _Written) -> Iterator[Phrase]:
    for place, text in file.texts(keys, [value] if isinstance(value, str) else value):
        phrase = parse_phrase(text)
        if not phrase:
            file.report(place, f"phrase {text!r} has no words", "ignored")
        elif phrase.field and phrase.field not in FIELDS:
            hint = did_you_mean(phrase.field, FIELDS, f"known: {', '.join(FIELDS)}")
            file.report(place, f"unknown field {phrase.field!r} in {text!r}", "ignored", hint)
        else:
            written.setdefault(phrase, (text, file.span(*place)))
            yield phrase


def parse_phrase(text: str) -> Phrase | None:
    """A phrase as it is compared, or None where it has no words.

    >>> parse_phrase("Pre-trained models").spellings
    (('pre', 'trained', 'model'), ('pretrained', 'model'))
    >>> parse_phrase("title: memor*"), parse_phrase("category:cs.CV")
    (Phrase(field='title', spellings=(('memor*',),)), Phrase(field='category', spellings=(('cs.cv',),)))
    """
    before, colon, behind = text.partition(":")
    field, rest = (before.strip().lower(), behind.strip()) if colon else ("", text)
    if field == "category":
        return Phrase(field, ((rest.casefold(),),)) if rest.strip("* ") else None
    rows = list(product(*(options for word in rest.split() for options in _words(word))))
    spellings = tuple(tuple(part for option in row for part in option) for row in rows[:_MOST_SPELLINGS])
    return Phrase(field, spellings) if spellings and spellings[0] else None


_MOST_SPELLINGS = 64
"""Of a phrase with many hyphens."""


def _words(word: str) -> Iterator[list[tuple[str, ...]]]:
    """The ways of writing each compound of `word`, which has no blanks."""
    found = compounds(word)
    for n, compound in enumerate(found):
        is_beginning = word.endswith("*") and n == len(found) - 1
        parts = stems(compound)
        if is_beginning:
            # The beginning of a word has no plural: "bus*" is "bus*", not "bu*".
            parts = (*parts[:-1], f"{compound.split('-')[-1].casefold()}*")
        whole = [(made,) for first, length, made in joined(compound) if length == len(parts)]
        yield [parts] if is_beginning else [parts, *whole]
