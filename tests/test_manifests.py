"""What of the files becomes documents, and what is passed over with a reason."""

import io
import pathlib
import sys

import pytest

from dslint import faults, intake, manifests

POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
PATCH = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(name: str, text: str | bytes) -> str:
    path = pathlib.Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return name


def test_documents_of_several_files_come_in_order() -> None:
    write("b.yaml", POD)
    write("a.yaml", f"{POD}---\n{POD}")
    read = manifests.load(())
    assert [(one.file, one.line) for one in read.documents] == [
        ("a.yaml", 1),
        ("a.yaml", 5),
        ("b.yaml", 1),
    ]
    assert read.files == 2
    assert read.skipped == read.unread == ()


SEARCHED = {
    "says apiVersion nowhere": ("a: 1\n", [("x.yaml", "says apiVersion nowhere")], 0),
    "comments in a tsconfig": (
        '{ // no JSON\n "a": }',
        [("x.yaml", "says apiVersion nowhere")],
        0,
    ),
    "neither": (
        f"# apiVersion\na: 1\n---\n{POD}---\n- apiVersion\n",
        [
            ("x.yaml:2", "document with neither apiVersion nor kind"),
            ("x.yaml:8", "document with neither apiVersion nor kind"),
        ],
        1,
    ),
    "broken": ("apiVersion: v1\nkind: [\n", [], 1),
    "half of it": ("apiVersion: v1\n", [], 1),
    "empty documents": (f"---\n---\n{POD}---\n", [], 1),
}


@pytest.mark.parametrize(("text", "skipped", "documents"), SEARCHED.values(), ids=SEARCHED)
def test_in_a_searched_folder(text: str, skipped: list[tuple[str, str]], documents: int) -> None:
    write("x.yaml", text)
    read = manifests.load(())
    assert list(read.skipped) == skipped
    assert len(read.documents) == documents


def test_a_named_file_is_read_whatever_it_says() -> None:
    read = manifests.load((write("x.yaml", "a: ["), write("empty.yaml", "")))
    assert read.files == 2
    assert [one.complaints[0].rule for one in read.documents] == ["DS001"]


PATCHES = {
    "patches": "patches:\n- path: p.yaml\n- patch: inline\n- p.yaml\n",
    "patchesStrategicMerge": "patchesStrategicMerge:\n- p.yaml\n- |\n  kind: Pod\n",
    "patchesJson6902": "patchesJson6902:\n- {target: {kind: Pod}, path: ../k/p.yaml}\n",
    "in JSON, as YAML is": '{"patches": [{"path": "p.yaml"}]}',
}


@pytest.mark.parametrize("text", PATCHES.values(), ids=PATCHES)
@pytest.mark.parametrize("name", ["kustomization.yaml", "kustomization.yml", "Kustomization"])
def test_what_a_kustomization_lists_as_patches_is_passed_over(name: str, text: str) -> None:
    write(f"k/{name}", text)
    write("k/p.yaml", PATCH)
    write("k/a.yaml", POD)
    read = manifests.load(())
    assert [one.file for one in read.documents] == ["k/a.yaml"]
    assert ("k/p.yaml", "a kustomization lists it as a patch") in read.skipped
    assert [one.file for one in manifests.load(("k/p.yaml",)).documents] == ["k/p.yaml"]


@pytest.mark.parametrize("text", ["- 1\n", "patches: 3\n", "patches: [3, {path: 4}]\n", "a: [\n"])
def test_an_odd_kustomization_lists_nothing(text: str) -> None:
    write("kustomization.yaml", text)
    write("p.yaml", PATCH)
    assert len(manifests.load(()).documents) == 1


def test_stdin_is_read_as_a_named_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(POD.encode())))
    read = manifests.load(("-",))
    assert [one.file for one in read.documents] == ["-"]


def test_a_closed_stdin_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    (said,) = manifests.load(("-",)).unread
    assert said.endswith("fix: pipe the manifests to dslint, or name a file")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_in_a_searched_folder_utf_16_is_read(encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    pathlib.Path("a.yaml").write_bytes((mark + POD).encode(encoding))
    assert [one.data["kind"] for one in manifests.load(()).documents] == ["Pod"]


def test_no_more_is_read_than_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "MAX_BYTES", 40)
    write("a.yaml", "# apiVersion\n" + 100 * "x")
    (document,) = manifests.load((".",)).documents
    assert ([one.rule for one in document.complaints], document.text) == (["DS010"], b"")


def test_what_cannot_be_read_is_a_sentence_and_the_rest_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write("a.yaml", POD)
    write("shut.yaml", POD)
    write("kustomization.yaml", POD)
    content = intake.content

    def refusing(path: str, most: int) -> bytes:
        if path in ("shut.yaml", "kustomization.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return content(path, most)

    monkeypatch.setattr(intake, "content", refusing)
    read = manifests.load((".", "missing.yaml"))
    assert [one.file for one in read.documents] == ["a.yaml"]
    assert [said.splitlines()[0] for said in read.unread] == [
        "shut.yaml: cannot be read: permission denied",
        "missing.yaml: no such file or folder",
    ]
