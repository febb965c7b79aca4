"""TeX in titles and abstracts becomes clean Unicode text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.text.tex import plain, segments

CASES = [
    ("M$^3$Prune", "M³Prune"),
    ("UR$^2$: Unify", "UR²: Unify"),
    ("O$^2$-Searcher", "O²-Searcher"),
    ("Memory^3: Language", "Memory³: Language"),
    (r"LR\textsuperscript{2}PPO", "LR²PPO"),
    (r"$\ell_2$ and $x_{i}^{2}$", "ℓ₂ and xᵢ²"),
    (r"$O(n \log n)$", "O(n log n)"),
    (r"$\alpha$-$\beta$", "α-β"),
    (r"$\times$", "×"),
    (r"$\frac{1}{2}$", "1/2"),
    (r"$\mathcal{O}(n)$", "O(n)"),
    (r"$\text{<script>}$", "<script>"),
    (r"\(x^2\) and \[y\]", "x² and y"),
    ("$$x^2$$", "x²"),
    ("from $5 to $10", "from $5 to $10"),
    ("costs $5", "costs $5"),
    (r"costs \$5", "costs $5"),
    (r"by 2.6\% to 13.1\%", "by 2.6% to 13.1%"),
    (r"Schr\"odinger and Erd\H{o}s", "Schrödinger and Erdős"),
    (r"\'{E}cole, na\"{\i}ve, \c{c}a, \v{S}", "École, naïve, ça, Š"),
    (r"\emph{very} \textbf{bold \textit{both}}", "very bold both"),
    (r"\href{https://a.org}{here}", "here"),
    (r"\url{https://a.org/b_c}", "https://a.org/b_c"),
    (r"as in~\cite{x,y} and Figure~\ref{f}", "as in and Figure"),
    ("``a'' -- b", "“a” – b"),
    ("Taming \"Zombie'' Agents", "Taming “Zombie” Agents"),
    ("a --- b", "a — b"),
    ("2010--2020", "2010–2020"),
    ("language--image", "language–image"),
    ("state-of-the-art", "state-of-the-art"),
    (r"\model achieves", "model achieves"),
    (r"a\ldots", "a…"),
    ("a < b & c > d", "a < b & c > d"),
    ("https://a.org/~x_y", "https://a.org/~x_y"),
    ("snake_case and x_1", "snake_case and x_1"),
    ("", ""),
    ("no TeX at all", "no TeX at all"),
    ("知识图谱", "知识图谱"),
    (r"{A} {GPT}", "{A} {GPT}"),
    ("$", "$"),
    ("\\", "\\"),
    (r"$\unknown{x}$", "unknownx"),
]


@pytest.mark.parametrize(("tex", "text"), CASES, ids=[tex for tex, _ in CASES])
def test_plain(tex: str, text: str) -> None:
    assert plain(tex) == text


@pytest.mark.parametrize("text", [text for _, text in CASES if "$" not in text and "{" not in text])
def test_plain_text_stays_plain(text: str) -> None:
    if "_" not in text and "–" not in text:
        assert plain(text) == text


_pieces = st.lists(
    st.sampled_from(list("$\\{}^_~`'\"-ab1 .%&#<>"))
    | st.sampled_from([r"\frac", r"\text", r"\'", "$x$", r"\alpha", r"\href{a}{b}"]),
    max_size=30,
).map("".join)


@given(_pieces | st.text(max_size=100))
def test_any_text_becomes_one_line_without_marks_of_ours(text: str) -> None:
    made = plain(text)
    assert not any("\ue000" <= char <= "\ue00f" for char in made) or any(
        "\ue000" <= char <= "\ue00f" for char in text
    )
    if any(char in text for char in "\\${}~`'^_") or "--" in text:
        assert made == " ".join(made.split())


@given(_pieces)
def test_segments_lose_no_words(text: str) -> None:
    cut = segments(text)
    words = "".join(segment.text for segment in cut if not segment.is_math)
    assert len("".join(segment.text for segment in cut)) <= len(text)
    if not any(segment.is_math for segment in cut):
        assert words == text


@pytest.mark.parametrize(
    "text",
    [
        "{" * 20_000,
        "$" * 20_000,
        "\\frac{" * 3_000,
        "^" * 20_000,
        r"\emph{" * 3_000 + "}" * 3_000,
        "``" * 9_000,
    ],
)
def test_hostile_nesting_takes_no_time(text: str) -> None:
    assert len(plain(text)) <= len(text)
