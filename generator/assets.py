"""Static files of the site: styles and scripts, search data, and what hosts and crawlers look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

from lxml import etree
from rcssmin import cssmin
from rjsmin import jsmin

from generator.bundle import bundled
from generator.material import dark_without_scripts, material_script, material_styles
from generator.page import Asset
from generator.settings import Settings
from generator.templates import TEMPLATES

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_IN_SITEMAP = 50_000
"""Addresses, by the sitemap protocol."""


_MODULES = TEMPLATES / "assets" / "search"
"""ES modules; other scripts stay files of their own."""


def static_assets() -> Iterator[Asset]:
    """The files of `site_templates/assets/`, at `assets/digest/`; all styles in one, Material's first.

    Of the ES modules, those that a page asks for, with what they import inside. Styles and scripts are
    minified; notices of licences (`/*!`) stay.
    """
    styles = []
    modules = {}
    for path in _files(TEMPLATES / "assets"):
        name = path.relative_to(TEMPLATES / "assets").as_posix()
        if path.suffix == ".css":
            styles.append(path.read_text(encoding="utf-8"))
        elif path.suffix == ".js" and path.parent == _MODULES:
            modules[path.stem] = path.read_text(encoding="utf-8")
        elif path.suffix == ".js":
            yield Asset(path=f"assets/digest/{name}", content=_script(path.read_text(encoding="utf-8")))
        else:
            yield Asset(path=f"assets/digest/{name}", content=path.read_bytes())
    for name, text in bundled(modules).items():
        yield Asset(path=f"assets/digest/search/{name}.js", content=_script(text))
    # Beside the data too: whoever has the address of one has that of the other.
    yield Asset(path="assets/search/engine.js", content=b'export * from "../digest/search/engine.js";\n')
    styled = "\n".join([material_styles(), cssmin("\n".join(styles), keep_bang_comments=True)])
    yield Asset(path="assets/digest/site.css", content=dark_without_scripts(styled).encode())
    yield Asset(path="assets/material/bundle.js", content=material_script().encode())


def _script(text: str) -> bytes:
    return str(jsmin(text, keep_bang_comments=True)).encode()


def theme_assets() -> Iterator[Asset]:
    """The overrides of Material's templates, as MkDocs wants them in a folder of the project."""
    for path in _files(TEMPLATES / "theme"):
        yield Asset(path=path.relative_to(TEMPLATES / "theme").as_posix(), content=path.read_bytes())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def host_assets(paths: Iterable[str], settings: Settings) -> Iterator[Asset]:
    """`.nojekyll`, `robots.txt`, and where the site's address is known, `sitemap.xml`.

    `paths` are the pages that search engines may list.
    """
    yield Asset(path=".nojekyll", content=b"")
    robots = "User-agent: *\nAllow: /\n"
    if settings.site_url:
        robots += f"Sitemap: {settings.site_url}sitemap.xml\n"
        yield from _sitemaps(sorted(set(paths)), settings.site_url)
    yield Asset(path="robots.txt", content=robots.encode())


def _sitemaps(paths: Sequence[str], site_url: str) -> Iterator[Asset]:
    """One sitemap, or as many as are needed and an index of them."""
    if len(paths) <= MOST_IN_SITEMAP:
        yield Asset(path="sitemap.xml", content=sitemap(paths, site_url))
        return
    parts = [paths[start : start + MOST_IN_SITEMAP] for start in range(0, len(paths), MOST_IN_SITEMAP)]
    names = [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Asset(path=name, content=sitemap(part, site_url))
    yield Asset(path="sitemap.xml", content=_locations("sitemapindex", "sitemap", names, site_url))


def sitemap(paths: Iterable[str], site_url: str) -> bytes:
    """A sitemap (sitemaps.org protocol 0.9) of the pages with these paths below `docs/`."""
    return _locations("urlset", "url", map(page_url, paths), site_url)


def _locations(name: str, item: str, addresses: Iterable[str], site_url: str) -> bytes:
    """A list of addresses; serialised one by one, for a tree would be as many objects as there are pages."""
    made = BytesIO()
    with etree.xmlfile(made, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(f"{{{_SITEMAP}}}{name}", nsmap={None: _SITEMAP}):
            for address in addresses:
                file.write("\n  ")
                with file.element(f"{{{_SITEMAP}}}{item}"), file.element(f"{{{_SITEMAP}}}loc"):
                    file.write(site_url + address)
            file.write("\n")
    return made.getvalue() + b"\n"


def page_url(path: str) -> str:
    """The address of a page below the site's root.

    >>> page_url("index.md"), page_url("papers/x.md"), page_url("authors/index.md")
    ('', 'papers/x/', 'authors/')
    """
    stem = path.removesuffix(".md")
    return stem.removesuffix("index") if stem.endswith(("/index",)) or stem == "index" else f"{stem}/"
