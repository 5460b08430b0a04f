"""Every console example of the manual, run: what is shown is what is printed.

A block marked `console` holds commands after `$ ` and what they print. They run in the root of the
repository with the command of this environment. UPDATE_EXPECTED=1 writes the blocks anew.
"""

import os
import pathlib
import re
import subprocess
import sys
import textwrap

import pytest

from dslint import examples, rulebook
from scripts import picture, rule_pages

ROOT = pathlib.Path(__file__).parent.parent
BLOCK = re.compile(r"(?ms)^```console\n(.*?)^```$")
PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("fixtures/*.md"))
    if BLOCK.search(page.read_text(encoding="utf-8"))
)
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="they are of a POSIX shell")


def printed(command: str) -> str:
    """What a shell prints for the command, stdout and stderr as a terminal shows them."""
    programs = pathlib.Path(sys.executable).parent
    unwanted = ("FORCE_COLOR", "CI", "VIRTUAL_ENV")
    known = {name: value for name, value in os.environ.items() if name not in unwanted}
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={
            **{name: value for name, value in known.items() if not name.startswith("DSLINT_")},
            "NO_COLOR": "1",
            "COLUMNS": "100",
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return done.stdout


def played(block: re.Match[str]) -> str:
    """The block with what its commands print today; a line that ends in `\\` goes on."""
    commands = re.findall(r"(?m)^\$ ((?:.*\\\n)*.*)$", block[1])
    return "```console\n" + "".join(f"$ {one}\n{printed(one)}" for one in commands) + "```"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_an_example_shows_what_is_printed(page: pathlib.Path) -> None:
    text = page.read_text(encoding="utf-8")
    today = BLOCK.sub(played, text)
    if os.environ.get("UPDATE_EXPECTED"):
        page.write_text(today, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == today


def test_the_picture_shows_what_is_printed() -> None:
    if os.environ.get("UPDATE_EXPECTED"):
        picture.main()
    assert picture.PICTURE.read_text(encoding="utf-8") == picture.drawn()


def test_the_pages_of_the_rules_are_those_that_make_docs_writes() -> None:
    pages = {path.name: path.read_text(encoding="utf-8") for path in rule_pages.FOLDER.iterdir()}
    assert pages == rule_pages.pages()


def test_the_rule_that_contributing_shows_is_one(tmp_path: pathlib.Path) -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"(?ms)^   ```yaml\n(.*?)^   ```$", text)
    (tmp_path / "rule.yaml").write_text(textwrap.dedent(shown), encoding="utf-8")
    book = rulebook.load([tmp_path])
    (added,) = book.rules.keys() - rulebook.load().rules.keys()
    examples.prove(book, [book.rules[added]])


@pytest.mark.parametrize(
    "page",
    sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("tests/**/*.md"))),
    ids=lambda page: str(page.relative_to(ROOT)),
)
def test_a_link_leads_somewhere(page: pathlib.Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []
