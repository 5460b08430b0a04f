"""The shape of documents: kinds, versions, what Kubernetes answered, and the data behind it."""

import gzip
import json
import pathlib
import re
from collections.abc import Iterator, Mapping

import pytest

import dslint
from dslint import schema, source, workloads
from dslint.model import Complaint, format_path
from dslint.target import VERSIONS, Target

NEWEST = Target()
RECORDED = Target("1.36")
DATA = pathlib.Path(schema.__file__).with_name("data")
RECORDINGS = pathlib.Path(__file__).parent / "recordings"

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: b}]
"""
DAEMON_SET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      containers: [{name: a, image: b}]
"""


def judged(text: str, target: Target = NEWEST) -> list[Complaint]:
    return [
        complaint
        for document in source.read(text, "-")
        for complaint in schema.complaints(document, target)
    ]


def brief(text: str, target: Target = NEWEST) -> list[tuple[str, str]]:
    return [(complaint.rule, format_path(complaint.path)) for complaint in judged(text, target)]


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        pytest.param(
            "{apiVersion: v1, kind: Pod}", [("DS103", "spec.containers")], id="pod-without-spec"
        ),
        pytest.param(
            "{apiVersion: apps/v1, kind: Deployment}",
            [("DS103", "spec.template.spec.containers"), ("DS103", "spec.selector")],
            id="deployment-without-spec",
        ),
        pytest.param(
            "{apiVersion: apps/v1, kind: DaemonSet, spec: {template: {spec: {containers: []}}}}",
            [("DS103", "spec.template.metadata.labels")],
            id="daemonset-without-selector",
        ),
        pytest.param(
            "{apiVersion: v1, kind: ReplicationController, spec: {}}",
            [("DS103", "spec.template")],
            id="template-that-is-a-pointer",
        ),
        pytest.param(
            "{apiVersion: batch/v1, kind: CronJob, spec: null}",
            [
                ("DS103", "spec.jobTemplate.spec.template.spec.containers"),
                ("DS103", "spec.schedule"),
            ],
            id="cronjob-without-spec",
        ),
        pytest.param(
            "{apiVersion: v1, kind: PodTemplate}",
            [("DS103", "template.spec.containers")],
            id="podtemplate",
        ),
        pytest.param(
            "{apiVersion: apps/v1, kind: Daemonset}", [("DS136", "kind")], id="unknown-kind"
        ),
        pytest.param("{kind: Pod, spec: {a: 1}}", [("DS007", "apiVersion")], id="no-version"),
        pytest.param(
            "{apiVersion: 1, kind: Pod}", [("DS005", "apiVersion")], id="version-is-a-number"
        ),
        pytest.param(
            "{apiVersion: [v1], kind: Pod}", [("DS102", "apiVersion")], id="version-is-a-list"
        ),
        pytest.param("{apiVersion: v1, kind: Node, spec: {a: 1}}", [], id="node-is-passed-over"),
        pytest.param("{apiVersion: x.io/v1, kind: Pod, spec: {a: 1}}", [], id="foreign"),
        pytest.param("{a: 1}", [], id="no-object"),
        pytest.param("[1]", [], id="a-list"),
        pytest.param(
            "{apiVersion: v1, kind: List, items: ["
            "{apiVersion: v1, kind: Pod, spec: {containers: [], x: 1}}]}",
            [("DS101", "items[0].spec.x")],
            id="items-of-a-list",
        ),
        pytest.param(
            "{apiVersion: v1, kind: PodList, items: [{spec: {containers: [], x: 1}}]}",
            [("DS101", "items[0].spec.x")],
            id="items-of-a-typed-list-need-no-kind",
        ),
        pytest.param(
            "{apiVersion: v1, kind: List, items: [{spec: {containers: [], x: 1}}]}",
            [("DS007", "items[0]")],
            id="items-of-a-list-need-one",
        ),
        pytest.param(
            "{apiVersion: v1, Kind: Pod, spec: {containers: [], x: 1}}",
            [("DS101", "Kind"), ("DS101", "spec.x")],
            id="header-of-another-case",
        ),
        pytest.param(
            "{apiVersion: v1, KIND: ConfigMap}", [("DS101", "KIND")], id="another-case-without-pod"
        ),
        pytest.param(
            "{apiVersion: v1, kind: Pod, spec: {containers: []},"
            " status: {containerStatuses: [{resources: {limits: {cpu: 1x, memory: 1Gi}}}]}}",
            [("DS102", "status.containerStatuses[0].resources.limits[cpu]")],
            id="quantity-in-a-status",  # Quantity.UnmarshalJSON runs before the status is dropped
        ),
    ],
)
def test_faults_of_a_document(document: str, expected: list[tuple[str, str]]) -> None:
    assert brief(document) == expected


def test_a_removed_version_is_repaired_where_the_newer_one_fits() -> None:
    old = DAEMON_SET.replace("apps/v1", "extensions/v1beta1")
    (complaint,) = judged(old)
    assert complaint.edit == ({"op": "replace", "path": "/apiVersion", "value": "apps/v1"},)
    (complaint,) = judged(old.replace("  selector: {matchLabels: {app: agent}}\n", ""))
    assert complaint.edit is None
    (complaint,) = judged("{apiVersion: extensions/v1beta1, kind: Ingress}")
    assert complaint.edit is None


@pytest.mark.parametrize(
    ("time", "accepted"),
    [
        ("2024-02-29T00:00:00Z", True),
        ("2024-02-29T00:00:00.5+02:00", True),
        ("2024-02-29", False),
        ("2024-13-01T00:00:00Z", False),
        ("2024-02-29T00:00:00Z\n", False),
        ("", False),
    ],
)
def test_times(time: str, accepted: bool) -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"creationTimestamp": time}}
    found = list(schema.shape({**pod, "spec": {"containers": []}}, NEWEST))
    assert [complaint.rule for complaint in found] == ([] if accepted else ["DS102"])


