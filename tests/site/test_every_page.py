"""What holds for every page of the demo site."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml.html import HtmlElement

from generator.settings import load_settings
from tests.site.built import Page, Site

_FETCHED = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src", "srcdoc"),
    "object": ("data",),
    "embed": ("src",),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "input": ("src",),
    "form": ("action",),
    "use": ("href",),
    "image": ("href",),
    "body": ("background",),
    "base": ("href",),
}
"""What a browser requests of its own accord, or with the reader's words in it."""
_CSS_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)|@import\s+[\"']([^\"']+)")


def test_the_strict_build_is_clean(demo: Path) -> None:
    code, _, problems = json.loads((demo.parent / "run.json").read_text("utf-8"))
    assert (code, problems.splitlines()) == (0, [f"395 papers in {demo / 'site'}; no problems"])


def test_there_are_pages_of_every_kind(site: Site) -> None:
    sections = Counter(path.split("/")[0] for path in site.page_paths)
    assert sections["papers"] == 395
    assert sections["authors"] >= 1 + 117
    assert {
        "",
        "404.html",
        "about",
        "search",
        "categories",
        "months",
        "editions",
        "affiliations",
        "topics",
    } <= set(sections)


def test_links_and_assets_resolve(site: Site) -> None:
    ids: dict[str, set[str]] = {}
    dead: dict[str, list[str]] = defaultdict(list)
    for page in site.pages:
        for url in _addresses(page):
            file = site.file_of(url)
            if file is None:
                if not site.is_elsewhere(url):
                    dead[url].append(page.url)
                continue
            fragment = urlsplit(url).fragment
            if fragment and file.is_file():
                target = file.relative_to(site.root).as_posix().removesuffix("index.html")
                if target not in ids:
                    ids[target] = set(site.page(target).tree.xpath("//@id"))
                if fragment not in ids[target]:
                    dead[url].append(page.url)
            elif not file.is_file():
                dead[url].append(page.url)
    assert not dict(dead)


def _addresses(page: Page) -> set[str]:
    found = {page.whole(href) for href in page.tree.xpath("//a/@href")}
    for element in page.tree.iter(*_FETCHED):
        if element.get("rel") != "canonical":
            found |= {page.whole(element.get(name)) for name in _FETCHED[element.tag] if element.get(name)}
    return found


def test_nothing_is_requested_from_other_hosts(site: Site) -> None:
    requests = {
        (page.url, url)
        for page in site.pages
        for element in page.tree.iter(*_FETCHED)
        if element.get("rel") != "canonical"
        for name in _FETCHED[element.tag]
        if (value := element.get(name)) and site.is_elsewhere(url := page.whole(value))
    }
    for path, address in _in_styles(site):
        if re.match(r"(?!data:)[\w+.-]+:|//", address):
            requests.add((path, address))
    assert not requests


def test_files_that_styles_name_exist(site: Site) -> None:
    local = [(path, re.split("[?#]", address)[0]) for path, address in _in_styles(site) if ":" not in address]
    assert not [
        (path, name)
        for path, name in local
        if name and not (site.root / path).parent.joinpath(name).is_file()
    ]


def _in_styles(site: Site) -> list[tuple[str, str]]:
    """Style sheet and address, for every address that a style sheet names."""
    return [
        (path, (match[1] or match[2]).strip())
        for path in site.paths
        if path.endswith(".css")
        for match in _CSS_URL.finditer((site.root / path).read_text("utf-8"))
    ]


def test_own_scripts_name_no_other_host(site: Site) -> None:
    """Comments and namespaces aside, no script of ours knows an address."""
    named = {
        (path, url)
        for path in site.paths
        if path.startswith("assets/digest/") and path.endswith((".js", ".mjs"))
        for url in re.findall(
            r"[\"'`](?:https?:)?//[\w.-]+\.\w+[^\"'`]*", (site.root / path).read_text("utf-8")
        )
        if "www.w3.org" not in url
    }
    assert not named


def test_one_main_heading(site: Site) -> None:
    counts = {page.url: len(page.tree.xpath("//h1")) for page in site.pages}
    assert {url: count for url, count in counts.items() if count != 1} == {}
    assert not [page.url for page in site.pages if not page.heading]


