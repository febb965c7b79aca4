"""Words that tell one work from another of the same people: numbers, months, opposites.

Titles of a series differ in nothing else: `Part One`, `Part Two`; `Upper Bounds`, `Lower Bounds`.
"""

from __future__ import annotations

from collections.abc import Collection

_NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty",
    "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "hundredth", "last", "final",
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
)  # fmt: skip
_DATES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "spring", "summer", "autumn", "fall", "winter", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_OPPOSITES = (
    ("upper", "lower"), ("encoder", "decoder"), ("encoding", "decoding"), ("input", "output"),
    ("source", "target"), ("monolingual", "multilingual", "bilingual", "crosslingual", "trilingual"),
    ("intra", "inter"), ("spoken", "written"),
    ("supervised", "unsupervised", "semisupervised", "selfsupervised"),
    ("forward", "backward"), ("positive", "negative"), ("lossy", "lossless"), ("odd", "even"),
    ("early", "late"), ("online", "offline"), ("static", "dynamic"), ("parametric", "nonparametric"),
    ("discrete", "continuous"), ("symmetric", "asymmetric"), ("minimum", "maximum"), ("minimal", "maximal"),
    ("local", "global"), ("internal", "external"), ("intrinsic", "extrinsic"),
    ("north", "south", "east", "west"),
)  # fmt: skip
_KINDS = {word: kind for kind, words in enumerate((_NUMBERS, _DATES, *_OPPOSITES)) for word in words}
_COUNTS = {*_NUMBERS, *_DATES} - {"i", "may", "march", "fall", "one", "last", "final", "second", "first"}
"""Words that only count, and so make another work where one title has them and the other has not."""
_NEGATIONS = ("un", "non", "anti", "semi", "multi", "inter", "intra", "sub", "super", "hyper", "dis")


def tell_apart(left: Collection[str], right: Collection[str]) -> bool:
    """Whether the words that only one of two titles has make different works of them.

    Two words of one kind do, two letters, a word and its negation, and numbers on one side with nothing else.

    >>> tell_apart(["one"], ["two"]), tell_apart(["a"], ["b"]), tell_apart([], ["third"])
    (True, True, True)
    >>> tell_apart(["supervised"], ["unsupervised"]), tell_apart(["sheep"], ["goats"])
    (True, False)
    """
    kinds = {_KINDS[word] for word in left if word in _KINDS}
    if any(_KINDS.get(word) in kinds for word in right):
        return True
    if len(left) == len(right) == 1 and all(len(word) == 1 and word.isalpha() for word in (*left, *right)):
        return True
    if any(is_negation(one, other) for one in left for other in right):
        return True
    return bool(left or right) and _COUNTS.issuperset(left) and _COUNTS.issuperset(right)


def are_opposites(one: str, other: str) -> bool:
    """Whether the words count or name different things, however few letters they differ in.

    >>> are_opposites("encoder", "decoder"), are_opposites("sixteen", "sixteenth"), are_opposites("a", "b")
    (True, True, False)
    """
    kind = _KINDS.get(one)
    return (kind is not None and kind == _KINDS.get(other)) or is_negation(one, other)


def is_negation(one: str, other: str) -> bool:
    """Whether one is the other with a prefix that changes what it means: `directed`, `undirected`."""
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and long.endswith(short) and long[: -len(short)] in _NEGATIONS
