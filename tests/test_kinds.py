"""What an apiVersion and kind are to a version of Kubernetes, and what is said of them."""

from collections.abc import Mapping

import pytest

from dslint import kinds
from dslint.target import Target

NEWEST = Target()


def thing(api_version: object, kind: object) -> Mapping[str, object]:
    return {"apiVersion": api_version, "kind": kind}


@pytest.mark.parametrize(
    ("api_version", "kind", "status"),
    [
        ("apps/v1", "DaemonSet", "workload"),
        ("v1", "PodTemplate", "workload"),
        ("v1", "ConfigMap", "known"),
        ("v1", "Node", "known"),
        ("v1", "List", "known"),
        ("v1", "Config", "foreign"),
        ("example.com/v1", "DaemonSet", "foreign"),
        ("snapshot.storage.k8s.io/v1", "VolumeSnapshot", "foreign"),
        ("app/v1", "Thing", "foreign"),
        ("app/v1", "DaemonSet", "unknown"),
        ("Apps/v1", "DaemonSet", "unknown"),
        ("apps/V1", "DaemonSet", "unknown"),
        ("apps/v1", "Daemonset", "unknown"),
        ("v1", "DaemonSet", "unknown"),
        ("extensions/v1beta1", "DaemonSet", "removed"),
        ("batch/v1beta1", "CronJob", "removed"),
        ("settings.k8s.io/v1alpha1", "PodPreset", "removed"),
        ("apps/v1", None, "partial"),
        ("", "Pod", "partial"),
        (1, "Pod", "partial"),
        (False, None, "partial"),
        (None, "", "none"),
    ],
)
def test_status(api_version: object, kind: object, status: str) -> None:
    assert kinds.status(thing(api_version, kind), NEWEST) == status


@pytest.mark.parametrize("data", [None, [], "text", {}, {"a": 1}])
def test_what_is_no_object_has_no_kind(data: object) -> None:
    assert kinds.status(data, NEWEST) == "none"


@pytest.mark.parametrize(
    ("kubernetes", "status"), [("1.25", "known"), ("1.26", "removed"), ("1.37", "removed")]
)
def test_status_depends_on_the_version(kubernetes: str, status: str) -> None:
    autoscaler = thing("autoscaling/v2beta2", "HorizontalPodAutoscaler")
    assert kinds.status(autoscaler, Target(kubernetes)) == status


def test_a_kind_that_comes_later_is_unknown_and_dated() -> None:
    policy = thing("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy")
    (complaint,) = kinds.complaints(policy, Target("1.29"))
    assert complaint.rule == "DS136"
    assert complaint.what.endswith("1.30 is the first that has it")


@pytest.mark.parametrize(
    ("api_version", "kind", "path", "fix", "edits"),
    [
        pytest.param("apps/v1", "Daemonset", "kind", "write kind: DaemonSet", 1, id="case"),
        pytest.param("apps/v1", "DeamonSet", "kind", "write kind: DaemonSet", 1, id="swapped"),
        pytest.param(
            "apps/V1", "DaemonSet", "apiVersion", "write apiVersion: apps/v1", 1, id="version-case"
        ),
        pytest.param(
            "apps/V1",
            "daemonSet",
            "kind",
            "write apiVersion: apps/v1 and kind: DaemonSet",
            2,
            id="both",
        ),
        pytest.param(
            "v1", "Deployment", "apiVersion", "write apiVersion: apps/v1", 0, id="other-group"
        ),
        pytest.param(
            "apps/v1",
            "Ingress",
            "apiVersion",
            "write apiVersion: networking.k8s.io/v1",
            0,
            id="ingress",
        ),
        pytest.param(
            "app/v1",
            "DaemonSet",
            "apiVersion",
            "write apiVersion: apps/v1",
            1,
            id="misspelled-group",
        ),
        pytest.param("apps/v1", "Zebra", "kind", None, 0, id="nothing-near"),
    ],
)
def test_an_unknown_kind_names_the_nearest(
    api_version: str, kind: str, path: str, fix: str | None, edits: int
) -> None:
    (complaint,) = kinds.complaints(thing(api_version, kind), NEWEST)
    assert (complaint.rule, complaint.path, complaint.fix) == ("DS136", (path,), fix)
    assert len(complaint.edit or ()) == edits


