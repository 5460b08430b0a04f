"""A folder to work in, a way to write files into it, and an inventory beside it."""

import pathlib
from collections.abc import Callable

import pytest

Write = Callable[[str, str], str]

NODES = """\
apiVersion: dslint.dev/v1
kind: NodeInventory
nodes:
  - name: plain
  - name: tainted
    taints: ["dedicated=gpu:NoSchedule"]
  - name: cordoned
    unschedulable: true
"""


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write() -> Write:
    def write(name: str, text: str) -> str:
        path = pathlib.Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return name

    return write


@pytest.fixture
def nodes(write: Write) -> str:
    return write("../nodes.yaml", NODES)
