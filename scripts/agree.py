"""Plays the recorded answers of Kubernetes and counts where dslint says the same.

`python -m scripts.agree [FOLDER]` prints a line for each part and its first disagreements, and
exits with 1 where there is any. A part is a recording in tests/recordings/, see its README.
Only the public contract is used: `dslint.Inventory`, `dslint.Workload`, `dslint.place`,
`dslint.validity`.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dslint
from dslint.placement import Placement

RECORDINGS = Path(__file__).parent.parent / "tests" / "recordings"
KUBERNETES = "1.36"
SHOWN = 3
UNWELL = ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")

Line = Mapping[str, Any]
"""One recorded case, as its file's README describes it."""

Answers = list[tuple[str, object, object]]
"""(question, what was recorded, what dslint says), several of them for one case."""


@dataclass(frozen=True, slots=True)
class Part:
    """How often one recording was asked, and where dslint said something else.

    `compared` counts cases (pairs, DaemonSets, manifests), `answers` the single values in them.
    Each of `disagreements` is the case's id with what differs.
    """

    name: str
    compared: int
    answers: int
    disagreements: tuple[str, ...]


def parts(folder: Path = RECORDINGS) -> Iterator[Part]:
    """Every recording that the folder holds, played."""
    for name, player in PLAYERS.items():
        path = folder / f"{name}.jsonl.gz"
        if path.is_file():
            yield play(name, path, player)


def play(name: str, path: Path, player: Player) -> Part:
    """One recording, played by one of the functions below."""
    compared = answers = 0
    disagreements = []
    for line in _lines(path):
        for case in player(line):
            compared, answers = compared + 1, answers + len(case)
            wrong = [
                f"{question} is {recorded!r}, not {said!r}"
                for question, recorded, said in case
                if recorded != said
            ]
            if wrong:
                disagreements.append(f"{line['id']}: {'; '.join(wrong)}")
    return Part(name, compared, answers, tuple(disagreements))


def pair(line: Line) -> Iterator[Answers]:
    """One workload on one node, everything that was recorded of it."""
    daemon = "daemonset" in line
    manifest = {
        "apiVersion": "apps/v1" if daemon else "v1",
        "kind": "DaemonSet" if daemon else "Pod",
        **(line["daemonset"] if daemon else line["pod"]),
    }
    placement = dslint.place(
        dslint.Workload.from_object(manifest),
        dslint.Inventory.from_objects([line["node"]]),
        kubernetes=KUBERNETES,
        feature_gates=dict.fromkeys(line.get("feature_gates", ()), True),
    )
    yield list(_pair_answers(placement, line["node"]["metadata"]["name"], line["expect"], daemon))


def _pair_answers(
    placement: Placement, node: str, expect: Line, daemon: bool
) -> Iterator[tuple[str, object, object]]:
    """What was recorded of the pair beside what the placement says of the node."""
    lands = node in placement.lands
    said: dict[str, object] = {
        "lands": lands,
        "preferred_score": placement.preferred_score(node),
        "intolerable_prefer_no_schedule": placement.intolerable_prefer_no_schedule(node),
    }
    if daemon:
        said["should_run"] = node in placement.desired
        said["should_continue"] = node in placement.continues
    for key in expect.keys() & said.keys():
        yield key, expect[key], said[key]
    fits = placement.fits(node)
    for key in expect.get("fits", {}).keys() - {"created_pod_binds"}:  # that one is `lands` again
        yield f"fits.{key}", expect["fits"][key], fits.get(key)
    yield "refused", not lands, any(node in refusal.nodes for refusal in placement.refusals)
    waits = node in placement.desired and not lands
    yield "pending", waits, node in placement.pending


def comparing_pair(line: Line) -> Iterator[Answers]:
    """A pair that was recorded with comparison operators for tolerations switched on."""
    yield from pair({**line, "feature_gates": ["TaintTolerationComparisonOperators"]})


