"""Placement again, slowly: one workload, one node, no sets, nothing shared with the package.

Reads as the Kubernetes source does: a node comes in, each filter says yes or no. The laws hold the
fast implementation to this one on random clusters.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Dict = Mapping[str, Any]

DAEMON = [
    ("node.kubernetes.io/not-ready", "NoExecute"),
    ("node.kubernetes.io/unreachable", "NoExecute"),
    ("node.kubernetes.io/disk-pressure", "NoSchedule"),
    ("node.kubernetes.io/memory-pressure", "NoSchedule"),
    ("node.kubernetes.io/pid-pressure", "NoSchedule"),
    ("node.kubernetes.io/unschedulable", "NoSchedule"),
]


def tolerations(workload: Dict) -> list[Dict]:
    own = list(pod_of(workload).get("tolerations", []))
    if workload["kind"] == "DaemonSet":
        added = [*DAEMON]
        if pod_of(workload).get("hostNetwork"):
            added.append(("node.kubernetes.io/network-unavailable", "NoSchedule"))
        own += [{"key": key, "operator": "Exists", "effect": effect} for key, effect in added]
    return own


def pod_of(workload: Dict) -> Dict:
    spec = workload["spec"]
    return spec if workload["kind"] == "Pod" else spec["template"]["spec"]


def tolerates(toleration: Dict, taint: Dict) -> bool:
    if toleration.get("effect") and toleration["effect"] != taint["effect"]:
        return False
    if toleration.get("key") and toleration["key"] != taint["key"]:
        return False
    operator = toleration.get("operator") or "Equal"
    if operator == "Equal":
        return toleration.get("value", "") == taint.get("value", "")
    return operator == "Exists"


def repelled(workload: Dict, node: Dict, effects: tuple[str, ...]) -> bool:
    return any(
        taint["effect"] in effects
        and not any(tolerates(toleration, taint) for toleration in tolerations(workload))
        for taint in node["spec"].get("taints", [])
    )


def integer(text: str) -> int | None:
    if not re.fullmatch("[+-]?[0-9]+", text):
        return None
    return int(text) if -(2**63) <= int(text) < 2**63 else None


def parses(requirement: Dict) -> bool:
    values, operator = requirement.get("values", []), requirement["operator"]
    if any(not re.fullmatch("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?", one) for one in values):
        return False
    if operator in ("In", "NotIn"):
        return bool(values)
    if operator in ("Exists", "DoesNotExist"):
        return not values
    return operator in ("Gt", "Lt") and len(values) == 1 and integer(values[0]) is not None


def term_parses(term: Dict) -> bool:
    fields = term.get("matchFields", [])
    return all(parses(one) for one in term.get("matchExpressions", [])) and all(
        len(one["values"]) == 1 and one["operator"] in ("In", "NotIn") for one in fields
    )


def meets(requirement: Dict, labels: Dict) -> bool:
    has = requirement["key"] in labels
    value = labels.get(requirement["key"], "")
    values = requirement.get("values", [])
    match requirement["operator"]:
        case "In":
            return has and value in values
        case "NotIn":
            return not has or value not in values
        case "Exists":
            return has
        case "DoesNotExist":
            return not has
    number, bound = integer(value), integer(values[0])
    if not has or number is None or bound is None:
        return False
    return number > bound if requirement["operator"] == "Gt" else number < bound


def matches(term: Dict, node: Dict) -> bool:
    expressions, fields = term.get("matchExpressions", []), term.get("matchFields", [])
    if not expressions and not fields:
        return False
    if not term_parses(term):
        return False
    labels = node["metadata"].get("labels", {})
    named = (
        (node["metadata"]["name"] == one["values"][0]) == (one["operator"] == "In")
        for one in fields
    )
    return all(meets(one, labels) for one in expressions) and all(named)


def selected(workload: Dict, node: Dict) -> bool:
    pod, labels = pod_of(workload), node["metadata"].get("labels", {})
    if any(labels.get(key) != value for key, value in pod.get("nodeSelector", {}).items()):
        return False
    affinity = pod.get("affinity", {}).get("nodeAffinity", {})
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution")
    return required is None or any(matches(term, node) for term in required["nodeSelectorTerms"])


def amount(text: str) -> Fraction:
    for suffix, factor in (
        ("m", Fraction(1, 1000)),
        ("Gi", Fraction(2**30)),
        ("Mi", Fraction(2**20)),
    ):
        if text.endswith(suffix):
            return int(text.removesuffix(suffix)) * factor
    return Fraction(int(text))


def requested(pod: Dict, resource: str) -> Fraction:
    def of(container: Dict) -> Fraction:
        stated = container.get("resources", {})
        found = stated.get("requests", {}).get(resource, stated.get("limits", {}).get(resource))
        return amount(found) if found else Fraction(0)

    running = sum(map(of, pod["containers"]), Fraction(0))
    return max([running, *map(of, pod.get("initContainers", []))])


def fits(workload: Dict, node: Dict) -> bool:
    allocatable = node.get("status", {}).get("allocatable")
    if allocatable is None:
        return True
    if amount(allocatable.get("pods", "0")) < 1:
        return False
    asked = ((name, requested(pod_of(workload), name)) for name in ("cpu", "memory", "x.io/gpu"))
    return all(not want or want <= amount(allocatable.get(name, "0")) for name, want in asked)


def cordoned(workload: Dict, node: Dict) -> bool:
    taint = {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"}
    passes = any(tolerates(toleration, taint) for toleration in tolerations(workload))
    return bool(node["spec"].get("unschedulable")) and not passes


def desired(workload: Dict, node: Dict) -> bool:
    """Whether a DaemonSet's controller makes a pod for the node."""
    return selected(workload, node) and not repelled(workload, node, ("NoSchedule", "NoExecute"))


def lands(workload: Dict, node: Dict) -> bool:
    return desired(workload, node) and not cordoned(workload, node) and fits(workload, node)


def continues(workload: Dict, node: Dict) -> bool:
    stays = not repelled(workload, node, ("NoExecute",))
    return stays and (workload["kind"] != "DaemonSet" or selected(workload, node))


def preferred_score(workload: Dict, node: Dict) -> int:
    affinity = pod_of(workload).get("affinity", {}).get("nodeAffinity", {})
    score = 0
    for stated in affinity.get("preferredDuringSchedulingIgnoredDuringExecution", []):
        term = stated["preference"]
        if not term_parses(term):
            return -1
        score += stated["weight"] if matches(term, node) else 0
    return score
