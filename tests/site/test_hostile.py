"""Hostile sources end as inert text: on the page, in its head, in files, addresses and the sitemap."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from lxml import etree

from tests.conftest import Digest, make_project, run_digest
from tests.search.node import needs_node, run_script
from tests.site.built import Page, Site, one_line

PADDING = "This sentence only makes the abstract as long as an abstract is in a listing. " * 4


class Case(NamedTuple):
    """A title as a source has it, and how a reader must see it."""

    name: str
    title: str
    shown: str = ""

    @property
    def text(self) -> str:
        return self.shown or self.title


_CASES = [
    Case("script", "<script>alert(1)</script>"),
    Case("image", '"><img src=x onerror=alert(1)>'),
    Case("svg", "<svg/onload=alert(1)>x"),
    Case("end of title", "x</title><script>alert(1)</script>"),
    Case("end of heading", "x</h1></article><script>alert(1)</script>"),
    Case("comment", "<!-- a --> b -->"),
    Case("open comment", "<!-- a"),
    Case("cdata", "<![CDATA[x]]> ]]>"),
    Case("processing instruction", "<?php echo 1 ?>"),
    Case("entities", "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;"),
    Case("template expression", "{{ 7*7 }}"),
    Case("template statement", "{% raw %} {% include 'x' %}"),
    Case("template comment", "{# x #}"),
    Case("config", "{{ config.items() }}"),
    Case("rule", "---", "—"),
    Case("rule of stars", "***"),
    Case("heading", "# h"),
    Case("heading below", "a ==="),
    Case("list", "- a"),
    Case("numbered list", "1. a"),
    Case("plus list", "+ a"),
    Case("quote", "> a"),
    Case("definition", ": a"),
    Case("link", "[x](javascript:alert(1))"),
    Case("picture", "![x](y)"),
    Case("reference", "[x]: javascript:alert(1)"),
    Case("reference link", "[x][y]"),
    Case("footnote", "[^1] and [^1]: x"),
    Case("autolink", "<javascript:alert(1)>"),
    Case("automail", "<a@b.org>"),
    Case("wiki link", "[[x]]"),
    Case("attribute list", "x { .x onclick=1 }"),
    Case("attribute list with colon", "x {: #a onclick=alert(1) }"),
    Case("contents", "[TOC]"),
    Case("snippet", '--8<-- "mkdocs.yml"', '–8<-- "mkdocs.yml"'),
    Case("abbreviation", "*[HTML]: Hyper"),
    Case("admonition", "!!! note"),
    Case("details", "??? note"),
    Case("tab", '=== "x"'),
    Case("table", "| a | b |"),
    Case("code", "a `b` c"),
    Case("fence", "~~~ html"),
    Case("emphasis", "*a* _b_ **c** __d__ ~~e~~ ==f== ^^g^^"),
    Case("emoji", ":smile: :material-account:"),
    Case("backslashes", "a\\* b"),
    Case("formula", "$\\text{<script>alert(1)</script>}$", "<script>alert(1)</script>"),
    Case("formula with structure", "x $\\frac{<b>a</b>}{\\sqrt{2}}$ y", ""),
    Case("link in TeX", "see \\href{javascript:alert(1)}{x}", "see x"),
    Case("TeX address", "see \\url{javascript:alert(1)}", "see javascript:alert(1)"),
    Case("NUL", "a\x00b", "ab"),
    Case("bidi override", "a\u202eb\u2066c", "abc"),
    Case("zero width", "a\u200bb\ufeffc", "abc"),
    Case("terminal colours", "\x1b[31mred\x1b[0m", "[31mred[0m"),
    Case("line separator", "a\u2028b\u2029c\x85d", "a b c d"),
    Case("YAML", "x: !!python/object/apply:os.system ['id']"),
    Case("YAML anchor", "&a *a | > % @ ` x"),
    Case("front matter key", "template: home.html"),
    Case("quotes", "\"x\" 'y' “z”"),
    Case("address", "https://evil.org/<x>"),
    Case("bare mail", "mailto:a@b.org"),
    Case("reserved name", "CON"),
    Case("index", "index"),
    Case("path", "../../../etc/passwd"),
    Case("no word at all", "???"),
    Case("Windows path", "C:\\Users\\x", ""),
    Case("Arabic", "عنوان"),
]

_ALONE = {
    "rule",
    "rule of stars",
    "contents",
    "table",
    "fence",
    "reserved name",
    "index",
    "path",
    "no word at all",
    "Arabic",
}
"""Titles that are dangerous only by themselves; the others get a word that makes each a paper of its own."""
CASES = [
    case if case.name in _ALONE else Case(case.name, f"{case.title} Q{n}", f"{case.text} Q{n}")
    for n, case in enumerate(_CASES)
]
UNSHOWN = {"formula with structure", "Windows path"}
"""Titles that are shown as formulas or lose their markup."""

URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "//evil.org",
    "\x01javascript:alert(1)",
    "https://user@",
    "file:///etc/passwd",
    "https:evil",
]
KEPT_URL = 'https://a.org/"onmouseover=alert(1)//'
WORDS = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa".split()
NAMES = [
    "../../etc/shadow",
    "CON 2",
    "<b>Bold</b> Name",
    "{{ 7*7 }} Name",
    "index 2",
    'Eve" onclick="alert(1)',
    "[x](y) Z",
]


_TITLES = [case.title for case in CASES]


def _records() -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = [
        {
            "title": case.title,
            "abstract": f"{case.title} {PADDING}",
            "authors": [case.title, "Mo Li"],
            "key": case.name,
            "affiliations": [case.title],
            "published": "2024-01-02",
        }
        for case in CASES
    ]
    records += [
        {
            "title": f"{WORDS[n]} address",
            "abstract": f"See {url} or \\url{{{url}}} or <{url}>.",
            "published": "2024-02",
            "links": {
                "url": url,
                "pdf": url,
                "code": [url],
                "project": [url],
                "doi": f'10.1/"><b>{n}',
                "arxiv": f"<b>{n}</b>",
            },
        }
        for n, url in enumerate([*URLS, KEPT_URL])
    ]
    records += [
        {
            "title": f"A paper by {n}",
            "authors": [name],
            "affiliations": ["index", name],
            "published": "2024-03-01",
            "categories": ["../x", name, "cs.CL", "index"],
            "key": name,
        }
        for n, name in enumerate(NAMES)
    ]
    records.append({"title": "L" * 1_000_000, "abstract": "word " * 200_000, "authors": ["N" * 100_000]})
    return records


def _build(folder: Path) -> None:
    project = make_project(folder / "project", seeds=None)
    seeds = project / "seeds"
    seeds.mkdir()
    lines = [json.dumps(record, ensure_ascii=n % 2 == 0) for n, record in enumerate(_records())]
    (seeds / "hostile.jsonl").write_text("\n".join(lines) + "\n", "utf-8", newline="\n")
    (seeds / "<img src=x onerror=alert(1)> {{ 7*7 }}.jsonl").write_text(
        '{"title": "From a hostile file"}\n', "utf-8"
    )
    daily = "".join(f"Daily{n} {title}\n\n{title} {PADDING}\n\n" for n, title in enumerate(_TITLES))
    daily += f"Daily with a long line\n\n{'long word ' * 100_000}\n\nDaily after it\n\n{PADDING}\n"
    banner = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nSep 3\n\n"
    (seeds / "daily.txt").write_text(banner + daily, "utf-8", newline="\n")
    listing = "".join(
        f"CLJul 16, 2024Code\nListed{n} {title} and MoreMo Li, {title.replace(',', '')}, Li Dong "
        f"et al. · {title}\n"
        f"{title} {PADDING}\n"
        for n, title in enumerate(_TITLES)
    )
    (seeds / "authors.txt").write_text(listing, "utf-8", newline="\n")
    gone = {"id": "gone", "title": "<script>alert(1)</script> {{ 7*7 }}"}
    (seeds / "permalinks.jsonl").write_text(json.dumps(gone) + "\n", "utf-8")
    (folder / "run.json").write_text(json.dumps(run_digest("-C", project, "build")), "utf-8")


@pytest.fixture(scope="session")
def project(once: Callable[[str, Callable[[Path], object]], Path]) -> Path:
    return once("hostile", _build) / "project"


@pytest.fixture(scope="session")
def hostile(project: Path) -> Site:
    return Site(project / "site", "https://paper-digest.github.io/digest/")


@pytest.fixture(scope="session")
def papers(project: Path, digest: Digest) -> list[dict[str, Any]]:
    return digest("-C", project, "papers").values


@pytest.fixture(scope="session")
def problems(project: Path) -> str:
    return json.loads((project.parent / "run.json").read_text("utf-8"))[2]


def _paper(papers: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
    (found,) = (paper for paper in papers if all(paper[key] == value for key, value in wanted.items()))
    return found


def test_the_build_succeeds_and_keeps_every_record(
    project: Path, papers: list[dict[str, Any]], problems: str
) -> None:
    code = json.loads((project.parent / "run.json").read_text("utf-8"))[0]
    assert code == 0, problems
    sources = {source.split(":")[0] for paper in papers for source in paper["sources"]}
    assert len(sources) == 4
    assert {f"hostile.jsonl:{n}" for n in range(1, len(_records()) + 1)} <= {
        s for p in papers for s in p["sources"]
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_title_reads_as_the_sources_text(hostile: Site, papers: list[dict[str, Any]], case: Case) -> None:
    page = hostile.page(f"papers/{_paper(papers, key=case.name)['id']}/")
    if case.name in UNSHOWN:
        assert "script" not in page.heading.replace("Subscribe", "")
        return
    assert page.heading == case.text
    assert page.title == f"{case.text} - Paper Digest"
    assert page.tree.xpath("//meta[@property='og:title']/@content") == [case.text]
    assert page.meta("citation_title") == [case.text]
    (abstract,) = page.tree.xpath("//p[contains(@class, 'pd-abstract')]")
    if case.name not in ("link in TeX", "TeX address", "address"):
        assert one_line(abstract).startswith(case.text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_name_reads_as_the_sources_text(hostile: Site, papers: list[dict[str, Any]], case: Case) -> None:
    paper = _paper(papers, key=case.name)
    page = hostile.page(f"papers/{paper['id']}/")
    assert page.meta("citation_author") == paper["authors"]
    linked = page.tree.xpath("//article//a[contains(@href, '/authors/')]")
    assert [one_line(a) for a in linked] == paper["authors"]
    (institution,) = page.tree.xpath("//article//a[contains(@href, '/affiliations/')]")
    assert one_line(institution) == paper["affiliations"][0]
    for url in (page.whole(a.get("href")) for a in [*linked, institution]):
        target = hostile.page(hostile.path_of(url) or "")
        assert target.heading in (*paper["authors"], *paper["affiliations"])


def test_lists_show_the_sources_text(hostile: Site, papers: list[dict[str, Any]]) -> None:
    page = hostile.page("months/2024-01/")
    shown = {hostile.path_of(page.whole(a.get("href"))): one_line(a) for a in page.tree.xpath("//article//a")}
    for case in CASES:
        if case.name not in UNSHOWN:
            assert shown[f"papers/{_paper(papers, key=case.name)['id']}/"] == case.text


_TAGS = set(
    "html head meta title link script body div span a p h1 h2 h3 ul ol li em strong b nav "
    "header footer main article "
    "section label input form svg path img table thead tbody tr th td button noscript template "
    "details summary hr br "
    "output kbd dialog search fieldset legend select option small dl dt dd time circle rect line".split()
)
_MATHML = set(
    "math mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable "
    "mtr mtd mstyle".split()
)
GENERATED = ("papers/", "authors/", "categories/", "affiliations/", "months/", "editions/")


def _generated(site: Site) -> list[Page]:
    return [site.page(path) for path in site.page_paths if path.startswith(GENERATED)]


def test_no_element_comes_from_a_source(hostile: Site) -> None:
    """What may run, load or submit is the theme's own, the same on every page."""
    ours = _active(hostile.page("months/"))
    assert any(tag == "script" for tag, _ in ours)
    for page in _generated(hostile):
        tags = {element.tag for element in page.tree.iter() if isinstance(element.tag, str)}
        assert tags <= _TAGS | _MATHML, page.url
        assert not list(page.article.iter(*_ACTIVE, "svg", "input", "button")), page.url
        assert _active(page) == ours, page.url


