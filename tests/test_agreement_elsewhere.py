"""Recorded answers that are not the project's own: Kubernetes' test tables, real DaemonSets.

They are read where they are present; the counts of all placement recordings together are reported
as properties of the test and printed.
"""

import gzip
import json
import pathlib
import re
from collections.abc import Callable
from typing import Any

import dslint
from dslint import source
from scripts import agree

PAIRS = ("pairs", "pairs_more", "pairs_kubelet", "pairs_comparison_operators")


def test_kubernetes_own_tables(shared: pathlib.Path) -> None:
    part = agree.play("upstream", shared / "oracle" / "upstream_pairs.jsonl.gz", agree.pair)
    assert part.disagreements == ()
    assert part.compared == 247


def records(shared: pathlib.Path) -> list[dict[str, Any]]:
    with gzip.open(shared / "corpus" / "real_daemonsets.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def daemonset(folder: pathlib.Path, record: dict[str, Any]) -> dict[str, Any]:
    """The manifest whose document begins at the record's line."""
    text = (folder / record["file"]).read_text(encoding="utf-8", errors="surrogateescape")
    at, parts = 1, {}
    for part in re.split(r"(?m)^---[ \t]*(?:#.*)?$", text):
        parts[at] = part  # a stream that begins with a marker has an empty part before it
        at += part.count("\n")
    (document,) = source.read(parts[record["line"]], record["file"])
    manifest: dict[str, Any] = document.data
    return manifest


def test_real_daemonsets_on_a_running_control_plane(
    shared: pathlib.Path, record_property: Callable[[str, object], None]
) -> None:
    first, *others = records(shared)
    inventory = dslint.Inventory.from_objects(first["nodes"])
    settled = [record for record in others if record["settled"]]
    for record in settled:
        manifest = daemonset(shared / "corpus" / "manifests", record)
        placement = dslint.place(
            dslint.Workload.from_object(manifest), inventory, kubernetes=agree.KUBERNETES
        )
        waited = {pending["node"] for pending in record["pending"]}
        assert set(placement.desired) == set(record["created_on"]), record["file"]
        assert set(placement.lands) - waited == set(record["bound_on"]), record["file"]
    record_property("compared", len(settled))
    assert len(settled) == 228


def test_how_many_answers_were_compared(
    shared: pathlib.Path, record_property: Callable[[str, object], None]
) -> None:
    """The promise in numbers; each of them is played by a test of this suite."""
    recordings = [agree.RECORDINGS / f"{name}.jsonl.gz" for name in PAIRS]
    recordings.append(shared / "oracle" / "upstream_pairs.jsonl.gz")
    pairs = sum(lines(path) for path in recordings)
    with gzip.open(agree.RECORDINGS / "control_plane.jsonl.gz", "rt") as scenarios:
        daemonsets = sum(len(json.loads(line)["daemonsets"]) for line in scenarios)
    daemonsets += sum(record["settled"] for record in records(shared)[1:])
    print(f"compared with Kubernetes: {pairs:,} pairs, {daemonsets:,} DaemonSets")
    record_property("pairs", pairs)
    record_property("daemonsets", daemonsets)
    assert (pairs, daemonsets) == (25_739, 828)


def lines(path: pathlib.Path) -> int:
    with gzip.open(path, "rt") as file:
        return sum(1 for _ in file)
