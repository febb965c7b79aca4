"""The browser's modules as few files: what is put together, what stays apart, and what cannot be bundled."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.assets import static_assets
from generator.bundle import bundled
from generator.material import dark_without_scripts, material_styles
from generator.templates import TEMPLATES
from tests.browser import needs_chromium
from tests.search.node import needs_node, run_script
from tests.search.toy import write_search

SOURCES = TEMPLATES / "assets" / "search"
OURS = {path.stem: path.read_text("utf-8") for path in sorted(SOURCES.glob("*.js"))}
TOY = {
    "page": 'import { both, LIMIT as most } from "./middle.js";\nimport {\n  one,\n} from "./low.js";\n'
    "export const said = () => [both(), one(), most];\n",
    "middle": '// A comment.\nimport { one } from "./low.js";\nimport two from "./own-default.js";\n'
    'const url = "https://example.org/"; // Behind code.\nexport const text = "a; // b"; // "c".\n'
    "export const LIMIT = 3;\nexport function both() {\n  // Inside.\n  return [one(), two(), url];\n}\n",
    "low": "const hidden = 1;\nexport async function never() {}\nexport const one = () => hidden;\n",
    "own-default": "// Copyright (C) somebody\nconst hidden = 2;\nexport default (() => hidden);\n",
    "rare": 'import { one } from "./low.js";\nexport class Rare { one = one(); }\n',
}


def run(folder: Path, files: dict[str, str], script: str) -> object:
    """What the script says, beside these modules."""
    for name, text in files.items():
        (folder / f"{name}.mjs").write_text(text, "utf-8")
    (folder / "main.mjs").write_text(script, "utf-8")
    return json.loads(
        subprocess.run(["node", str(folder / "main.mjs")], capture_output=True, check=True).stdout
    )


@needs_node
def test_a_bundle_does_what_its_modules_do(tmp_path: Path) -> None:
    made = bundled(TOY)
    assert set(made) == {"page", "rare"}
    script = 'import { said } from "./page.mjs"; import { Rare } from "./rare.mjs";'
    script += "console.log(JSON.stringify([said(), new Rare().one]));"
    assert run(tmp_path, made, script) == [[[1, 2, "https://example.org/"], 1, 3], 1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('import * as all from "./low.js";\n', "cannot be made of `import"),
        ('import { one } from "https://example.org/low.js";\n', "cannot be made of `import"),
        ('export * from "./low.js";\n', "cannot be made of `export"),
        ("export let changing = 1;\n", "cannot be made of `export let"),
        ('import { hidden } from "./low.js";\n', "page.js imports hidden, which low.js does not export"),
    ],
)
def test_other_forms_are_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        bundled({"page": text, "low": TOY["low"]})


def test_modules_that_need_each_other_are_refused() -> None:
    circle = {"one": 'import { b } from "./two.js";\nexport const a = 1;\n'}
    circle |= {"two": 'import { a } from "./one.js";\nexport const b = 1;\n'}
    with pytest.raises(ValueError, match="cycle"):
        bundled(circle | {"page": 'import { a } from "./one.js";\n'})


def test_the_site_has_a_script_for_each_thing_that_a_page_asks_for() -> None:
    made = bundled(OURS)
    assert set(made) == {"addresses", "box", "engine", "exact", "finder", "inflate", "page", "view"}
    for name, text in made.items():
        assert not re.search(r"^import\b(?!\()", text, re.MULTILINE), name
        assert set(re.findall(r'import\("\./([\w-]+)\.js"\)', text)) <= set(made), name


def test_what_two_scripts_have_in_common_has_no_state() -> None:
    """A page with both of them has such a module twice."""
    wanted = {name: needed(name) for name in bundled(OURS)}
    common = {
        each for name in wanted for other in wanted if name < other for each in wanted[name] & wanted[other]
    }
    assert common
    for name in common - {"lunr"}:
        assert not re.search(
            r"^(?:let|var) |^const \w+ = new (?:Map|WeakMap)\(\)", OURS[name], re.MULTILINE
        ), name


def scripts_of_the_site() -> dict[str, str]:
    """By name, bundled and minified."""
    return {
        path.stem: asset.content.decode()
        for asset in static_assets()
        if (path := Path(asset.path)).parent.as_posix() == "assets/digest/search" and path.suffix == ".js"
    }


def test_comments_go_and_notices_stay() -> None:
    made = scripts_of_the_site()
    assert "Copyright (C) 2020 Oliver Nightingale, MIT" in made["exact"]
    for name, text in made.items():
        source = "\n".join(OURS[each] for each in needed(name) - {"lunr"})
        comments = re.findall(r"^// (.{30,})$", source, re.MULTILINE)
        assert comments
        assert not [comment for comment in comments if comment in text], name
        lines = [line for line in re.sub(r"//.*", "", source).split("\n") if line.count("`") % 2 == 0]
        templates = [template for line in lines for template in re.findall(r"`[^`]*`", line)]
        assert not [template for template in templates if template not in text], name


@pytest.mark.parametrize(
    ("text", "isso"),
    [
        ("`a ${b} c`", False),
        ("`a ${b ? '`' : { d: 1 }} c` + `e`", False),
        ("`a ${b ? `c ` : 1} d`", True),
        ("`a ${[1].map(() => { return `x`; })} d`", True),
        ("// it's\nconst one = `a`; /* ` */ `b`", False),
    ],
)
def test_a_template_in_a_template_is_noticed(text: str, isso: bool) -> None:
    assert has_template_in_template(text) is isso


@pytest.mark.parametrize("name", sorted({*OURS, "theme"} - {"lunr"}))
def test_no_template_in_a_template(name: str) -> None:
    """rjsmin takes the inner one for code, and blanks out of it."""
    text = OURS.get(name) or (TEMPLATES / "assets" / f"{name}.js").read_text("utf-8")
    assert not has_template_in_template(text)


_PIECE = re.compile(
    r"""(?P<skip>//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\.)|(?P<sign>`|\$\{|\{|\})""",
    re.DOTALL,
)