BUNDLE = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers: [{name: a, image: b}]
  volumes:
    - name: v
      projected:
        sources:
          - clusterTrustBundle: {name: b, path: c, labelSelector: {matchExpressions: [{}]}}
"""
POLICY = """\
apiVersion: batch/v1
kind: Job
metadata: {name: a}
spec:
  podFailurePolicy: {rules: [{}]}
  template: {spec: {restartPolicy: Never, containers: [{name: a, image: b}]}}
"""


def test_a_volume_with_an_image_is_dropped_with_its_gate() -> None:
    text = BUNDLE[: BUNDLE.index("projected")] + "image: {reference: r}\n      csi: {}\n"
    missing = {
        on: "DS103" in {found.rule for found in dslint.validity(text, "1.34", {"ImageVolume": on})}
        for on in (False, True)
    }
    assert missing == {False: False, True: True}


def test_label_keys_of_a_constraint_are_dropped_with_their_gate() -> None:
    constraint = "{maxSkew: 1, topologyKey: z, whenUnsatisfiable: DoNotSchedule, labelSelector: {}"
    pod = BUNDLE[: BUNDLE.index("  volumes")] + f"  topologySpreadConstraints: [{constraint}"
    text = pod + ", matchLabelKeys: [A B]}]\n"
    gate = "MatchLabelKeysInPodTopologySpread"
    refused = [bool(dslint.validity(text, "1.34", {gate: on})) for on in (False, True)]
    assert refused == [False, True]


@pytest.mark.parametrize(
    ("text", "version", "gate"),
    [
        (BUNDLE, "1.36", "ClusterTrustBundleProjection"),  # pkg/api/pod/util.go
        (POLICY, "1.25", "JobPodFailurePolicy"),  # pkg/registry/batch/job/strategy.go
    ],
)
def test_nothing_is_missing_in_what_a_gate_drops(text: str, version: str, gate: str) -> None:
    missing = [
        "DS103" in {found.rule for found in dslint.validity(text, version, {gate: on})}
        for on in (False, True)
    ]
    assert missing == [False, True]
    assert dslint.validity(text, version) == []


@pytest.mark.parametrize(
    ("field", "since", "until"),
    [
        pytest.param("schedulingGates: []", "1.26", "1.37", id="schedulingGates"),
        pytest.param("resources: {}", "1.32", "1.37", id="pod-level-resources"),
        pytest.param("hostnameOverride: a", "1.34", "1.37", id="hostnameOverride"),
        pytest.param("workloadRef: {name: a, podGroup: b}", "1.35", "1.35", id="workloadRef"),
        pytest.param("schedulingGroup: {}", "1.36", "1.37", id="schedulingGroup"),
    ],
)
def test_fields_come_and_go_with_the_version(field: str, since: str, until: str) -> None:
    known = [version for version in VERSIONS if not judged(f"{POD}  {field}\n", Target(version))]
    assert (known[0], known[-1]) == (since, until)


def recorded(name: str) -> Iterator[Mapping[str, object]]:
    file = RECORDINGS / name
    if not file.exists():
        pytest.skip(f"no recordings: {file} is missing")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def test_recorded_answers_about_shape() -> None:
    """Accepted manifests get no complaint; what could not be decoded gets one on its field."""
    compared = 0
    for record in recorded("validity.jsonl.gz"):
        found = judged(str(record["yaml"]), RECORDED)
        said = str(record.get("message", ""))
        named = re.search(r'(?:Go struct field \w+\.|unknown field ")([\w.\[\]]+)', said)
        if record["accepted"]:
            assert found == [], record["id"]
        elif named:
            paths = [re.sub(r"\[.*?\]", "", format_path(complaint.path)) for complaint in found]
            wanted = re.sub(r"\[.*?\]", "", named[1])
            assert any(path in (wanted, wanted.rpartition(".")[0]) for path in paths), record["id"]
        else:
            continue
        compared += 1
    assert compared > 250


def documents(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a file with the line of the `---` before each."""
    line = 1
    for part in re.split(r"(?m)^---[ \t]*(?:#.*)?$", text):
        yield line, part
        line += part.count("\n")


def test_real_manifests_that_an_api_server_accepted(shared: pathlib.Path) -> None:
    with gzip.open(shared / "corpus" / "verdicts.jsonl.gz", "rt", encoding="utf-8") as lines:
        accepted = [record for record in map(json.loads, lines) if record["accepted"]]
    for record in accepted:
        text = (shared / "corpus" / "manifests" / record["file"]).read_text("utf-8")
        found = judged(dict(documents(text))[record["line"]], RECORDED)
        assert found == [], (record["file"], record["line"])
    assert len(accepted) > 400


def test_the_data_is_small_and_has_every_version() -> None:
    files = [*DATA.glob("schemas-*.json.zlib"), DATA / "kinds.json"]
    assert sum(file.stat().st_size for file in files) < 1_000_000
    for version in VERSIONS:
        kinds = {name.partition(" ")[2] for name in schema.bundle(version).roots}
        assert kinds == {*workloads.POD_PATHS, "Node"}


def test_the_data_is_what_the_script_builds() -> None:
    pytest.importorskip("kubernetes_validate")
    from scripts import build_schemas

    version = VERSIONS[-1]
    built = build_schemas.bundle(build_schemas.load(version))
    found = schema.bundle(version)
    assert built == {"roots": found.roots, "$defs": found.definitions}
