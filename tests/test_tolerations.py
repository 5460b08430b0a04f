"""Which toleration tolerates which taint, and what a controller adds."""

from typing import Any

import pytest

from dslint import tolerations
from dslint.node_facts import Taint
from dslint.tolerations import Toleration
from dslint.workloads import Workload

GPU = Taint("gpu", "a100", "NoSchedule")


@pytest.mark.parametrize(
    ("toleration", "tolerated"),
    [
        pytest.param(Toleration("gpu", "Equal", "a100", "NoSchedule"), True, id="the same"),
        pytest.param(Toleration("gpu", "", "a100", ""), True, id="no operator is Equal"),
        pytest.param(Toleration("gpu", "Equal", "", "NoSchedule"), False, id="another value"),
        pytest.param(Toleration("gpu", "Exists", "", ""), True, id="any value and effect"),
        pytest.param(Toleration("", "Exists", "", ""), True, id="everything"),
        pytest.param(Toleration("", "Equal", "a100", ""), True, id="no key, Equal: any key"),
        pytest.param(Toleration("", "Equal", "x", ""), False, id="no key, another value"),
        pytest.param(Toleration("gpu", "Exists", "", "NoExecute"), False, id="another effect"),
        pytest.param(Toleration("cpu", "Exists", "", ""), False, id="another key"),
        pytest.param(Toleration("gpu", "exists", "", ""), False, id="no such operator"),
    ],
)
def test_tolerates(toleration: Toleration, tolerated: bool) -> None:
    assert tolerations.tolerates(toleration, GPU) is tolerated


@pytest.mark.parametrize(
    ("operator", "wanted", "value", "tolerated"),
    [
        pytest.param("Gt", "5", "7", True, id="greater"),
        pytest.param("Gt", "7", "7", False, id="equal is not greater"),
        pytest.param("Lt", "-10", "-11", True, id="below zero"),
        pytest.param("Lt", "5", "7", False, id="not less"),
        pytest.param("Gt", "+5", "7", False, id="a plus sign is no number"),
        pytest.param("Gt", "05", "7", False, id="a leading zero is none"),
        pytest.param("Gt", "5", "seven", False, id="a taint that is no number"),
        pytest.param("Lt", "9223372036854775807", "9223372036854775808", False, id="past int64"),
        pytest.param("gt", "5", "7", False, id="no such operator"),
    ],
)
def test_compares(operator: str, wanted: str, value: str, tolerated: bool) -> None:
    taint, toleration = Taint("sla", value, "NoSchedule"), Toleration("sla", operator, wanted, "")
    assert tolerations.tolerates(toleration, taint, comparison=True) is tolerated
    assert tolerations.tolerates(toleration, taint) is False


def daemonset(**pod: Any) -> Workload:
    return Workload.from_object({"kind": "DaemonSet", "spec": {"template": {"spec": pod}}})


def test_a_daemonsets_controller_adds_six() -> None:
    added = tolerations.of(daemonset())
    assert len(added) == 6
    assert all(one.operator == "Exists" and one.position == -1 for one in added)


def test_and_a_seventh_with_host_network() -> None:
    added = tolerations.of(daemonset(hostNetwork=True))
    assert added[-1].key == "node.kubernetes.io/network-unavailable"


def test_the_controllers_toleration_takes_the_place_of_the_same_one() -> None:
    own = {
        "key": "node.kubernetes.io/not-ready",
        "operator": "Exists",
        "effect": "NoExecute",
        "tolerationSeconds": 30,
    }
    first, *others = tolerations.of(daemonset(tolerations=[own]))
    assert (first.position, first.seconds) == (0, None)
    assert len(others) == 5


@pytest.mark.parametrize(
    ("toleration", "shown"),
    [
        (Toleration("k", "Equal", "v", "NoSchedule"), "k=v:NoSchedule"),
        (Toleration("k", "", "", ""), "k"),
        (Toleration("", "Exists", "", ""), "* (Exists)"),
        (Toleration("k", "Gt", "5", "NoExecute"), "k:NoExecute (Gt 5)"),
    ],
)
def test_shown(toleration: Toleration, shown: str) -> None:
    assert str(toleration) == shown


def test_told_with_its_place() -> None:
    assert Toleration("k", "Exists", "", "", position=2).told == "tolerations[2] (k (Exists))"
    assert Toleration("k", "Exists", "", "").told == "what Kubernetes adds (k (Exists))"
