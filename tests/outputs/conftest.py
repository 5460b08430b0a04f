"""Reports made by hand, one of each kind, for every format to fill."""

from collections.abc import Mapping

import pytest

from dslint.finding import Finding
from dslint.model import Place
from dslint.placement import Placement, Refusal
from dslint.report import (
    CheckReport,
    ExplainReport,
    LintReport,
    NodesReport,
    Placed,
    PlacementReport,
    Report,
    RulesReport,
    Step,
)

FINDING = Finding(
    rule="DS204",
    name="toleration-exists-with-value",
    severity="error",
    what="toleration a: Exists with a value",
    why="Exists takes no value.",
    fix="remove the value",
    file="ds.yaml",
    line=14,
    column=11,
    path="spec.template.spec.tolerations[0].operator",
    workload="DaemonSet/default/a",
    rejected=True,
)
LINT = LintReport("1.37", (FINDING,), 3, 4, (("x.yaml", "says apiVersion nowhere"),))
GPU = Refusal(
    "taints",
    tuple(f"gpu-{number}" for number in range(1, 8)),
    "untolerated taint dedicated=gpu:NoSchedule",
    Place("ds.yaml", 17, 9, "spec.template.spec.tolerations"),
)
DAEMONSET = Placed(
    "DaemonSet",
    "kube-system",
    "fluentd",
    Place("ds.yaml", 1, 1),
    Placement(
        desired=("n-1", "n-2"),
        lands=("n-1",),
        pending=("n-2",),
        continues=("n-1", "n-2"),
        refusals=(GPU, Refusal("resources", ("n-2",), "Insufficient cpu", Place("", 0, 0))),
        evicted_after={"n-1": 300},
        not_judged=("podAffinity",),
    ),
    "kubernetes.io/os=linux",
)
POD = Placed(
    "Pod",
    "default",
    "web",
    Place("pod.yaml", 3, 1),
    Placement(("n-1", "n-2"), ("n-1", "n-2"), (), (), ()),
    ranked=(("n-1", 0, 1, 2), ("n-2", 50, 0, 1)),
)
NOWHERE = Placed(
    "Job",
    "default",
    "never",
    Place("job.yaml", 1, 1),
    Placement((), (), (), (), (GPU,)),
    sentence="0/9 nodes are available: 9 node(s) had untolerated taint(s).",
)
PLACEMENT = PlacementReport("1.37", ("nodes.yaml",), 9, (DAEMONSET, POD, NOWHERE), (FINDING,))
STEPS = (
    Step("node_name", passes=True, because="no nodeName asks for a node", at=Place("", 0, 0)),
    Step(
        "taints",
        passes=False,
        because=GPU.because,
        at=GPU.at,
        details=("false taint dedicated=gpu:NoSchedule",),
    ),
)
EXPLANATION = ExplainReport(
    "1.37",
    "DaemonSet",
    "kube-system",
    "fluentd",
    "gpu-1",
    lands=False,
    steps=STEPS,
    edit=("spec.template.spec.tolerations[0]", {"key": "dedicated"}),
    diff="--- ds.yaml\n+++ ds.yaml\n+  - key: dedicated\n",
    kubectl="kubectl taint nodes gpu-1 dedicated:NoSchedule-",
    hints=("the key differs by case",),
    not_judged=("volumes",),
)
LANDS = ExplainReport(
    "1.37", "Pod", "default", "web", "n-1", lands=True, steps=STEPS[:1], evicted_after=300
)
NODE: Mapping[str, object] = {
    "metadata": {
        "name": "cp-1",
        "labels": {
            "node-role.kubernetes.io/control-plane": "",
            "kubernetes.io/os": "linux",
            "kubernetes.io/arch": "amd64",
        },
    },
    "spec": {
        "unschedulable": True,
        "taints": [{"key": "a", "value": "b", "effect": "NoSchedule"}, {"key": "c"}],
    },
    "status": {"capacity": {"cpu": "4", "memory": "16Gi"}},
}
ODD: Mapping[str, object] = {"metadata": {"name": "odd", "labels": []}, "spec": {"taints": 3}}
NODES = NodesReport(("nodes.yaml",), (NODE, ODD), (FINDING,))
RULE = {
    "id": "DS204",
    "name": "toleration-exists-with-value",
    "severity": "error",
    "rejected": True,
    "summary": "Exists with a value.",
    "why": "Exists takes\nno value.",
    "kinds": [],
    "fixable": False,
    "needs_inventory": False,
    "references": ["https://kubernetes.io/"],
}
RULES = RulesReport((RULE,))
PAGE = RulesReport(
    ({**RULE, "fix": "remove the value", "good": ("a: 1",), "bad": ("a: 2\nb: 3",)},), one=True
)

REPORTS: dict[str, Report] = {
    "lint": LINT,
    "place": PLACEMENT,
    "check": CheckReport(LINT, PLACEMENT),
    "check without an inventory": CheckReport(LINT),
    "explain": EXPLANATION,
    "explain what lands": LANDS,
    "nodes": NODES,
    "no nodes": NodesReport((), ()),
    "rules": RULES,
    "rule": PAGE,
}


@pytest.fixture
def reports() -> Mapping[str, Report]:
    """Each report by what it is."""
    return REPORTS


@pytest.fixture(params=REPORTS)
def every_report(request: pytest.FixtureRequest) -> Report:
    """Each report in turn."""
    return REPORTS[request.param]
