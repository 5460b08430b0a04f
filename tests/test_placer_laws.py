"""Laws of placement on random clusters, and a second implementation that must agree."""

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import dslint
from tests import clusters, slow_placement

Dict = dict[str, Any]


def place(workload: Dict, nodes: list[Dict]) -> dslint.Placement:
    return dslint.place(
        dslint.Workload.from_object(workload), dslint.Inventory.from_objects(nodes)
    )


def pod_of(workload: Dict) -> Dict:
    spec: Dict = workload["spec"]
    return spec if workload["kind"] == "Pod" else spec["template"]["spec"]


def required_of(workload: Dict) -> Dict | None:
    affinity = pod_of(workload)["affinity"]["nodeAffinity"]
    found: Dict | None = affinity.get("requiredDuringSchedulingIgnoredDuringExecution")
    return found


@given(clusters.workloads(), clusters.clusters())
def test_the_slow_implementation_agrees(workload: Dict, nodes: list[Dict]) -> None:
    placement = place(workload, nodes)
    names = [node["metadata"]["name"] for node in nodes]

    def those(predicate: Any) -> tuple[str, ...]:
        return tuple(
            name for name, node in zip(names, nodes, strict=True) if predicate(workload, node)
        )

    desired = slow_placement.desired if workload["kind"] == "DaemonSet" else slow_placement.lands
    assert placement.lands == those(slow_placement.lands)
    assert placement.desired == those(desired)
    assert placement.continues == those(slow_placement.continues)
    for name, node in zip(names, nodes, strict=True):
        assert placement.preferred_score(name) == slow_placement.preferred_score(workload, node)


@given(clusters.workloads(), clusters.clusters())
def test_a_node_lands_or_is_refused(workload: Dict, nodes: list[Dict]) -> None:
    placement = place(workload, nodes)
    refused = {name for refusal in placement.refusals for name in refusal.nodes}
    names = {node["metadata"]["name"] for node in nodes}
    assert set(placement.lands) == names - refused
    assert set(placement.pending) == set(placement.desired) - set(placement.lands)


@given(clusters.workloads(), clusters.clusters(), clusters.tolerations)
def test_adding_a_toleration_never_loses_a_node(
    workload: Dict, nodes: list[Dict], toleration: Dict
) -> None:
    more = copy.deepcopy(workload)
    pod_of(more)["tolerations"].append(toleration)
    assert set(place(workload, nodes).lands) <= set(place(more, nodes).lands)


@given(clusters.workloads(), clusters.clusters(), clusters.requirements)
def test_adding_a_requirement_never_gains_a_node(
    workload: Dict, nodes: list[Dict], requirement: Dict
) -> None:
    required = required_of(workload)
    # An empty term matches nothing: the first requirement is what makes it a term at all.
    terms = required["nodeSelectorTerms"] if required else []
    more = copy.deepcopy(workload)
    for number, term in enumerate(terms):
        if term.get("matchExpressions") or term.get("matchFields"):
            own = required_of(more)
            assert own is not None
            own["nodeSelectorTerms"][number].setdefault("matchExpressions", []).append(requirement)
    assert set(place(more, nodes).lands) <= set(place(workload, nodes).lands)


@given(clusters.workloads(), clusters.clusters(), clusters.terms)
def test_adding_a_term_never_loses_a_node(workload: Dict, nodes: list[Dict], term: Dict) -> None:
    more = copy.deepcopy(workload)
    required = required_of(more)
    if required is not None:
        required["nodeSelectorTerms"].append(term)
    assert set(place(workload, nodes).lands) <= set(place(more, nodes).lands)


@given(clusters.workloads(), clusters.clusters(), st.randoms(use_true_random=False))
def test_permuting_the_nodes_permutes_the_answer(
    workload: Dict, nodes: list[Dict], random: Any
) -> None:
    order = {node["metadata"]["name"]: number for number, node in enumerate(nodes)}
    shuffled = random.sample(nodes, len(nodes))
    placement, other = place(workload, nodes), place(workload, shuffled)
    assert sorted(other.lands, key=order.__getitem__) == list(placement.lands)
    assert sorted(other.desired, key=order.__getitem__) == list(placement.desired)


@given(clusters.workloads(("DaemonSet",)), clusters.clusters(), st.integers(0, 4))
def test_an_untaint_never_loses_a_daemonsets_node(
    workload: Dict, nodes: list[Dict], number: int
) -> None:
    clean = copy.deepcopy(nodes)
    clean[number % len(clean)]["spec"]["taints"] = []
    assert set(place(workload, nodes).lands) <= set(place(workload, clean).lands)


@given(clusters.clusters(), st.sampled_from(("Pod", "DaemonSet")))
def test_without_constraints_it_lands_on_every_untainted_ready_node(
    nodes: list[Dict], kind: str
) -> None:
    workload = clusters.workload(kind, {"containers": [{"name": "c", "image": "i"}]})
    free = [
        node["metadata"]["name"]
        for node in nodes
        if not node["spec"]["taints"]
        and not node["spec"].get("unschedulable")
        and node.get("status", {}).get("allocatable", {}).get("pods") != "0"
    ]
    assert set(free) <= set(place(workload, nodes).lands)


@given(clusters.workloads(), clusters.clusters())
def test_classes_of_nodes_answer_as_single_nodes_do(workload: Dict, nodes: list[Dict]) -> None:
    many: list[Dict] = []
    for copy_number in range(14):
        for node in nodes:
            name = f"{node['metadata']['name']}-{copy_number}"
            labels = {**node["metadata"]["labels"], "kubernetes.io/hostname": name}
            many.append({**node, "metadata": {"name": name, "labels": labels}})
    alone = [node["metadata"]["name"] for node in many if slow_placement.lands(workload, node)]
    assert list(place(workload, many).lands) == alone