def has_template_in_template(text: str) -> bool:
    """Whether a template begins within the `${}` of another; patterns with quotation marks may mislead."""
    inside: list[str] = []
    at = 0
    while found := _PIECE.search(text, at):
        at = found.end()
        is_text = bool(inside) and inside[-1] == "`"
        sign = found["sign"]
        if not sign:
            at = found.start() + 2 if is_text else at  # Quotation marks mean nothing in a template's text.
        elif sign == "`" and is_text:
            inside.pop()
        elif sign == "`":
            if "`" in inside:
                return True
            inside.append(sign)
        elif (sign == "${") == is_text and sign != "}":
            inside.append("{")
        elif sign == "}" and not is_text and inside:
            inside.pop()
    return False


def needed(name: str) -> set[str]:
    """The modules that are part of that script."""
    found = {name}
    for other in re.findall(r'^import .*?from "\./([\w-]+)\.js"', OURS[name], re.MULTILINE | re.DOTALL):
        found |= needed(other)
    return found


@needs_node
def test_the_scripts_of_the_site_are_modules_that_export_what_their_sources_do(tmp_path: Path) -> None:
    scripts = scripts_of_the_site()
    assert set(scripts) == set(bundled(OURS))
    names = sorted(set(scripts) - {"view"})  # Which looks for a document at once.
    imports = "".join(f'import * as {name} from "./{name}.mjs";' for name in names)
    said = run(
        tmp_path,
        scripts,
        f"{imports} console.log(JSON.stringify([{', '.join(f'Object.keys({n})' for n in names)}]));",
    )
    exported = [
        re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", OURS[name], re.MULTILINE)
        for name in names
    ]
    assert said == [sorted(each) for each in exported]


@needs_node
def test_the_engine_of_the_site_answers_as_its_sources_do(tmp_path: Path) -> None:
    (tmp_path / "engine.mjs").write_text(scripts_of_the_site()["engine"], "utf-8")
    asks = [
        ["search", text, {"facets": True}]
        for text in (
            "serching agents",
            '"web agents" -judge',
            "author:muller year:2024..",
            "GPT4V as a Judge",
            "深度学习",
        )
    ]
    question = {"folder": str(write_search(tmp_path)), "asks": [*asks, ["suggest", "r1 sear"]]}
    bundle = run_script("ask.mjs", {**question, "engine": str(tmp_path / "engine.mjs")})
    assert bundle == run_script("ask.mjs", question)
    assert all(answer["hits"] for answer in bundle["answers"][:-1])


# The space behind a comma is kept in the value of a property of one's own, where it means nothing.
RULES = r"""async (text) => {
  const sheet = new CSSStyleSheet();
  await sheet.replace(text);
  return [...sheet.cssRules].map((rule) => rule.cssText.replace(/,\s+/g, ","));
}"""


@needs_chromium
@pytest.mark.browser
@pytest.mark.xdist_group("browser")
def test_the_minified_styles_are_the_same_rules(browser: Browser) -> None:
    ours = [path.read_text("utf-8") for path in sorted((TEMPLATES / "assets").rglob("*.css"))]
    (styles,) = (a.content.decode() for a in static_assets() if a.path == "assets/digest/site.css")
    page = browser.new_page()
    wanted = page.evaluate(RULES, dark_without_scripts("\n".join([material_styles(), *ours])))
    made = page.evaluate(RULES, styles)
    page.close()
    assert len(wanted) > 1000
    assert made == wanted
