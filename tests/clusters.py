"""Random workloads and nodes over few keys and values, so that they meet each other often."""

from typing import Any

from hypothesis import strategies as st

KEYS = ("disk", "zone", "cores", "kubernetes.io/hostname")
VALUES = ("a", "b", "4", "08", "-1", "true", "")
TAINT_KEYS = ("dedicated", "node.kubernetes.io/not-ready", "node.kubernetes.io/unschedulable")
EFFECTS = ("NoSchedule", "NoExecute", "PreferNoSchedule")
NAMES = ("n0", "n1", "n2", "n3", "n4")

values = st.sampled_from(VALUES)
taints = st.fixed_dictionaries(
    {"key": st.sampled_from(TAINT_KEYS), "effect": st.sampled_from(EFFECTS)},
    optional={"value": st.sampled_from(("a", "b"))},
)
tolerations = st.fixed_dictionaries(
    {},
    optional={
        "key": st.sampled_from(TAINT_KEYS),
        "operator": st.sampled_from(("Exists", "Equal", "exists", "Gt")),
        "value": st.sampled_from(("a", "b", "")),
        "effect": st.sampled_from(EFFECTS),
    },
)
amounts = st.fixed_dictionaries(
    {},
    optional={
        "cpu": st.sampled_from(("500m", "1", "2500m", "4")),
        "memory": st.sampled_from(("512Mi", "1Gi", "4Gi")),
        "x.io/gpu": st.sampled_from(("1", "2")),
    },
)
requirements = st.fixed_dictionaries(
    {
        "key": st.sampled_from(KEYS),
        "operator": st.sampled_from(("In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt", "in")),
    },
    optional={"values": st.lists(values, max_size=2)},
)
fields = st.fixed_dictionaries(
    {
        "key": st.just("metadata.name"),
        "operator": st.sampled_from(("In", "NotIn")),
        "values": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
    }
)
terms = st.fixed_dictionaries(
    {},
    optional={
        "matchExpressions": st.lists(requirements, max_size=3),
        "matchFields": st.lists(fields, max_size=1),
    },
)
containers = st.fixed_dictionaries(
    {"name": st.just("c"), "image": st.just("i")},
    optional={
        "resources": st.fixed_dictionaries({}, optional={"requests": amounts, "limits": amounts})
    },
)


@st.composite
def nodes(draw: st.DrawFn, name: str = "n0") -> dict[str, Any]:
    labels = draw(st.dictionaries(st.sampled_from(KEYS[:3]), values))
    node: dict[str, Any] = {
        "metadata": {"name": name, "labels": {**labels, KEYS[3]: name}},
        "spec": {"taints": draw(st.lists(taints, max_size=2))},
    }
    if draw(st.booleans()):
        node["spec"]["unschedulable"] = True
    if draw(st.booleans()):
        node["status"] = {"allocatable": draw(amounts) | {"pods": draw(st.sampled_from("019"))}}
    return node


@st.composite
def clusters(draw: st.DrawFn) -> list[dict[str, Any]]:
    return [draw(nodes(name)) for name in NAMES[: draw(st.integers(1, len(NAMES)))]]


@st.composite
def workloads(draw: st.DrawFn, kinds: tuple[str, ...] = ("Pod", "DaemonSet")) -> dict[str, Any]:
    affinity: dict[str, Any] = {}
    if draw(st.booleans()):
        affinity["requiredDuringSchedulingIgnoredDuringExecution"] = {
            "nodeSelectorTerms": draw(st.lists(terms, max_size=3))
        }
    if draw(st.booleans()):
        affinity["preferredDuringSchedulingIgnoredDuringExecution"] = [
            {"weight": draw(st.integers(1, 100)), "preference": draw(terms)}
        ]
    pod: dict[str, Any] = {
        "containers": draw(st.lists(containers, min_size=1, max_size=2)),
        "tolerations": draw(st.lists(tolerations, max_size=2)),
        "affinity": {"nodeAffinity": affinity},
    }
    if draw(st.booleans()):
        pod["nodeSelector"] = draw(st.dictionaries(st.sampled_from(KEYS[:3]), values, max_size=1))
    if draw(st.booleans()):
        pod["initContainers"] = [draw(containers)]
    if draw(st.booleans()):
        pod["hostNetwork"] = True
    kind = draw(st.sampled_from(kinds))
    return workload(kind, pod)


def workload(kind: str, pod: dict[str, Any]) -> dict[str, Any]:
    """A manifest of that kind with the pod spec in its place."""
    version = "v1" if kind == "Pod" else "apps/v1"
    spec = pod if kind == "Pod" else {"template": {"spec": pod}}
    return {"apiVersion": version, "kind": kind, "metadata": {"name": "w"}, "spec": spec}