_ACTIVE = "script img iframe object embed link form video audio base template style".split()
"""Elements that do something."""


def _active(page: Page) -> list[tuple[str, str]]:
    """The active elements of a page and what they load."""
    found = []
    for element in page.tree.iter(*_ACTIVE):
        if element.get("rel") not in ("canonical", "prev", "next"):
            address = element.get("src") or element.get("href") or element.get("action") or ""
            found.append((element.tag, page.whole(address) if address else ""))
    return found


def test_no_attribute_comes_from_a_source(hostile: Site) -> None:
    allowed = {"href", "class", "id", "title", "rel"}
    for page in hostile.pages:
        names = {name for element in page.tree.iter() for name in element.attrib}
        assert not [
            name for name in names if name.startswith("on") or name in ("style", "srcdoc", "formaction")
        ], page.url
    for page in _generated(hostile):
        for element in page.article.xpath(".//*[not(ancestor-or-self::math)]"):
            assert set(element.attrib) <= allowed, (page.url, element.tag, element.attrib)


def test_classes_are_ours_and_ids_unique(hostile: Site) -> None:
    for page in _generated(hostile):
        classes = {name for value in page.tree.xpath("//@class") for name in value.split()}
        assert all(name.startswith(("md-", "pd-", "no-js")) for name in classes), (page.url, classes)
        ids = page.tree.xpath("//@id")
        assert len(ids) == len(set(ids)), page.url


