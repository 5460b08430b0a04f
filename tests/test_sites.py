"""The sites of a workload, each with its place, and none where a type is wrong."""

import pytest

from dslint import sites
from dslint.workloads import Workload

POD = {
    "nodeSelector": {"disk": "ssd", "a.b/c": "d"},
    "tolerations": [{"key": "a"}, "wrong", {"key": "b"}],
    "volumes": [{"name": "v"}],
    "containers": [
        {"name": "c", "env": [{"name": "E"}], "ports": [{"containerPort": 1}]},
        {"name": "d", "volumeMounts": [{"name": "v"}]},
    ],
    "initContainers": [{"name": "i", "volumeMounts": [{"name": "v"}]}],
    "ephemeralContainers": [{"name": "e"}],
    "affinity": {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {
                "nodeSelectorTerms": [
                    {"matchExpressions": [{"key": "x"}], "matchFields": [{"key": "metadata.name"}]}
                ]
            },
            "preferredDuringSchedulingIgnoredDuringExecution": [
                {
                    "weight": 1,
                    "preference": {
                        "matchExpressions": [{"key": "y"}],
                        "matchFields": [{"key": "metadata.name"}],
                    },
                }
            ],
        }
    },
}
WORKLOAD = Workload.from_object({"apiVersion": "v1", "kind": "Pod", "spec": POD})
AFFINITY = ("spec", "affinity", "nodeAffinity")
TERM = (*AFFINITY, "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms", 0)
PREFERRED = (*AFFINITY, "preferredDuringSchedulingIgnoredDuringExecution", 0)


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        ("workload", [()]),
        ("pod", [("spec",)]),
        ("container", [("spec", "containers", 0), ("spec", "containers", 1)]),
        ("init-container", [("spec", "initContainers", 0)]),
        ("ephemeral-container", [("spec", "ephemeralContainers", 0)]),
        ("toleration", [("spec", "tolerations", 0), ("spec", "tolerations", 2)]),
        ("node-selector-entry", [("spec", "nodeSelector", key) for key in ("disk", "a.b/c")]),
        ("term", [TERM]),
        ("preferred-term", [PREFERRED]),
        ("requirement", [(*TERM, "matchExpressions", 0)]),
        ("field-requirement", [(*TERM, "matchFields", 0)]),
        ("preferred-requirement", [(*PREFERRED, "preference", "matchExpressions", 0)]),
        ("preferred-field-requirement", [(*PREFERRED, "preference", "matchFields", 0)]),
        ("volume", [("spec", "volumes", 0)]),
        (
            "mount",
            [
                ("spec", "containers", 1, "volumeMounts", 0),
                ("spec", "initContainers", 0, "volumeMounts", 0),
            ],
        ),
        ("port", [("spec", "containers", 0, "ports", 0)]),
        ("env", [("spec", "containers", 0, "env", 0)]),
        ("placement", []),
    ],
)
def test_paths(kind, paths):
    assert [site.path for site in sites.of(WORKLOAD, frozenset({kind}))] == paths


def test_a_site_knows_its_place_in_its_list():
    found = list(sites.of(WORKLOAD, frozenset({"toleration"})))
    assert [(site.index, site.value) for site in found] == [(0, {"key": "a"}), (2, {"key": "b"})]
    assert found[0].siblings is POD["tolerations"]


def test_an_entry_of_a_map_has_a_key_and_a_value():
    first = next(sites.of(WORKLOAD, frozenset({"node-selector-entry"})))
    assert (first.value, first.entry) == ({"key": "disk", "value": "ssd"}, True)


@pytest.mark.parametrize(
    "spec",
    [
        pytest.param({}, id="nothing"),
        pytest.param({"affinity": "x", "tolerations": {}, "nodeSelector": []}, id="strings"),
        pytest.param({"containers": [1, {"ports": "x", "env": {}}]}, id="a container"),
        pytest.param(
            {"affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": 1}}},
            id="affinity",
        ),
    ],
)
def test_wrong_types_are_no_sites(spec):
    workload = Workload.from_object({"kind": "Pod", "spec": spec})
    kinds = frozenset(sites.KINDS) - {"workload", "pod", "container"}
    assert list(sites.of(workload, kinds)) == []
