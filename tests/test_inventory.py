"""Inventories as a whole: from objects, from files, from real ones, and the one built in."""

import csv
import io
import json
import pathlib

import pytest

from dslint.inventory import REFERENCE, Inventory, reference_fleet
from dslint.model import InputError


def node(name: str, **fields: object) -> dict[str, object]:
    return {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name}, **fields}


def write(folder: pathlib.Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def test_objects_are_read_once_and_stay_as_they_are() -> None:
    given = [node("b"), node("a", status={"images": []})]
    inventory = Inventory.from_objects(one for one in given)
    assert inventory.names == ("b", "a")
    assert inventory.nodes[1] is given[1]
    assert (inventory.sources, inventory.complaints, inventory.reference) == ((), (), False)


def test_of_objects_with_one_name_the_first_counts() -> None:
    first, second = node("a", spec={}), node("a")
    assert Inventory.from_objects([first, second]).nodes == (first,)


NO_NODES: list[object] = [None, 1, "a", [], {}, {"metadata": None}, {"metadata": {"name": 3}}]


def test_bad_objects_never_raise() -> None:
    inventory = Inventory.from_objects(NO_NODES)
    assert inventory.names == ("", "", "")
    assert inventory.at(1, ("spec", "taints", 0)).path == "[1].spec.taints[0]"


def test_files_are_joined_in_order(tmp_path: pathlib.Path) -> None:
    short = "apiVersion: dslint.dev/v1\nkind: NodeInventory\nnodes: [{name: b}, {name: a}]\n"
    one = write(tmp_path, "one.json", json.dumps(node("c")))
    two = write(tmp_path, "two.yaml", short)
    inventory = Inventory.load(
        one, two, "-", one, stdin=io.BytesIO(b"{kind: Node, metadata: {name: d}}")
    )
    assert inventory.names == ("c", "b", "a", "d")
    assert inventory.sources == (one, two, "-")
    assert inventory.complaints == ()


def test_stdin_is_that_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    text = io.TextIOWrapper(io.BytesIO(json.dumps(node("a")).encode()))
    monkeypatch.setattr("sys.stdin", text)
    assert Inventory.load("-").names == ("a",)


def test_a_duplicate_is_a_complaint_and_the_first_counts(tmp_path: pathlib.Path) -> None:
    listing = {"apiVersion": "v1", "kind": "List", "items": [node("a"), node("b"), node("a")]}
    one = write(tmp_path, "one.json", json.dumps(listing, indent=1))
    short = "apiVersion: dslint.dev/v1\nkind: NodeInventory\n"
    pools = "pools:\n- name: b{1..2}\n- {name: 'b{n}', count: 1}\n"
    two = write(tmp_path, "two.yaml", f"{short}{pools}nodes:\n- name: b\n")
    inventory = Inventory.load(one, two)
    assert inventory.names == ("a", "b", "b1", "b2")
    assert [(file, c.rule, c.mark, c.what) for file, c in inventory.complaints] == [
        (one, "DS901", (23, 13), f"node a is there already, at {one}:9:13"),
        (two, "DS901", (7, 9), f"node b is there already, at {one}:16:13"),
        (two, "DS901", (5, 10), f"node b1 is there already, at {two}:4:9"),
    ]


def test_nodes_without_a_name_are_no_duplicates() -> None:
    inventory = Inventory.parse("kind: Node\n---\nkind: Node\nspec: {podCIDR: x}\n")
    assert (inventory.names, inventory.complaints) == (("", ""), ())


# content, line and column, what, fix (parts of the sentences)
UNREADABLE = {
    "empty": ("", ":1:1", "the file is empty", "kubectl get nodes -o json"),
    "blank": (" \n\n", ":1:1", "the file is empty", "kubectl get nodes -o json"),
    "comments": ("# soon\n", ":1:1", "no document in it", "kubectl get nodes -o json"),
    "no YAML": ("kind: [Node\nmetadata: {}\n", ":1:7", "not closed", "close the bracket"),
    "cut off": ('{"kind": "List", "items": [{"kind": "Node"', ":1:28", "not closed", "close the"),
    "not UTF-8": (b"kind: Node\nmetadata: {name: caf\xe9}\n", ":2:21", "", ""),
    "a key twice": ("kind: Node\nmetadata: {name: a, name: b}\n", ":2:21", "name", ""),
    "an empty list": ('{"apiVersion": "v1", "kind": "List", "items": []}', "", "no node", ""),
}


@pytest.mark.parametrize(("content", "where", "what", "fix"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(
    content: str | bytes, where: str, what: str, fix: str, tmp_path: pathlib.Path
) -> None:
    file = write(tmp_path, "nodes", content)
    with pytest.raises(InputError) as caught:
        Inventory.load(file)
    assert caught.value.where == file + where
    assert what in caught.value.what
    assert fix in caught.value.fix
    assert caught.value.why


def test_a_missing_file(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match=r"nodes\.yaml: cannot read it: No such file"):
        Inventory.load(tmp_path / "nodes.yaml")


def test_a_folder(tmp_path: pathlib.Path) -> None:
    with pytest.raises(InputError, match=r"this is a folder\n.*\n  fix: name its files"):
        Inventory.load(tmp_path)


def test_no_permission(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(pathlib.Path, "open", refuse)
    monkeypatch.setattr(pathlib.Path, "is_dir", refuse)
    with pytest.raises(InputError, match="cannot read it: Permission denied"):
        Inventory.load(tmp_path / "nodes.yaml")


@pytest.mark.parametrize("file", ["nodes", "-"])
def test_more_than_is_read(
    file: str, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dslint.inventories._text._MOST", 100)
    path = write(tmp_path, "nodes", b"x" * 101) if file == "nodes" else file
    with pytest.raises(
        InputError, match=r"more than 100 bytes(.|\n)*del\(\.items\[\]\.status\.images"
    ):
        Inventory.load(path, stdin=io.BytesIO(b"x" * 101))
    assert Inventory.load("-", stdin=io.BytesIO(b"kind: Node\nmetadata: {name: a}")).names == (
        "a",
    )


@pytest.mark.skipif(not pathlib.Path("/dev/zero").exists(), reason="no device that never ends")
def test_a_device_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dslint.inventories._text._MOST", 1_000_000)
    with pytest.raises(InputError, match="/dev/zero: cannot read it: it has more than 1,000,000"):
        Inventory.load("/dev/zero")


def test_no_file_at_all() -> None:
    with pytest.raises(InputError, match="the inventory holds no node"):
        Inventory.load()


def test_a_text_with_lone_surrogates_is_not_utf8() -> None:
    with pytest.raises(InputError):
        Inventory.parse("kind: Node\nmetadata: {name: \udce9}\n")


FLEET = {
    "control-plane-1": ["node-role.kubernetes.io/control-plane:NoSchedule"],
    "old-master-1": ["node-role.kubernetes.io/master:NoSchedule"],
    "worker-1": [],
    "worker-2": [],
    "worker-small-1": [],
    "worker-arm-1": [],
    "gpu-1": ["nvidia.com/gpu:NoSchedule"],
    "spot-1": ["spot:NoSchedule"],
    "dedicated-1": ["dedicated:NoSchedule", "dedicated:NoExecute"],
    "windows-1": ["os:NoSchedule"],
    "virtual-kubelet-1": ["virtual-kubelet.io/provider:NoSchedule"],
    "cordoned-1": ["node.kubernetes.io/unschedulable:NoSchedule"],
    "not-ready-1": [
        "node.kubernetes.io/not-ready:NoSchedule",
        "node.kubernetes.io/not-ready:NoExecute",
    ],
    "unreachable-1": [
        "node.kubernetes.io/unreachable:NoSchedule",
        "node.kubernetes.io/unreachable:NoExecute",
    ],
    "disk-pressure-1": ["node.kubernetes.io/disk-pressure:NoSchedule"],
    "uninitialized-1": ["node.cloudprovider.kubernetes.io/uninitialized:NoSchedule"],
}


def test_the_reference_fleet_is_one_of_each_kind() -> None:
    fleet = reference_fleet()
    taints = {
        name: [f"{taint['key']}:{taint['effect']}" for taint in one["spec"].get("taints", ())]  # type: ignore[attr-defined]
        for name, one in zip(fleet.names, fleet.nodes, strict=True)
    }
    assert taints == FLEET
    assert (fleet.reference, fleet.sources, fleet.complaints) == (True, (REFERENCE,), ())
    assert reference_fleet() is fleet
    for one in fleet.nodes:
        labels, amounts = one["metadata"]["labels"], one["status"]["allocatable"]  # type: ignore[index]
        assert {"kubernetes.io/os", "kubernetes.io/arch", "kubernetes.io/hostname"} <= set(labels)
        assert {"cpu", "memory", "pods", "ephemeral-storage"} <= set(amounts)


def test_real_inventories(shared: pathlib.Path) -> None:
    corpus = shared / "corpus"
    with (corpus / "INDEX.tsv").open(newline="") as index:
        rows = [
            row
            for row in csv.DictReader(index, delimiter="\t")
            if row["file"].startswith("nodes/")
        ]
    wanted = {row["file"]: int(row["node_docs"]) or set(row["kinds"].split(";")) for row in rows}
    assert {row["file"]: found(corpus / row["file"], row["kinds"]) for row in rows} == wanted
    assert sum(isinstance(one, int) for one in wanted.values()) == 30


def found(path: pathlib.Path, kinds: str) -> int | set[str]:
    """The number of nodes, or those of the `kinds` (`Kind=count`) that the error names."""
    try:
        return len(Inventory.load(path).nodes)
    except InputError as error:
        named = error.what if error.where.startswith(f"{path}:") else ""
        return {kind for kind in kinds.split(";") if f"{kind.split('=')[0]} (" in named}