def test_no_comment_comes_from_a_source(hostile: Site) -> None:
    ours = hostile.page("months/").tree.xpath("//comment()")
    assert {len(page.tree.xpath("//comment()")) for page in _generated(hostile)} == {len(ours)}


def test_every_link_leads_into_the_site_or_to_a_checked_address(hostile: Site) -> None:
    outside = set()
    for page in hostile.pages:
        for url in page.links("//*"):
            if not hostile.is_elsewhere(url):
                assert hostile.file_of(url).is_file(), (page.url, url)
            elif page in _generated(hostile):
                outside.add(url)
    assert all(
        re.match(r"https?://[\w.-]+/[^\s\"'<>\\^`{|}]*$|https?://[\w.-]+$", url.replace("'", "%27"))
        for url in outside
    )
    hosts = {url.split("/")[2] for url in outside}
    assert hosts <= {"a.org", "evil.org", "doi.org", "arxiv.org", "github.com"}
    repository = "https://github.com/paper-digest/digest"
    assert all(url.startswith(repository) for url in outside if url.split("/")[2] == "github.com")


def test_addresses_that_are_none_are_left_out_and_reported(
    papers: list[dict[str, Any]], problems: str
) -> None:
    for n, url in enumerate(URLS):
        links = _paper(papers, title=f"{WORDS[n]} address")["links"]
        assert not {"url", "pdf", "code", "project"} & set(links), url
    assert problems.count("link 'url' is not an http address") == len(URLS)


