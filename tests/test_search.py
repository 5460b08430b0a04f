"""Which files PATH arguments mean: folders with .gitignore, globs, links, charts, stdin."""

import os
import pathlib
from collections.abc import Mapping

import pytest

from dslint import search


def grow(folder: pathlib.Path, files: Mapping[str, str]) -> None:
    """Writes files, `a/b.yaml` to their text, and the folders that they need."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def judged(*paths: str) -> list[str]:
    return [file.path for file in search.find(paths) if not file.skipped and not file.unread]


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


FOLDERS = {
    "the three suffixes alone": (
        {"a.yaml": "", "b.yml": "", "c.json": "", "d.txt": "", "e/f.yaml": "", "yaml": ""},
        ["a.yaml", "b.yml", "c.json", "e/f.yaml"],
    ),
    "no hidden folder": ({".git/a.yaml": "", ".github/b.yml": "", "c.yaml": ""}, ["c.yaml"]),
    "a .gitignore": (
        {".gitignore": "out/\n*.json\n", "out/a.yaml": "", "b.json": "", "c.yaml": ""},
        ["c.yaml"],
    ),
    "a nested .gitignore speaks last": (
        {
            ".gitignore": "*.json\n/a.yaml\n",
            "in/.gitignore": "!keep.json\n/b.yaml\n",
            "in/keep.json": "",
            "in/drop.json": "",
            "in/a.yaml": "",
            "in/b.yaml": "",
            "in/deep/b.yaml": "",
        },
        ["in/a.yaml", "in/deep/b.yaml", "in/keep.json"],
    ),
    "nothing comes back from a folder that is left out": (
        {".gitignore": "out/\n!out/a.yaml\n", "out/a.yaml": "", "b.yaml": ""},
        ["b.yaml"],
    ),
    "lines of a .gitignore that are no pattern": (
        {".gitignore": "!\na.yaml\n", "a.yaml": "", "b.yaml": ""},
        ["b.yaml"],
    ),
    "a chart's own sources": (
        {
            "chart/Chart.yaml": "",
            "chart/values.yaml": "",
            "chart/ci/test-values.yaml": "",
            "chart/values.schema.json": "",
            "chart/crds/a.yaml": "",
            "chart/templates/ds.yaml": "",
            "chart/templates/tests/pod.yaml": "",
            "templates/a.yaml": "",
            "values.yaml": "",
        },
        ["chart/crds/a.yaml", "templates/a.yaml", "values.yaml"],
    ),
    "kustomize's own files": (
        {"kustomization.yaml": "", "o/kustomization.yml": "", "p/Kustomization": "", "a.yaml": ""},
        ["a.yaml"],
    ),
}


@pytest.mark.parametrize(("files", "found"), FOLDERS.values(), ids=FOLDERS)
def test_a_searched_folder_gives(
    files: Mapping[str, str], found: list[str], here: pathlib.Path
) -> None:
    grow(here, files)
    assert judged() == found
    assert judged(str(here)) == [f"{here}/{name}" for name in found]


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/full", "nowhere", "."])
def test_a_gitignore_that_is_no_file_ignores_nothing(target: str, here: pathlib.Path) -> None:
    grow(here, {"a.yaml": ""})
    (here / ".gitignore").symlink_to(target)
    assert judged() == ["a.yaml"]


def test_what_is_passed_over_has_a_reason(here: pathlib.Path) -> None:
    grow(here, {"Chart.yaml": "", "templates/a.yaml": "", "k/kustomization.yaml": ""})
    reasons = {file.path: file.skipped for file in search.find(())}
    assert "helm template" in reasons["Chart.yaml"]
    assert reasons["templates/a.yaml"] == reasons["Chart.yaml"]
    assert "kustomize" in reasons["k/kustomization.yaml"]


def test_a_named_file_is_named_whatever_it_is(here: pathlib.Path) -> None:
    grow(here, {".gitignore": "*", "templates/a.txt": "", "Chart.yaml": ""})
    assert search.find(("templates/a.txt",)) == (search.File("templates/a.txt", named=True),)


def test_templates_of_a_chart_are_passed_over_when_their_folder_is_named(
    here: pathlib.Path,
) -> None:
    grow(here, {"Chart.yaml": "", "templates/a.yaml": ""})
    assert judged("templates") == []


def test_values_of_a_chart_are_passed_over_when_a_folder_in_it_is_named(
    here: pathlib.Path,
) -> None:
    grow(here, {"Chart.yaml": "", "ci/values.yaml": "", "ci/a.yaml": ""})
    assert judged("ci") == ["ci/a.yaml"]


def test_a_gitignore_that_cannot_be_read_leaves_nothing_out(here: pathlib.Path) -> None:
    (here / ".gitignore").mkdir()
    grow(here, {"a.yaml": ""})
    assert judged() == ["a.yaml"]


def test_rules_of_outer_folders_count_up_to_the_repository(here: pathlib.Path) -> None:
    grow(here, {".gitignore": "a.yaml\n", "r/.gitignore": "b.yaml\n"})
    grow(here, {f"r/in/{name}.yaml": "" for name in "abc"})
    assert judged("r/in") == ["r/in/a.yaml", "r/in/b.yaml", "r/in/c.yaml"]
    (here / "r/.git").mkdir()
    assert judged("r/in") == ["r/in/a.yaml", "r/in/c.yaml"]


def test_a_folder_that_is_left_out_is_searched_when_it_is_named(here: pathlib.Path) -> None:
    (here / ".git").mkdir()
    grow(here, {".gitignore": "out/\n", "out/a.yaml": ""})
    assert judged("out") == ["out/a.yaml"]


GLOBS = {
    "*.yaml": ["a.yaml", "b.yaml"],
    "in/*": ["in/c.yaml", "in/d.txt"],
    "**/*.yaml": ["a.yaml", "b.yaml", "in/c.yaml"],
    "[ab].yaml": ["a.yaml", "b.yaml"],
    "i?": ["in/c.yaml"],
    ".h*/*.yaml": [".hidden/e.yaml"],
}


@pytest.mark.parametrize(("pattern", "found"), GLOBS.items(), ids=GLOBS)
def test_a_glob_matches(pattern: str, found: list[str], here: pathlib.Path) -> None:
    names = ("a.yaml", "b.yaml", "in/c.yaml", "in/d.txt", ".hidden/e.yaml")
    grow(here, dict.fromkeys(names, ""))
    assert judged(pattern) == found
    assert judged(f"{here}/{pattern}") == [f"{here}/{name}" for name in found]


@pytest.mark.parametrize("path", ["no.yaml", "no/", "*.no", "a**b.yaml", "a.yaml/b.yaml", "nul\0"])
def test_what_matches_nothing_is_a_sentence(path: str, here: pathlib.Path) -> None:
    grow(here, {"a.yaml": ""})
    (file,) = search.find((path,))
    assert file.unread.startswith(f"{path}: ")
    assert "\n  fix: " in file.unread


def test_a_file_is_found_once_and_named_wins(here: pathlib.Path) -> None:
    grow(here, {"a.yaml": "", "b.yaml": ""})
    (here / "c.yaml").symlink_to("a.yaml")
    found = search.find((".", "b.yaml", "-", "-"))
    assert [(file.path, file.named) for file in found] == [
        ("a.yaml", False),
        ("b.yaml", True),
        ("-", True),
    ]


def test_links_to_folders_end_the_search(here: pathlib.Path) -> None:
    grow(here, {"in/a.yaml": ""})
    (here / "in/loop").symlink_to(here, target_is_directory=True)
    (here / "in/broken.yaml").symlink_to("nowhere")
    (here / "in/round.yaml").symlink_to("about.yaml")
    (here / "in/about.yaml").symlink_to("round.yaml")
    assert judged(".") == ["in/a.yaml"]
    assert judged("**/*.yaml")[:1] == ["in/a.yaml"]
    (file,) = search.find(("in/round.yaml",))
    assert file.unread.endswith("fix: mend the link, or leave it out")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(here: pathlib.Path) -> None:
    os.mkfifo(here / "pipe.yaml")
    (file,) = search.find(())
    assert file.skipped == "no regular file"


def test_a_folder_that_may_not_be_read_is_a_sentence(
    here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(here, {"open/a.yaml": "", "shut/b.yaml": ""})
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path.endswith("shut"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    found = search.find(())
    assert [file.path for file in found if not file.unread] == ["open/a.yaml"]
    (said,) = [file.unread for file in found if file.unread]
    assert said == (
        "shut: cannot be read: permission denied"
        "\n  fix: give the user that runs dslint the right to read it, or leave it out"
    )


def test_a_folder_that_may_not_be_entered_is_a_sentence(
    here: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(here, {"shut/b.yaml": ""})
    stat, scandir = os.stat, os.scandir

    def refusing(path: object, **options: bool) -> object:
        if "shut/" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return stat(path, **options)

    def shut(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(os, "stat", refusing)
    monkeypatch.setattr(os, "scandir", shut)
    (file,) = search.find(("shut",))
    monkeypatch.setattr(os, "scandir", scandir)
    assert file.unread.startswith("shut: cannot be read: permission denied")