def test_headings_skip_no_level(site: Site) -> None:
    skipped = []
    for page in site.pages:
        levels = [int(heading.tag[1]) for heading in page.tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        skipped += [page.url for a, b in pairwise(levels) if b > a + 1]
    assert not skipped


def test_ids_are_unique(site: Site) -> None:
    twice = {}
    for page in site.pages:
        counts = Counter(page.tree.xpath("//@id"))
        if found := [name for name, count in counts.items() if count > 1]:
            twice[page.url] = found
    assert not twice


def test_every_page_has_a_title_of_its_own(site: Site) -> None:
    titles = defaultdict(list)
    for page in site.pages:
        titles[page.title].append(page.url)
    assert "" not in titles
    assert {title: urls for title, urls in titles.items() if len(urls) > 1} == {}
    assert all(title.endswith("Paper Digest") for title in titles)


def test_every_page_has_one_description(site: Site) -> None:
    described = {page.url: page.meta("description") for page in site.pages}
    assert {url: found for url, found in described.items() if len(found) != 1 or not found[0].strip()} == {}
    longest = max(len(found[0]) for found in described.values())
    assert longest <= 320


def test_descriptions_of_papers_differ(site: Site, papers: dict[str, object]) -> None:
    counts = Counter(site.page(f"papers/{made_id}/").meta("description")[0] for made_id in papers)
    assert [text for text, count in counts.items() if count > 1] == []


def test_canonical_address_is_the_page_itself(site: Site) -> None:
    wrong = {}
    for page in site.pages:
        found = page.tree.xpath("//link[@rel='canonical']/@href")
        expected = [] if page.url.endswith("404.html") else [page.url]
        if found != expected:
            wrong[page.url] = found
    assert not wrong


def test_language_encoding_and_viewport_are_stated(site: Site) -> None:
    for page in site.pages:
        assert page.text.lstrip().lower().startswith("<!doctype html>"), page.url
        assert page.tree.get("lang") == "en", page.url
        assert page.tree.xpath("//meta/@charset") == ["utf-8"], page.url
        assert page.meta("viewport"), page.url


def test_no_inline_script_or_style(site: Site) -> None:
    found = [
        (page.url, what) for page in site.pages for element in page.tree.iter() for what in _inline(element)
    ]
    assert not found


def _inline(element: HtmlElement) -> list[str]:
    if not isinstance(element.tag, str):
        return []
    what = [name for name in element.attrib if name == "style" or name.startswith("on")]
    if element.tag == "style":
        what.append("<style>")
    if element.tag == "script" and not element.get("src") and element.get("type") != "application/json":
        what.append("<script>")
    what += [
        f"{name}={value}"
        for name, value in element.attrib.items()
        if name in ("href", "src", "action", "formaction")
        and re.match(r"(?i)\s*(javascript|data|vbscript):", value)
    ]
    return what


def test_every_page_carries_the_content_security_policy(site: Site) -> None:
    for page in site.pages:
        (policy,) = page.tree.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules["default-src"] == "'none'", page.url
        assert rules["script-src"] == rules["style-src"] == rules["font-src"] == "'self'", page.url
        assert "unsafe" not in policy, page.url
        assert "http:" not in policy, page.url
        assert "https:" not in policy, page.url
        # The policy holds only for what comes after it.
        before = page.tree.xpath(
            "//head/meta[@http-equiv]/preceding::*[self::script or self::style or self::link]"
        )
        assert not before, page.url


def test_images_have_a_text(site: Site) -> None:
    assert not [
        page.url for page in site.pages for image in page.tree.iter("img") if image.get("alt") is None
    ]


def test_links_have_a_text(site: Site) -> None:
    silent = [
        (page.url, a.get("href"))
        for page in site.pages
        for a in page.tree.iter("a")
        if not (a.text_content().strip() or a.get("aria-label") or a.get("title"))
    ]
    assert not silent


def test_no_markup_is_left_in_the_text(site: Site) -> None:
    """No Markdown, template or attribute list that was not understood."""
    left = re.compile(r"\{\s*[.#:]\w|\{\{|\{%|\]\(|&(?:amp;)?(?:lt|gt|amp|#\d+);|\\[\\`*_{}\[\]()#+.!-]")
    found = [
        (page.url, match[0], text[max(0, match.start() - 40) : match.end() + 20])
        for page in site.pages
        for text in page.tree.xpath("//article//text()")
        if (match := left.search(text))
    ]
    assert not found


def test_front_matter_is_not_shown(site: Site) -> None:
    assert not [
        page.url
        for page in site.pages
        if page.tree.xpath("//article")[0].text_content().lstrip().startswith("---")
    ]


def test_generated_pages_are_not_in_the_navigation(site: Site) -> None:
    navigations = {
        tuple(
            dict.fromkeys(site.path_of(url) for url in page.links("//nav") if site.path_of(url) is not None)
        )
        for page in site.pages
    }
    sections = {path.rstrip("/") for navigation in navigations for path in navigation}
    deep = {path for path in sections if "/" in path}
    assert not deep
    assert {"", "editions", "categories", "authors", "months", "search", "topics"} <= sections
    assert len(sections) <= 17


@pytest.mark.parametrize("name", ["lunr", "worker", "search_index", "fonts.g", "mermaid", "tinyseg"])
def test_nothing_of_the_themes_own_search_is_shipped(site: Site, name: str) -> None:
    assert not [
        path
        for path in site.paths
        if name in path and not path.startswith(("assets/digest/", "assets/search/", "papers/"))
    ]


def test_the_shell_of_a_page_is_lean(site: Site) -> None:
    """What a page has beside its own content, which a large digest has a hundred thousand times."""
    for page in site.pages:
        own = re.search(r"<article.*</article>", page.text, re.DOTALL)
        assert own, page.url
        shell = page.text.replace(own[0], "<article>")
        assert len(shell.encode()) <= 3_000, page.url
        assert not re.search(r"\n\s*\n|\n[ \t]", shell), page.url


def test_icons_and_scripts_are_shared(site: Site) -> None:
    for page in site.pages:
        assert not page.tree.xpath("//svg | //script[not(@src)]"), page.url
        # The search page asks its first question before the theme's script is there.
        own = 1 if page.url.endswith("/search/") else 0
        assert len(page.tree.xpath("//script | //link[@rel='stylesheet']")) <= 2 + own, page.url


def test_the_theme_is_shipped_once_and_without_what_is_not_used(site: Site) -> None:
    assets = [
        path for path in site.paths if path.startswith("assets/") and not path.startswith("assets/search/")
    ]
    assert sum(path.endswith(".css") for path in assets) == 1
    assert not [path for path in assets if path.endswith(".map") or "/lunr/min/" in path]
    assert (site.root / "assets/material/bundle.js").stat().st_size > 50_000


def test_settings_and_site_agree_on_the_address(site: Site, demo: Path) -> None:
    assert load_settings(demo).site_url == site.url
