"""Clean, fold and slug: text of any origin becomes harmless, comparable, and a file name."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from generator.text.clean import _HARMFUL as HARMFUL
from generator.text.clean import clean, shorten, split_lines
from generator.text.fold import fold, words_key
from generator.text.slug import slug, unique_slug


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  a \t\n b\u00a0c\u3000d ", "a b c d"),
        ("a\x00b\x07c\x1b[31md\x7f", "abc[31md"),
        ("a\u202eb\u2066c\u200fd\u061ce", "abcde"),
        ("a\u200bb\ufeffc\u2060d\xade", "abcde"),
        ("a\u2028b\u2029c\x85d\x0be\x0cf", "a b c d e f"),
        ("e\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("\ud800x\udfff", "x"),
        ("x\ufffe\uffff\ufdd0y", "xy"),
        ("a\U000e0041b", "ab"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
        ("", ""),
    ],
)
def test_clean(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


@given(st.text())
def test_clean_text_is_one_line_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]|  |^ | $", cleaned)


@given(
    st.text(alphabet=st.characters(exclude_categories=("Cs",)) | st.sampled_from("\r\n\x0b\x0c\x85\u2028"))
)
def test_lines_are_numbered_as_in_an_editor(text: str) -> None:
    lines = split_lines(text)
    assert len(lines) == text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    assert "\n".join(lines) == text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("text", "length", "short"),
    [
        ("short", 5, "short"),
        ("shorter", 5, "shor…"),
        ("one two three", 9, "one two…"),
        ("one two three", 8, "one…"),
        ("one, two", 6, "one…"),
        ("", 5, ""),
    ],
)
def test_shorten(text: str, length: int, short: str) -> None:
    assert shorten(text, length) == short


@given(st.text(), st.integers(2, 50))
def test_what_is_shortened_is_never_longer(text: str, length: int) -> None:
    assert len(shorten(text, length)) <= max(length, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller", "MULLER"),
        ("Łukasz Özgür", "lukasz ozgur"),
        ("Straße", "STRASSE"),
        ("İstanbul", "istanbul"),
        ("Ægir Œuvre", "aegir oeuvre"),
        ("e\u0301", "É"),
        ("ﬁne", "fine"),
        ("Nguyễn Văn", "nguyen van"),
    ],
)
def test_fold_makes_the_same_word_of_its_spellings(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("か", "が!"), ("知识", "知道"), ("é", "o"), ("й", "и.")])
def test_words_that_differ_stay_different(one: str, other: str) -> None:
    assert words_key(one) != words_key(other) or fold(one) == fold(other.rstrip("!."))


_HARMFUL_OR_BLANK = [chr(n) for n in range(0x110000) if not chr(n).isprintable()]


@given(st.text(st.characters() | st.sampled_from(_HARMFUL_OR_BLANK) | st.sampled_from(" ae\u0301\u200d")))
def test_a_text_is_cleaned_as_defined(text: str) -> None:
    normal = unicodedata.normalize("NFC", text)
    assert clean(text) == re.sub(r"\s+", " ", HARMFUL.sub("", normal)).strip()


def test_nothing_harmful_is_printable() -> None:
    printable = [char for char in map(chr, range(0x110000)) if char.isprintable()]
    assert [char for char in printable if HARMFUL.match(char) or (char.isspace() and char != " ")] == []


def _folded_as_defined(text: str) -> str:
    """NFKD of the case-folded text without marks; letters that have no decomposition by name."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = {"ø": "o", "ł": "l", "ß": "ss", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    return "".join(letters.get(c, c) for c in decomposed if unicodedata.category(c) != "Mn")


def test_every_character_folds_as_defined() -> None:
    wrong = [char for char in map(chr, range(0x110000)) if fold(char) != _folded_as_defined(char)]
    assert wrong == []


@given(st.text(st.characters() | st.sampled_from("aZΣςİıßé\u0301\u0323\u302eㄱ가 ﷺ½Ꭰ")))
def test_a_text_folds_as_its_characters_together(text: str) -> None:
    assert fold(text) == _folded_as_defined(text)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert words_key(words_key(text)) == words_key(text)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("M³Prune: A/B & C", "m3prune-a-b-c"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\x", "c-windows-x"),
        ("CON", "con-page"),
        ("aux", "aux-page"),
        ("LPT1", "lpt1-page"),
        ("index", "index-page"),
        ("Index!", "index-page"),
        ("readme", "readme-page"),
        ("", "untitled"),
        ("???", "untitled"),
        ("💥", "untitled"),
        ("北京大学", "bei-jing-da-xue"),
        ("Müller", "muller"),
        ("a" * 200, "a" * 80),
        ("word " * 40, "-".join(["word"] * 16)),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("&lt;b&gt;", "b"),
        ("{{ 7*7 }}", "7-7"),
        (".nojekyll", "nojekyll"),
    ],
)
def test_slug(text: str, made: str) -> None:
    assert slug(text) == made


@given(st.text(max_size=300), st.lists(st.text(max_size=300), max_size=3))
def test_slugs_are_file_names_everywhere(text: str, others: list[str]) -> None:
    taken: set[str] = set()
    for each in (*others, text, text):
        made = unique_slug(each, taken)
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", made)
        assert len(made) <= 90
        assert made not in {"con", "prn", "aux", "nul", "index", "com1", "lpt9"}
        assert made not in taken
        taken.add(made)


def test_a_slug_that_is_taken_gets_a_number() -> None:
    assert unique_slug("A b", {"a-b", "a-b-2"}) == "a-b-3"


@given(
    st.text(st.characters() | st.sampled_from("aB1,, ''’&;#-_.éßÆ½知\u0301′ʹ\xa0"), max_size=30)
    | st.lists(st.text("ab1 -", max_size=90), max_size=4).map(" ".join)
)
def test_a_slug_is_what_the_library_makes(text: str) -> None:
    made = slugify(text, max_length=80, word_boundary=True, save_order=True)
    assert slug(text, default="-") in (made or "-", f"{made}-page")


@pytest.mark.parametrize("size", range(70, 90))
@pytest.mark.parametrize("words", [1, 2, 9])
def test_a_long_slug_is_cut_as_the_library_cuts_it(size: int, words: int) -> None:
    text = " ".join(["abcdefgh"] * (words - 1) + ["i" * size])[-size:].strip() + " jk"
    assert slug(text) == slugify(text, max_length=80, word_boundary=True, save_order=True)
