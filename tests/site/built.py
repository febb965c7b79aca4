"""A built site and the questions that tests ask of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement


@dataclass(frozen=True)
class Page:
    """One HTML page, parsed as a browser does."""

    url: str
    """Its whole address."""
    text: str
    """Its source."""

    @cached_property
    def tree(self) -> HtmlElement:
        return html.document_fromstring(self.text.encode(), parser=html.HTMLParser(encoding="utf-8"))

    @property
    def article(self) -> HtmlElement:
        """The part that is about this page alone."""
        return self.tree.xpath("//article")[0]

    @property
    def title(self) -> str:
        return self.tree.findtext("head/title") or ""

    @property
    def heading(self) -> str:
        return one_line(self.tree.xpath("//h1")[0])

    def meta(self, name: str) -> list[str]:
        """The contents of the `<meta>` elements of that name."""
        return self.tree.xpath("//meta[@name=$name]/@content", name=name)

    def links(self, within: str = "//article", rel: str = "") -> list[str]:
        """The addresses of the links in a part of the page, whole, in order."""
        found = self.tree.xpath(f"{within}//a[@href]")
        return [self.whole(a.get("href")) for a in found if not rel or a.get("rel") == rel]

    def whole(self, href: str) -> str:
        return urljoin(self.url, href)


@dataclass(frozen=True)
class Site:
    """The folder of a built site and the address that it is served from."""

    root: Path
    url: str
    _pages: dict[str, Page] = field(default_factory=dict)

    @cached_property
    def paths(self) -> list[str]:
        """All files, as `papers/x/index.html`."""
        return sorted(p.relative_to(self.root).as_posix() for p in self.root.rglob("*") if p.is_file())

    @cached_property
    def page_paths(self) -> list[str]:
        """The addresses of all pages below the site's own: `papers/x/`, or nothing for the home page."""
        return [path.removesuffix("index.html") for path in self.paths if path.endswith(".html")]

    @property
    def pages(self) -> list[Page]:
        return [self.page(path) for path in self.page_paths]

    def page(self, path: str) -> Page:
        """The page at `papers/x/`, parsed once."""
        if path not in self._pages:
            file = self.root / (path if path.endswith(".html") else f"{path}index.html")
            self._pages[path] = Page(f"{self.url}{path}", file.read_text("utf-8"))
        return self._pages[path]

    def path_of(self, url: str) -> str | None:
        """The path below the site of an address; None where it is another site's."""
        bare = url.partition("#")[0]
        return unquote(bare.removeprefix(self.url)) if bare.startswith(self.url) else None

    def file_of(self, url: str) -> Path | None:
        """The file that a plain web server sends for an address of the site."""
        path = self.path_of(url)
        if path is None:
            return None
        path = path.partition("?")[0]
        file = self.root / path
        return file / "index.html" if not path or path.endswith("/") else file

    def ids_below(self, section: str, page: Page, within: str = "//article") -> list[str]:
        """The ids of the pages of a section that the page links to, in order: `papers/x/` gives `x`."""
        found = []
        for url in page.links(within):
            parts = (self.path_of(url) or "").split("/")
            if parts[0] == section and len(parts) > 2:
                found.append("/".join(parts[1:-1]))
        return found

    def is_elsewhere(self, url: str) -> bool:
        """True for an address of another host, or none that is fetched from a host."""
        return urlsplit(url)[:2] != urlsplit(self.url)[:2]


def one_line(element: HtmlElement) -> str:
    """The text of an element as a reader sees it, white space collapsed."""
    return " ".join("".join(element.itertext()).split())