def test_a_quote_in_an_address_cannot_end_an_attribute(hostile: Site, papers: list[dict[str, Any]]) -> None:
    paper = _paper(papers, title=f"{WORDS[len(URLS)]} address")
    assert paper["links"]["url"] == "https://a.org/%22onmouseover=alert(1)//"
    page = hostile.page(f"papers/{paper['id']}/")
    linked = {
        url.replace("%28", "(").replace("%29", ")") for url in page.links() if url.startswith("https://a.org")
    }
    assert linked == {paper["links"]["url"], "https://a.org/"}


@pytest.mark.parametrize(
    ("section", "name", "path"),
    [
        ("authors", "../../etc/shadow", "authors/etc-shadow/"),
        ("authors", "CON", "authors/con-page/"),
        ("authors", "index", "authors/index-page/"),
        ("affiliations", "index", "affiliations/index-page/"),
        ("categories", "../x", "categories/x/"),
        ("categories", "index", "categories/index-page/"),
    ],
)
def test_names_become_harmless_addresses(hostile: Site, section: str, name: str, path: str) -> None:
    assert hostile.page(path).heading == name
    assert hostile.page(f"{section}/").heading == section.capitalize()


def test_file_names_are_slugs(project: Path) -> None:
    for folder in ("docs", "site"):
        for section in ("papers", "authors", "categories", "affiliations", "months", "editions"):
            names = [
                p.relative_to(project / folder / section)
                for p in (project / folder / section).rglob("*")
                if p.is_file()
            ]
            assert names
            assert not [
                n
                for n in names
                if not re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/?)+(?:index)?(?:\.md|\.html)", n.as_posix())
            ]
            assert max(len(part) for name in names for part in name.parts) < 110


def test_nothing_is_written_outside_of_the_project(project: Path) -> None:
    assert {path.name for path in project.parent.iterdir()} == {"project", "run.json"}
    assert {path.name for path in project.iterdir()} == {"mkdocs.yml", "docs", "seeds", "site", ".digest"}


