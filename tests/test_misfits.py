"""Every fault of a manifest's shape: its rule, its field, its line and its repair."""

import copy
import textwrap
from collections.abc import Iterator, Mapping

import pytest

from dslint import misfits, schema, source
from dslint.model import Complaint, Path, format_path
from dslint.sheet import Sheet
from dslint.target import VERSIONS, Target

NEWEST = Target()

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: a
      image: b
"""
DAEMON_SET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, labels: {app: agent}}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      nodeSelector: {disk: ssd}
      tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 3}]
      affinity:
        nodeAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 1
              preference: {matchExpressions: [{key: a, operator: In, values: [b]}]}
      containers:
        - name: a
          image: b
          command: [sh]
          env: [{name: A, value: b}]
          ports: [{containerPort: 80}]
          resources: {requests: {cpu: 1, memory: 1Gi}}
          readinessProbe: {httpGet: {path: /, port: http}}
          volumeMounts: [{name: v, mountPath: /v, readOnly: true}]
      volumes: [{name: v, hostPath: {path: /v}}]
"""


def judged(text: str) -> list[Complaint]:
    (document,) = source.read(text, "-")
    return list(schema.complaints(document, NEWEST))


def in_pod(lines: str) -> str:
    return POD + textwrap.indent(textwrap.dedent(lines), "  ")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("hostNetwork: true", [], id="right"),
        pytest.param("tolerations: null", [], id="null-is-missing"),
        pytest.param("tolerations: [null]", [], id="null-is-a-zero-toleration"),
        pytest.param("terminationGracePeriodSeconds: 1e1", [], id="whole-float-is-an-integer"),
        pytest.param("toleration: []", [("DS101", "spec.toleration")], id="unknown"),
        pytest.param("nodeselector: {}", [("DS101", "spec.nodeselector")], id="case"),
        pytest.param("nodeName: n", [("DS004", "spec.nodeName")], id="boolean-for-string"),
        pytest.param("nodeName: 0x1", [("DS005", "spec.nodeName")], id="number-for-string"),
        pytest.param("nodeSelector: {a: 1}", [("DS005", "spec.nodeSelector[a]")], id="map-value"),
        pytest.param("nodeSelector: [a]", [("DS102", "spec.nodeSelector")], id="list-for-map"),
        pytest.param(
            "hostNetwork: 'yes'", [("DS102", "spec.hostNetwork")], id="string-for-boolean"
        ),
        pytest.param("priority: 1.5", [("DS102", "spec.priority")], id="fraction-for-integer"),
        pytest.param("priority: 3000000000", [("DS102", "spec.priority")], id="beyond-int32"),
        pytest.param(
            "activeDeadlineSeconds: -9223372036854775809",
            [("DS102", "spec.activeDeadlineSeconds")],
            id="beyond-int64",  # -9223372036854776000 in JSON: strconv.FormatFloat
        ),
        pytest.param("activeDeadlineSeconds: -9223372036854775808", [], id="the-last-of-int64"),
        pytest.param("overhead: {cpu: [1]}", [("DS102", "spec.overhead[cpu]")], id="no-quantity"),
        pytest.param(
            "overhead: {cpu: yes}", [("DS102", "spec.overhead[cpu]")], id="true-quantity"
        ),
        pytest.param("os: linux", [("DS102", "spec.os")], id="string-for-map"),
        pytest.param(
            "volumes: [{name: v, nfs: {path: /}}]",
            [("DS103", "spec.volumes[0].nfs.server")],
            id="missing",
        ),
        pytest.param("volumes: [null]", [("DS103", "spec.volumes[0].name")], id="null-volume"),
        pytest.param(
            "initContainers: [{nam: a}]",
            [("DS101", "spec.initContainers[0].nam")],
            id="short-name",
        ),
        pytest.param(
            "a: 1\nb: 2\nnodeName: 3",
            [("DS101", "spec.a"), ("DS101", "spec.b"), ("DS005", "spec.nodeName")],
            id="every-fault",
        ),
    ],
)
def test_faults_of_a_pod(lines: str, expected: list[tuple[str, str]]) -> None:
    if "nam:" in lines:  # a word too short to be a certain slip: the name is missing as well
        expected = [*expected, ("DS103", "spec.initContainers[0].name")]
    found = [(one.rule, format_path(one.path)) for one in judged(in_pod(lines))]
    assert found == expected


