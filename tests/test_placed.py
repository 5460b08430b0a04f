"""A workload's line in a report: what it asks for, and the whole refusal of an invalid one."""

import pytest

from dslint import ranking, target
from dslint.finding import Finding
from dslint.inventory import Inventory
from dslint.placed import asked_nodes, placed
from dslint.placement import Placement
from dslint.workloads import Workload


def pod(**spec: object) -> Workload:
    manifest = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": spec}
    return Workload.from_object(manifest)


def affinity(*terms: list[object]) -> object:
    stated = {"nodeSelectorTerms": [{"matchExpressions": term} for term in terms]}
    return {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": stated}}


AMD = {"key": "arch", "operator": "In", "values": ["amd64"]}
GPU = {"key": "gpu", "operator": "Exists"}

ASKED = {
    "nothing": ({}, ""),
    "a node": ({"nodeName": "n-1"}, "nodeName=n-1"),
    "labels": ({"nodeSelector": {"a": "b", "c": "d"}}, "a=b, c=d"),
    "a term": ({"affinity": affinity([AMD, GPU])}, "arch In [amd64] and gpu Exists"),
    "terms": (
        {"affinity": affinity([AMD, GPU], [GPU])},
        "(arch In [amd64] and gpu Exists) or gpu Exists",
    ),
    "an empty term": ({"affinity": affinity([])}, "an empty term"),
    "no term": ({"affinity": affinity()}, "no term"),
    "both": ({"nodeSelector": {"a": "b"}, "affinity": affinity([GPU])}, "a=b, gpu Exists"),
}


@pytest.mark.parametrize(("spec", "says"), ASKED.values(), ids=ASKED)
def test_what_a_pod_asks_for_in_one_line(spec: dict[str, object], says: str) -> None:
    assert asked_nodes(pod(**spec)) == says


NODES = Inventory.from_objects([{"metadata": {"name": "n-1"}}, {"metadata": {"name": "n-2"}}])
TARGET = target.of(target.NEWEST)


def finding(what: str, workload: str = "Pod/default/a", pruned: bool = False) -> Finding:
    return Finding(
        "DS102",
        "wrong-type",
        "error",
        what,
        "",
        "",
        "a.yaml",
        3,
        4,
        "spec.x",
        workload,
        True,
        pruned,
    )


def test_what_is_refused_lands_nowhere() -> None:
    found = placed(pod(), NODES, TARGET, [finding("one"), finding("two")])
    assert found.placement.lands == found.placement.desired == found.placement.continues == ()
    (refusal,) = found.placement.refusals
    assert refusal.predicate == "validity"
    assert tuple(refusal.nodes) == ("n-1", "n-2")
    assert refusal.because == "an API server refuses it: DS102 one (and 1 more)"
    assert (refusal.at.file, refusal.at.line, refusal.at.path) == ("a.yaml", 3, "spec.x")
    assert found.sentence == ""


NO_MATTER = {
    "of another workload": finding("x", "Pod/default/b"),
    "of strict validation alone": finding("x", pruned=True),
}


@pytest.mark.parametrize("said", NO_MATTER.values(), ids=NO_MATTER)
def test_what_does_not_refuse_the_workload(said: Finding) -> None:
    assert tuple(placed(pod(), NODES, TARGET, [said]).placement.lands) == ("n-1", "n-2")


def test_what_refuses_the_whole_document_refuses_the_workload() -> None:
    assert placed(pod(), NODES, TARGET, [finding("x", "")]).placement.lands == ()


def test_a_pod_that_lands_nowhere_has_the_schedulers_sentence() -> None:
    found = placed(pod(nodeSelector={"a": "b"}), NODES, TARGET, [])
    assert found.sentence.startswith("0/2 nodes are available: 2 node(s) didn't match")


RANKED = {
    "nothing preferred": (((), ()), ()),
    "one preferred": ((((10, ("b",)),), ()), (("a", 0, 0, 2), ("b", 10, 0, 1), ("c", 0, 0, 2))),
    "a taint outweighs": (
        (((10, ("b",)),), ((1, ("b",)),)),
        (("a", 0, 0, 1), ("b", 10, 1, 3), ("c", 0, 0, 1)),
    ),
    "a node that is none of them": (
        ((), ((1, ("a", "z")),)),
        (("a", 0, 1, 3), ("b", 0, 0, 1), ("c", 0, 0, 1)),
    ),
}


@pytest.mark.parametrize(("parts", "ranks"), RANKED.values(), ids=RANKED)
def test_nodes_are_ranked(
    parts: tuple[tuple[tuple[int, tuple[str, ...]], ...], ...], ranks: tuple[object, ...]
) -> None:
    preferred, repelled = parts
    lands = ("a", "b", "c")
    placement = Placement(lands, lands, (), lands, (), preferred=preferred, repelled=repelled)
    assert ranking.rank(placement) == ranks