def test_markdown_files_keep_their_front_matter(project: Path) -> None:
    known = {
        "title",
        "description",
        "template",
        "authors",
        "date",
        "doi",
        "arxiv",
        "pdf",
        "robots",
        "redirect",
    }
    files = [file for section in GENERATED for file in (project / "docs" / section).rglob("*.md")]
    assert len(files) > 200
    for file in files:
        _, front, body = file.read_text("utf-8").split("---\n", 2)
        meta = yaml.safe_load(front)
        assert set(meta) <= known, file
        assert meta.get("template", "paper.html") in ("paper.html", "redirect.html"), file
        assert not re.search(r"\{\{|\{%|\{#", body), file
        tags = set(re.findall(r"<([a-z!/?][^\s>]*)", body))
        assert tags <= {f"{end}{tag}" for tag in {"div", "span", *_MATHML} for end in ("", "/")}, file


def test_control_characters_reach_no_file(project: Path) -> None:
    harmful = re.compile("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
    for folder in ("docs", "site"):
        for path in (project / folder).rglob("*"):
            if path.suffix in (".html", ".md", ".xml", ".txt", ".json"):
                assert not harmful.search(path.read_text("utf-8")), path


def test_sitemap_stays_xml(hostile: Site) -> None:
    root = etree.parse(hostile.root / "sitemap.xml").getroot()
    locations = [
        element.text or "" for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    assert len(locations) > 200
    assert all(re.fullmatch(re.escape(hostile.url) + r"[a-z0-9/-]*", location) for location in locations)


def test_json_in_pages_and_files_stays_json(hostile: Site) -> None:
    for page in hostile.pages:
        for text in page.tree.xpath("//script[@type='application/json']/text()"):
            json.loads(text)
    for path in hostile.paths:
        if path.endswith((".json", ".webmanifest")):
            json.loads((hostile.root / path).read_text("utf-8"))


@needs_node
def test_the_search_data_has_the_sources_text(hostile: Site, papers: list[dict[str, Any]]) -> None:
    folder, documents = str(hostile.root / "assets/search"), list(range(len(papers)))
    (found,) = run_script("shards.mjs", {"folder": folder, "asks": [["stored", documents]]})["answers"]
    titles = {stored["id"]: stored["title"] for stored in found}
    assert set(titles) == {paper["id"] for paper in papers}
    shown = {case.name: titles[_paper(papers, key=case.name)["id"]] for case in CASES}
    assert {n: shown[n] for n in shown if n not in UNSHOWN} == {
        case.name: case.text for case in CASES if case.name not in UNSHOWN
    }


def test_a_hostile_file_name_is_shown_as_text(hostile: Site, papers: list[dict[str, Any]]) -> None:
    paper = _paper(papers, title="From a hostile file")
    for page in (hostile.page(f"papers/{paper['id']}/"), hostile.page("about/")):
        assert "<img src=x onerror=alert(1)> {{ 7*7 }}.jsonl" in page.article.text_content()


def test_a_tombstone_shows_the_title_as_text(hostile: Site) -> None:
    page = hostile.page("papers/gone/")
    assert page.heading == "<script>alert(1)</script> {{ 7*7 }}"
    assert page.meta("robots") == ["noindex"]


def test_a_line_of_a_megabyte_is_cut_and_reported(papers: list[dict[str, Any]], problems: str) -> None:
    paper = _paper(papers, source=f"hostile.jsonl:{len(_records())}")
    assert len(paper["title"]) == 1_000
    assert len(paper["abstract"]) <= 20_000
    assert [len(name) for name in paper["authors"]] == [200]
    for name in ("title", "abstract", "authors"):
        assert f"hostile.jsonl:{len(_records())}: warning: the {name} of 'LLL" in problems
    assert _paper(papers, title="Daily with a long line")
    assert _paper(papers, title="Daily after it")["abstract"] == PADDING.strip()


def test_a_daily_listing_keeps_the_text(hostile: Site, papers: list[dict[str, Any]]) -> None:
    shown = {
        paper["title"].split()[0]: hostile.page(f"papers/{paper['id']}/").heading
        for paper in papers
        if paper["source"].startswith("daily.txt") and paper["title"].startswith("Daily")
    }
    expected = {
        f"Daily{n}": f"Daily{n} {case.text}" for n, case in enumerate(CASES) if case.name not in UNSHOWN
    }
    assert {name: shown.get(name) for name in expected} == expected


def test_an_author_listing_keeps_its_records(papers: list[dict[str, Any]]) -> None:
    found = [paper for paper in papers if paper["source"].startswith("authors.txt")]
    assert {paper["title"].split()[0] for paper in found} == {f"Listed{n}" for n in range(len(CASES))}
    assert all(paper["published"] == "2024-07-16" for paper in found)
