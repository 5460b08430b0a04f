"""Large and odd input costs as much more as it is longer: work is counted at two sizes."""

import sys
from collections.abc import Callable

import pytest

import dslint
from dslint import spelling

TIMES = 8
POD = """
apiVersion: v1
kind: Pod
metadata: {{name: a}}
spec:
  containers: [{{name: a, image: a}}]
{}
"""
NODES = dslint.Inventory.from_objects(
    [
        {"metadata": {"name": f"n{i}"}, "spec": {"taints": [{"key": f"t{i}", "effect": effect}]}}
        for i, effect in enumerate(("NoSchedule", "NoExecute", "PreferNoSchedule"))
    ]
)


def calls(function: Callable[[], object]) -> int:
    """How many Python functions, generators' steps included, run meanwhile."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(called)
    try:
        function()
    finally:
        sys.setprofile(before)
    return count


def growth(make: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times the work of `size` is that of TIMES as much; TIMES where it is linear."""
    make(size)()  # what is kept for the next run is made here
    return calls(make(size * TIMES)) / calls(make(size))


TOLERATIONS = {
    "of keys of their own": "{{key: k{}, operator: Exists, effect: NoSchedule}}",
    "of one key": "{{key: k, value: v{}, effect: NoSchedule}}",
    "all the same": "{{key: k, operator: Exists}}",
    "for other times": "{{key: k, operator: Exists, effect: NoExecute, tolerationSeconds: {}}}",
    "of the controller's": "{{key: node.kubernetes.io/not-ready, operator: Exists, value: v{}}}",
    "of the old control plane": "{{key: node-role.kubernetes.io/master, value: v{}}}",
    "without a key": "{{value: v{}}}",
    "of everything": "{{operator: Exists}}",
    "that compare": "{{key: k, operator: Gt, value: '{}', effect: NoSchedule}}",
}


@pytest.mark.parametrize("inventory", [None, NODES], ids=["alone", "with nodes"])
@pytest.mark.parametrize("one", TOLERATIONS.values(), ids=TOLERATIONS)
def test_tolerations_are_not_compared_with_each_other(one, inventory):
    gate = {"TaintTolerationComparisonOperators": True}

    def make(size: int) -> Callable[[], object]:
        lines = "\n".join(f"  - {one.format(i)}" for i in range(size))
        text = POD.format(f"  tolerations:\n{lines}\n  - {{operator: Exists, effect: NoExecute}}")
        return lambda: dslint.lint(text, inventory=inventory, feature_gates=gate)

    assert growth(make, 100) < TIMES * 1.5


FIELDS = {
    "of one object": "  k{0}: 1",
    "nearly known": "  toleratn{0}s: 1",
    "of many objects": "  - {{name: a{0}, image: a, imagePullPol{0}x: 1}}",
}


@pytest.mark.parametrize("one", FIELDS.values(), ids=FIELDS)
def test_unknown_fields_are_each_asked_for_once(one):
    def make(size: int) -> Callable[[], object]:
        lines = "\n".join(one.format(i) for i in range(size))
        text = POD.format("  initContainers:\n" * one.startswith("  -") + lines)
        return lambda: dslint.lint(text)

    assert growth(make, 100) < TIMES * 1.5


AFFINITY = """
  affinity:
    nodeAffinity:
      requiredDuringSchedulingIgnoredDuringExecution:
        nodeSelectorTerms:
"""
IN = "{{key: k{0}, operator: In, values: [v{0}]}}"
LISTS = {
    "terms": (AFFINITY, f"        - matchExpressions: [{IN}]"),
    "terms of one label": (
        AFFINITY,
        "        - matchExpressions: [{{key: k, operator: In, values: [v{}]}}]",
    ),
    "requirements": (f"{AFFINITY}        - matchExpressions:", f"          - {IN}"),
    "requirements of one label": (
        f"{AFFINITY}        - matchExpressions:",
        "          - {{key: k, operator: NotIn, values: [v{}]}}",
    ),
    "numbers": (
        f"{AFFINITY}        - matchExpressions:",
        "          - {{key: k, operator: Gt, values: ['{}']}}",
    ),
    "values of a wrong type": ("  nodeSelector:", "    k{}: yes"),
    "containers of a wrong type": ("  initContainers:", "  - 1"),
}


@pytest.mark.parametrize("inventory", [None, NODES], ids=["alone", "with nodes"])
@pytest.mark.parametrize(("head", "one"), LISTS.values(), ids=LISTS)
def test_long_lists_are_looked_at_once(head, one, inventory):
    def make(size: int) -> Callable[[], object]:
        text = POD.format("\n".join((head.strip("\n"), *(one.format(i) for i in range(size)))))
        return lambda: dslint.lint(text, inventory=inventory)

    assert growth(make, 120) < TIMES * 1.5


def test_a_text_is_split_into_lines_once():
    text = POD.format("  nodeSelector:\n" + "\n".join(f"    k{i}: yes" for i in range(50)))
    before = spelling._lines.cache_info().misses
    assert len(dslint.validity(text)) == 50
    assert spelling._lines.cache_info().misses <= before + 1