@pytest.mark.parametrize(
    ("lines", "fix", "edit"),
    [
        pytest.param(
            "toleration: []",
            "write tolerations",
            {"op": "move", "from": "/spec/toleration", "path": "/spec/tolerations"},
            id="slip",
        ),
        pytest.param("container: []", "write containers", None, id="slip-whose-place-is-taken"),
        pytest.param(
            "runAsUser: 1",
            "move runAsUser to spec.securityContext.runAsUser",
            None,
            id="belongs-beside",
        ),
        pytest.param("matchLabels: {}", None, None, id="belongs-nowhere"),
        pytest.param(
            "schedulerNames: a",
            "write schedulerName",
            {"op": "move", "from": "/spec/schedulerNames", "path": "/spec/schedulerName"},
            id="plural",
        ),
        pytest.param(
            "hostNetworking: true", "write hostNetwork, if that is meant", None, id="alike"
        ),
        pytest.param("os: {zone: x}", "remove it; known are name", None, id="few-known"),
        pytest.param(
            "os: {hostPID: true, name: linux}",
            "move hostPID to spec.hostPID",
            None,
            id="belongs-above",
        ),
        pytest.param(
            "priority: '5'",
            "remove the quotes: 5",
            {"op": "replace", "path": "/spec/priority", "value": 5},
            id="quoted-integer",
        ),
        pytest.param(
            "hostPID: 'true'",
            "remove the quotes: true",
            {"op": "replace", "path": "/spec/hostPID", "value": True},
            id="quoted-boolean",
        ),
        pytest.param(
            "nodeName: 1.10",
            'quote it: "1.10"',
            {"op": "replace", "path": "/spec/nodeName", "value": "1.10"},
            id="float",
        ),
        pytest.param(
            "nodeName: 010",
            'quote it: "010"',
            {"op": "replace", "path": "/spec/nodeName", "value": "010"},
            id="octal",
        ),
        pytest.param(
            "nodeName: &a !!bool yes",
            'quote it: "yes"',
            {"op": "replace", "path": "/spec/nodeName", "value": "yes"},
            id="anchored",
        ),
        pytest.param("schedulingGates: a", "write it as a list: [a]", None, id="string-for-list"),
        pytest.param("priority: {}", "write an integer", None, id="map-for-integer"),
    ],
)
def test_fix_and_edit(lines: str, fix: str | None, edit: Mapping[str, object] | None) -> None:
    complaint = judged(in_pod(lines))[0]
    assert complaint.fix == fix
    assert (complaint.edit or (None,))[0] == edit


@pytest.mark.parametrize(
    ("old", "new", "rule", "line"),
    [
        pytest.param(
            "spec:\n  selector", "spec:\n  affinity: {}\n  selector", "DS321", 5, id="taken"
        ),
        pytest.param(
            "  template:\n",
            "  template:\n    schedulerName: x\n",
            "DS101",
            7,
            id="other-field",
        ),
        pytest.param(
            "kind: DaemonSet\n",
            "kind: DaemonSet\ntolerations: []\n",
            "DS321",
            3,
            id="at-the-root",
        ),
    ],
)
def test_what_stands_outside_the_pod_spec(old: str, new: str, rule: str, line: int) -> None:
    (document,) = source.read(DAEMON_SET.replace(old, new, 1), "-")
    (complaint,) = schema.complaints(document, NEWEST)
    assert (complaint.rule, complaint.key, complaint.pruned) == (rule, True, True)
    assert document.at(complaint.path, complaint.key).line == line
    assert complaint.fix is not None
    assert "to spec.template.spec." in complaint.fix
    assert complaint.edit is None


def test_what_stands_outside_the_pod_spec_moves_where_its_place_is_free() -> None:
    lines = DAEMON_SET.replace("      nodeSelector: {disk: ssd}\n", "")
    (complaint,) = judged(lines.replace("spec:\n", "spec:\n  nodeSelector: {disk: ssd}\n", 1))
    assert complaint.edit == (
        {"op": "move", "from": "/spec/nodeSelector", "path": "/spec/template/spec/nodeSelector"},
    )


def test_a_missing_field_points_at_the_map_that_lacks_it() -> None:
    (document,) = source.read(POD.replace("    - name: a\n      image", "    - image"), "-")
    (complaint,) = schema.complaints(document, NEWEST)
    assert complaint.what == "spec.containers[0].name is missing"
    assert complaint.at is not None
    assert document.at(complaint.at, complaint.key).line == 6


def test_an_alias_is_spelled_as_json() -> None:
    complaint = judged(in_pod("nodeName: &x yes\nhostname: *x"))[1]
    assert complaint.fix == 'quote it: "true"'


def test_a_plain_object_has_no_source() -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [], "nodeName": 1.1}}
    (complaint,) = schema.shape(pod, NEWEST)
    assert complaint.what == "nodeName is `1.1`, a number; a string is wanted"
    assert list(schema.shape({"apiVersion": "v1", "kind": "ConfigMap"}, NEWEST)) == []


def every_place(value: object, path: Path = ()) -> Iterator[Path]:
    yield path
    parts = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, part in parts:
        yield from every_place(part, (*path, key))


STRANGE: list[object] = [
    None,
    True,
    0,
    -1,
    1.5,
    1e3,
    1e25,
    2**31,
    2**63,
    float("nan"),
    "",
    "1",
    [],
    [None],
    {},
    {"x": 1},
    [{}],
]


@pytest.mark.parametrize("kubernetes", [VERSIONS[0], "1.31", VERSIONS[-1]])
def test_the_validator_and_its_explanation_agree(kubernetes: str) -> None:
    (document,) = source.read(DAEMON_SET, "-")
    found = schema.bundle(kubernetes)
    accepts = schema._accepts(kubernetes, "apps/v1 DaemonSet")
    root = found.definitions["DaemonSet"]
    compared = 0
    for path in list(every_place(document.data))[1:]:
        for strange in STRANGE:
            data = copy.deepcopy(document.data)
            parent = data
            for part in path[:-1]:
                parent = parent[part]
            parent[path[-1]] = strange
            sheet = Sheet(found.definitions, None, (), "DaemonSet", data)
            assert accepts(data) == (not list(misfits.misfits(sheet, root))), (path, strange)
            compared += 1
    assert compared > 1000