@pytest.mark.parametrize(
    ("api_version", "kind", "since", "fix"),
    [
        ("extensions/v1beta1", "DaemonSet", "1.16", "use apiVersion: apps/v1"),
        ("extensions/v1beta1", "Ingress", "1.22", "use apiVersion: networking.k8s.io/v1"),
        ("batch/v1beta1", "CronJob", "1.25", "use apiVersion: batch/v1"),
        (
            "autoscaling/v2beta2",
            "HorizontalPodAutoscaler",
            "1.26",
            "use apiVersion: autoscaling/v2",
        ),
        (
            "policy/v1beta1",
            "PodSecurityPolicy",
            "1.25",
            "Kubernetes has no PodSecurityPolicy any more: drop it",
        ),
    ],
)
def test_a_removed_version_names_its_successor(
    api_version: str, kind: str, since: str, fix: str
) -> None:
    (complaint,) = kinds.complaints(thing(api_version, kind), NEWEST, ("items", 0))
    assert (complaint.rule, complaint.path) == ("DS104", ("items", 0, "apiVersion"))
    assert complaint.what == f"{api_version} {kind} is not served since Kubernetes {since}"
    assert complaint.fix == fix


def test_a_version_that_will_go_is_deprecated() -> None:
    (complaint,) = kinds.complaints(
        thing("autoscaling/v2beta2", "HorizontalPodAutoscaler"), Target("1.25")
    )
    assert (complaint.rule, complaint.fix) == ("DS105", "use apiVersion: autoscaling/v2")


def test_a_version_that_will_go_without_successor() -> None:
    (complaint,) = kinds.complaints(
        thing("networking.k8s.io/v1alpha1", "ClusterCIDR"), Target("1.28")
    )
    assert (complaint.rule, complaint.fix) == ("DS105", None)


def test_half_a_header() -> None:
    (no_version,) = kinds.complaints({"kind": "CronJob"}, NEWEST)
    assert (no_version.rule, no_version.path) == ("DS007", ("apiVersion",))
    assert no_version.edit == ({"op": "add", "path": "/apiVersion", "value": "batch/v1"},)
    (no_kind,) = kinds.complaints({"apiVersion": "v1", "kind": None}, NEWEST)
    assert (no_kind.path, no_kind.fix, no_kind.edit) == (("kind",), None, None)


@pytest.mark.parametrize(
    ("found", "read"),
    [
        pytest.param(thing("v1", "Pod"), thing("v1", "Pod"), id="right"),
        pytest.param({"apiVersion": "v1", "Kind": "Pod"}, thing("v1", "Pod"), id="kind"),
        pytest.param({"APIVERSION": "v1", "kind": "Pod"}, thing("v1", "Pod"), id="version"),
        pytest.param({"kind": None, "Kind": "Pod"}, {"kind": None, "Kind": "Pod"}, id="taken"),
        pytest.param({"a": 1}, {"a": 1}, id="neither"),
    ],
)
def test_a_header_is_read_in_any_case(found: Mapping[str, object], read: object) -> None:
    assert kinds.read(found) == read  # encoding/json, in SimpleMetaFactory.Interpret


@pytest.mark.parametrize(
    ("api_version", "status"),
    [
        pytest.param("v1", "known", id="core"),
        pytest.param("apps/v1", "known", id="any version that is served"),
        pytest.param("v2", "unknown", id="no version"),
        pytest.param("extensions/v1beta1", "unknown", id="not served any more"),
        pytest.param("example.com/v1", "foreign", id="foreign"),
    ],
)
def test_a_list_is_of_any_version_that_is_served(api_version: str, status: str) -> None:
    assert kinds.status(thing(api_version, "List"), NEWEST) == status  # restmapper/discovery.go


def test_a_list_of_no_version_is_meant_for_v1() -> None:
    (complaint,) = kinds.complaints(thing("v2", "List"), NEWEST)
    assert (complaint.path, complaint.fix) == (("apiVersion",), "write apiVersion: v1")


@pytest.mark.parametrize(
    "found", [thing("v1", "List"), thing("v1", "Pod"), thing("x.io/v1", "Y"), {}]
)
def test_nothing_is_said_of_what_is_right_or_foreign(found: Mapping[str, object]) -> None:
    assert list(kinds.complaints(found, NEWEST)) == []


def test_a_version_without_the_usual_form_is_the_least_stable() -> None:
    assert kinds.successor("old/v1", "Pod", NEWEST) == "v1"
    assert kinds.successor("v1", "Event", NEWEST) == "events.k8s.io/v1"