def admission(line: Line) -> Iterator[Answers]:
    """How long the pod, once admitted, stays on nodes that are not well."""
    nodes = [
        {"metadata": {"name": key}, "spec": {"taints": [{"key": key, "effect": "NoExecute"}]}}
        for key in UNWELL
    ]
    spec = {key: value for key, value in line["pod"]["spec"].items() if key != "nodeName"}
    pod = {"apiVersion": "v1", "kind": "Pod", **line["pod"], "spec": spec}
    placement = dslint.place(
        dslint.Workload.from_object(pod, admitted=True),
        dslint.Inventory.from_objects(nodes),
        kubernetes=KUBERNETES,
    )
    said = {
        key: placement.evicted_after.get(key, "for ever") if key in placement.lands else "never"
        for key in UNWELL
    }
    yield [(key, _stay(line["tolerations_after"], key), said[key]) for key in UNWELL]


def _stay(tolerations: Sequence[Line], key: str) -> object:
    """How long these tolerations let a pod stay under the taint `key:NoExecute`, in seconds."""
    for toleration in tolerations:
        by_key = toleration.get("key", "") in ("", key)
        by_effect = toleration.get("effect", "") in ("", "NoExecute")
        exists = toleration.get("operator") == "Exists"
        if by_key and by_effect and (exists or not toleration.get("value")):
            seconds = toleration.get("tolerationSeconds")
            return "for ever" if seconds is None else max(0, seconds)
    return "never"


def control_plane(line: Line) -> Iterator[Answers]:
    """Each DaemonSet of a whole cluster: the nodes it was made for, and those it was bound to."""
    inventory = dslint.Inventory.from_objects(line["nodes"])
    for daemonset in line["daemonsets"]:
        manifest = daemonset["manifest"]
        placement = dslint.place(
            dslint.Workload.from_object(manifest), inventory, kubernetes=KUBERNETES
        )
        # Those that waited may have waited for room that another DaemonSet's pods took.
        waited = {pending["node"] for pending in daemonset["pending"]}
        bound, lands = set(daemonset["bound_on"]) - waited, set(placement.lands) - waited
        if manifest["spec"]["template"]["spec"].get("nodeName"):
            bound &= lands  # no kubelet was there to refuse it
        name = manifest["metadata"]["name"]
        yield [
            (f"{name} desired", daemonset["desired"], len(placement.desired)),
            (f"{name} created_on", sorted(daemonset["created_on"]), sorted(placement.desired)),
            (f"{name} bound_on", sorted(bound), sorted(lands)),
        ]


def validity(line: Line) -> Iterator[Answers]:
    """Whether an API server takes the manifest."""
    findings = dslint.validity(line["yaml"], kubernetes=KUBERNETES)
    yield [("accepted", line["accepted"], not findings)]


Player = Callable[[Line], Iterator[Answers]]
PLAYERS: Mapping[str, Player] = {
    "pairs": pair,
    "pairs_more": pair,
    "pairs_kubelet": pair,
    "pairs_comparison_operators": comparing_pair,
    "admission": admission,
    "control_plane": control_plane,
    "validity": validity,
}


def main(arguments: Sequence[str]) -> int:
    """Prints every part; 1 where anything disagrees, 2 where there is nothing to play."""
    played = []
    for part in parts(Path(arguments[0]) if arguments else RECORDINGS):
        played.append(part)
        agree = part.compared - len(part.disagreements)
        print(f"{part.name:27} {agree:6,} of {part.compared:6,} agree ({part.answers:,} answers)")
        for disagreement in part.disagreements[:SHOWN]:
            print(f"    {disagreement[:300]}")
    if not played:
        print("no recordings here", file=sys.stderr)
        return 2
    return 1 if any(part.disagreements for part in played) else 0


def _lines(path: Path) -> Iterator[Line]:
    """The recorded cases of one file."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
