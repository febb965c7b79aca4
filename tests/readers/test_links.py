"""Links in abstracts: what is code, what a project, and where an address ends."""

from __future__ import annotations

import pytest

from generator.model import Links
from generator.readers.links import find_links, is_code_host


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("no link at all, not even on GitHub", {}),
        ("at https://github.com/a/b.", {"code": ("https://github.com/a/b",)}),
        ("at https://github.com/a/b", {"code": ("https://github.com/a/b",)}),
        ("(https://github.com/alibaba/EasyNLP).", {"code": ("https://github.com/alibaba/EasyNLP",)}),
        (r"at \url{https://github.com/a/b}.", {"code": ("https://github.com/a/b",)}),
        (r"\href{https://github.com/a/b}{https://github.com/a/b}.", {"code": ("https://github.com/a/b",)}),
        ("https://github.com/a/b and https://github.com/a/b", {"code": ("https://github.com/a/b",)}),
        (
            "https://github.com/a/b, https://gitlab.com/c/d;",
            {"code": ("https://github.com/a/b", "https://gitlab.com/c/d")},
        ),
        ("in https://github.com/ PKUnlp-icler/TSAR.", {"code": ("https://github.com/PKUnlp-icler/TSAR",)}),
        ("at https:github.com/Zhe-Young/WICL.", {"code": ("https://github.com/Zhe-Young/WICL",)}),
        ("at https:/github.com/a/b", {"code": ("https://github.com/a/b",)}),
        ("at github.com/a/b", {"code": ("https://github.com/a/b",)}),
        ("at http://github.com/a/b", {"code": ("http://github.com/a/b",)}),
        ("at www.github.com/a/b", {"code": ("https://www.github.com/a/b",)}),
        ("write to a@github.com/x/y", {}),
        ("at https://evil.org/github.com/a/b", {"project": ("https://evil.org/github.com/a/b",)}),
        ("https://github.com.evil.org/a/b", {"project": ("https://github.com.evil.org/a/b",)}),
        ("https://hushell.github.io/pmf.", {"project": ("https://hushell.github.io/pmf",)}),
        ("https://huggingface.co/x/y.", {"project": ("https://huggingface.co/x/y",)}),
        (r"\url{https://aka.ms/icl}.", {"project": ("https://aka.ms/icl",)}),
        ("at www.pengxi.me.", {"project": ("https://www.pengxi.me",)}),
        ("https://a.org/x_(y)", {"project": ("https://a.org/x_(y)",)}),
        ("https://git.example.org/x", {"code": ("https://git.example.org/x",)}),
        ("see https://a.org/paper.PDF.", {"pdf": "https://a.org/paper.PDF"}),
        ("https://arxiv.org/abs/2401.01234v2", {"arxiv": "2401.01234"}),
        ("available at arXiv: 2401.01234", {"arxiv": "2401.01234"}),
        ("arXiv:math/0309136 starts the text", {"arxiv": "math/0309136"}),
        ("as in arXiv:2411.04330, which is another paper", {}),
        ("https://doi.org/10.1000/a(b)c.", {"doi": "10.1000/a(b)c"}),
        ("javascript:alert(1) data:text/html,x ftp://a.org/b", {}),
        ("https://", {}),
        ("https://localhost/a", {"project": ("https://localhost/a",)}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_find_links(text: str, links: dict[str, object]) -> None:
    assert find_links(text) == Links(**links)


@pytest.mark.parametrize(
    ("host", "answer"),
    [
        ("github.com", True),
        ("gist.github.com", True),
        ("gitlab.uni.edu", True),
        ("codeberg.org", True),
        ("a.github.io", False),
        ("huggingface.co", False),
        ("digit.org", False),
        ("", False),
    ],
)
def test_is_code_host(host: str, answer: bool) -> None:
    assert is_code_host(host) is answer
