"""One pair explained: steps, near misses, the proved edit and its diff, the node's side."""

import textwrap
from typing import Any

import pytest

from dslint import explainer, placer, source, target, text_edit, workloads
from dslint.inventory import Inventory
from dslint.report import ExplainReport

NEWEST = target.of(target.NEWEST)

MANIFEST = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      # who runs where
POD
      containers:
        - name: agent   # the agent
          image: agent:1
"""


def node(name: str = "n1", **parts: Any) -> dict[str, Any]:
    labels = {"kubernetes.io/os": "linux", **parts.pop("labels", {})}
    status = parts.pop("status", {})
    return {"metadata": {"name": name, "labels": labels}, "spec": parts, "status": status}


def explain(pod: str, on: dict[str, Any], kind: str = "DaemonSet") -> tuple[ExplainReport, str]:
    text = MANIFEST.replace("POD", textwrap.indent(textwrap.dedent(pod).strip(), " " * 6))
    text = text.replace("DaemonSet", kind)
    (document,) = source.read(text, "agent.yaml")
    (workload,) = workloads.of(document)
    return explainer.explain(workload, on, NEWEST), text


TAINT = {"key": "dedicated", "value": "db", "effect": "NoSchedule"}

REPAIRS = [
    pytest.param(
        "hostNetwork: true",
        node(taints=[TAINT]),
        "spec.template.spec.tolerations",
        "kubectl taint nodes n1 dedicated:NoSchedule-",
        id="a taint, no tolerations yet",
    ),
    pytest.param(
        "tolerations:\n  - key: dedicated\n    value: web",
        node(taints=[TAINT]),
        "spec.template.spec.tolerations[1]",
        "kubectl taint nodes n1 dedicated:NoSchedule-",
        id="a taint with another value",
    ),
    pytest.param(
        "nodeSelector:\n  disk: ssd",
        node(labels={"disk": "hdd"}),
        "spec.template.spec.nodeSelector[disk]",
        "kubectl label nodes n1 disk=ssd --overwrite",
        id="a node selector with another value",
    ),
    pytest.param(
        "nodeSelector:\n  disk: ssd\n  kubernetes.io/os: linux",
        node(),
        "spec.template.spec.nodeSelector[disk]",
        "kubectl label nodes n1 disk=ssd",
        id="a node selector that the node lacks",
    ),
    pytest.param(
        "nodeSelector:\n  Disk: ssd",
        node(labels={"disk": "ssd"}),
        "spec.template.spec.nodeSelector",
        "kubectl label nodes n1 Disk=ssd",
        id="a node selector that differs by case",
    ),
    pytest.param(
        "nodeName: n2", node(), "spec.template.spec.nodeName", None, id="another node's name"
    ),
    pytest.param(
        "schedulingGates: [{name: wait.io/x}]",
        node(),
        "spec.template.spec.schedulingGates",
        None,
        id="a scheduling gate",
    ),
]


def term(*requirements: str) -> str:
    head = (
        "affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n"
        "      nodeSelectorTerms:\n        - matchExpressions:\n"
    )
    return head + "".join(f"            - {requirement}\n" for requirement in requirements)


TERM = (
    "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
    ".nodeSelectorTerms[0].matchExpressions"
)

AFFINITY = [
    pytest.param(
        term("{key: disk, operator: In, values: [ssd]}"),
        node(labels={"disk": "hdd"}),
        f"{TERM}[0].values[1]",
        "kubectl label nodes n1 disk=ssd --overwrite",
        id="In, another value",
    ),
    pytest.param(
        term("{key: disk, operator: NotIn, values: [hdd, tape]}"),
        node(labels={"disk": "hdd"}),
        f"{TERM}[0].values",
        "kubectl label nodes n1 disk-",
        id="NotIn",
    ),
    pytest.param(
        term("{key: disk, operator: Exists}", "{key: kubernetes.io/os, operator: Exists}"),
        node(),
        f"{TERM}[0]",
        "kubectl label nodes n1 disk=",
        id="Exists beside another requirement",
    ),
    pytest.param(
        term("{key: cores, operator: Gt, values: ['8']}"),
        node(labels={"cores": "4"}),
        "spec.template.spec.affinity",
        "kubectl label nodes n1 cores=9 --overwrite",
        id="Gt alone: the affinity goes",
    ),
    pytest.param(
        term("{key: cores, operator: Lt, values: ['0']}"),
        node(labels={"cores": "4"}),
        "spec.template.spec.affinity",
        None,
        id="no label value is below zero",
    ),
    pytest.param(
        term("{key: cores, operator: Gt, values: [x]}"),
        node(labels={"cores": "4"}),
        "spec.template.spec.affinity",
        None,
        id="a requirement that cannot be parsed",
    ),
    pytest.param(
        term("{key: zone, operator: In, values: [a]}"),
        node(labels={"topology.kubernetes.io/zone": "a"}),
        f"{TERM}[0].key",
        "kubectl label nodes n1 zone=a --overwrite",
        id="a key without its prefix",
    ),
    pytest.param(
        "affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n"
        "      nodeSelectorTerms:\n        - {}",
        node(),
        "spec.template.spec.affinity",
        None,
        id="an empty term",
    ),
    pytest.param(
        "affinity:\n  nodeAffinity:\n    requiredDuringSchedulingIgnoredDuringExecution:\n"
        "      nodeSelectorTerms:\n        - matchFields:\n"
        "            - {key: metadata.name, operator: In, values: [n2]}",
        node(),
        "spec.template.spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution"
        ".nodeSelectorTerms[0].matchFields[0].values[0]",
        None,
        id="another node's name in match fields",
    ),
]


@pytest.mark.parametrize(("pod", "on", "path", "kubectl"), [*REPAIRS, *AFFINITY])
def test_the_edit_lands_it_and_keeps_the_text(
    pod: str, on: dict[str, Any], path: str, kubectl: str | None
) -> None:
    report, text = explain(pod, on)
    assert not report.lands
    assert report.edit is not None
    assert report.edit[0] == path
    assert report.kubectl == kubectl
    assert report.diff is not None
    removed = [line for line in report.diff.splitlines() if line.startswith("-")]
    assert "# who runs where" not in "\n".join(removed)
    (document,) = source.read(_applied(text, report), "agent.yaml")
    (workload,) = workloads.of(document)
    inventory = Inventory.from_objects([on])
    assert placer.place(workload, inventory, NEWEST).lands == ("n1",)


def _applied(text: str, report: ExplainReport) -> str:
    """The text after the report's diff, hunk by hunk."""
    lines, new, at = text.splitlines(), list[str](), 0
    for line in (report.diff or "").splitlines()[2:]:
        if line.startswith("@@"):
            start = int(line.split()[1].split(",")[0][1:]) - 1
            new += lines[at:start]
            at = start
        elif line[:1] in (" ", "-"):
            assert lines[at] == line[1:]
            new += [line[1:]] if line[0] == " " else []
            at += 1
        else:
            new.append(line[1:])
    return "\n".join([*new, *lines[at:]]) + "\n"


def test_a_pod_that_lands_needs_nothing() -> None:
    report, _ = explain("hostNetwork: true", node())
    assert report.lands
    assert (report.edit, report.diff, report.kubectl) == (None, None, None)
    assert [step.predicate for step in report.steps] == [
        "scheduling_gates",
        "unschedulable",
        "node_name",
        "taints",
        "affinity",
        "resources",
    ]
    assert all(step.passes for step in report.steps)


def test_steps_mark_each_thing_true_or_false() -> None:
    pod = term(
        "{key: disk, operator: In, values: [ssd]}", "{key: kubernetes.io/os, operator: Exists}"
    )
    report, _ = explain(pod, node(taints=[TAINT, {**TAINT, "effect": "PreferNoSchedule"}]))
    details = {step.predicate: step.details for step in report.steps}
    assert details["affinity"] == (
        "false term 1: disk In [ssd]: the node has no such label",
        "true  term 1: kubernetes.io/os Exists: the label is linux",
    )
    assert details["taints"] == (
        "false taint dedicated=db:NoSchedule: nobody tolerates it",
        (
            "true  taint dedicated=db:PreferNoSchedule: nobody tolerates it;"
            " it is only preferred, and does not refuse"
        ),
    )


def test_the_controller_of_a_daemonset_that_names_its_node_looks_at_taints() -> None:
    report, _ = explain("nodeName: n1", node(taints=[TAINT]))
    (taints,) = [step for step in report.steps if step.predicate == "taints"]
    assert taints.details == ("false taint dedicated=db:NoSchedule: nobody tolerates it",)
    assert report.edit is not None
    assert report.edit[0] == "spec.template.spec.tolerations"
    assert report.kubectl == "kubectl taint nodes n1 dedicated:NoSchedule-"


def test_the_kubelet_of_a_pod_that_names_its_node_looks_at_noexecute_alone() -> None:
    report, _ = explain("nodeName: n1", node(taints=[TAINT]), "Deployment")
    (taints,) = [step for step in report.steps if step.predicate == "taints"]
    assert taints.passes
    assert taints.details[0].endswith("the kubelet looks at NoExecute alone, and does not refuse")


@pytest.mark.parametrize(
    ("pod", "on", "hint"),
    [
        pytest.param(
            "tolerations: [{key: node-role.kubernetes.io/master, operator: Exists}]",
            node(
                taints=[{"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}]
            ),
            "has key 'node-role.kubernetes.io/master'",
            id="the old name of the control plane's taint",
        ),
        pytest.param(
            "tolerations: [{key: dedicated, operator: Exists, effect: NoExecute}]",
            node(taints=[TAINT]),
            "has effect 'NoExecute'",
            id="another effect",
        ),
        pytest.param(
            "tolerations: [{key: dedicatde, value: db}]",
            node(taints=[TAINT]),
            "has key 'dedicatde'",
            id="two letters swapped",
        ),
        pytest.param(
            "nodeSelector: {kubernetes.io/arch: amd}",
            node(labels={"kubernetes.io/arch": "amd64"}),
            "amd is nearly amd64",
            id="the beginning of a value",
        ),
        pytest.param(
            "nodeSelector: {role: 'true'}",
            node(labels={"role": ""}),
            'true is nearly ""',
            id="role labels have empty values",
        ),
        pytest.param(
            "nodeSelector: {node-role.kubernetes.io/controlplane: ''}",
            node(labels={"node-role.kubernetes.io/control-plane": ""}),
            "the node has node-role.kubernetes.io/control-plane",
            id="a hyphen",
        ),
        pytest.param(
            term("{key: metadata.name, operator: In, values: [n1]}"),
            node(),
            "metadata.name is a field of the node, not a label: ask for it in matchFields",
            id="a field asked as a label",
        ),
    ],
)
def test_names_the_nearest_miss(pod: str, on: dict[str, Any], hint: str) -> None:
    report, _ = explain(pod, on)
    assert any(hint in one for one in report.hints), report.hints


RESOURCES = "allocatable"


@pytest.mark.parametrize(
    ("asked", "allocatable", "path", "value"),
    [
        pytest.param("cpu: 4", {"cpu": "1500m"}, "[cpu]", "1500m", id="cut to what there is"),
        pytest.param("memory: 4Gi", {"memory": "1Gi"}, "[memory]", "1Gi", id="bytes"),
        pytest.param("x.io/gpu: 1", {}, "[x.io/gpu]", None, id="left out where there is none"),
    ],
)
def test_a_request_is_cut(
    asked: str, allocatable: dict[str, str], path: str, value: str | None
) -> None:
    text = MANIFEST.replace("POD\n", "") + f"          resources: {{requests: {{{asked}}}}}\n"
    (document,) = source.read(text, "agent.yaml")
    (workload,) = workloads.of(document)
    on = node(status={"allocatable": {"pods": "9", **allocatable}})
    report = explainer.explain(workload, on, NEWEST)
    assert report.edit == (f"spec.template.spec.containers[0].resources.requests{path}", value)
    assert report.kubectl is None


def test_requests_of_several_containers_are_left_to_their_author() -> None:
    container = {"name": "c", "image": "i", "resources": {"requests": {"cpu": "4"}}}
    pod = {"spec": {"containers": [container, container]}, "kind": "Pod", "apiVersion": "v1"}
    on = node(status={"allocatable": {"pods": "9", "cpu": "4"}})
    report = explainer.explain(workloads.Workload.from_object(pod), on, NEWEST)
    assert (report.lands, report.edit, report.diff) == (False, None, None)


def test_a_cordoned_node() -> None:
    report, _ = explain("hostNetwork: true", node(unschedulable=True), "Deployment")
    assert report.kubectl == "kubectl uncordon n1"
    assert report.edit is not None
    assert report.edit[1] == [
        {
            "key": "node.kubernetes.io/unschedulable",
            "operator": "Exists",
            "effect": "NoSchedule",
        }
    ]


def test_a_toleration_for_a_time_is_told() -> None:
    pod = "tolerations: [{key: x, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]"
    report, _ = explain(pod, node(taints=[{"key": "x", "effect": "NoExecute"}]))
    assert (report.lands, report.evicted_after) == (True, 60)


def test_several_changes_are_one_edit_of_what_holds_them() -> None:
    report, _ = explain("nodeSelector:\n  disk: ssd", node(taints=[TAINT]))
    assert report.edit is not None
    assert report.edit[0] == "spec.template.spec"
    assert report.kubectl == (
        "kubectl taint nodes n1 dedicated:NoSchedule- && kubectl label nodes n1 disk=ssd"
    )


def test_only_the_document_in_question_is_edited() -> None:
    other = "# first\napiVersion: v1\nkind: ConfigMap\nmetadata:\n    name:   odd\n---\n"
    text = other + MANIFEST.replace("POD\n", "") + "---\n# last\n"
    documents = source.read(text, "all.yaml")
    patch = ({"op": "add", "path": "/spec/template/spec/hostNetwork", "value": True},)
    new = text_edit.edited(documents[1], patch)
    assert new is not None
    assert new.startswith(other)
    assert new.endswith("---\n# last\n")
    assert "      hostNetwork: true\n" in new
    assert "        - name: agent   # the agent\n" in new


def test_json_is_edited_too() -> None:
    text = '{"kind": "Pod", "spec": {"nodeName": "x",\n "containers": []}}\n'
    (document,) = source.read(text, "pod.json")
    new = text_edit.edited(document, ({"op": "remove", "path": "/spec/nodeName"},))
    assert new is not None
    assert source.read(new, "pod.json")[0].data == {"kind": "Pod", "spec": {"containers": []}}


def test_a_path_that_is_not_there_gives_no_text() -> None:
    (document,) = source.read("a: 1\n", "x.yaml")
    assert text_edit.edited(document, ({"op": "remove", "path": "/b"},)) is None


SPOILED = {
    "no spec": "spec: 1\n",
    "nothing at all": "",
    "a list for the pod spec": "spec: {template: {spec: []}}\n",
    "tolerations that are no list": "spec: {template: {spec: {tolerations: {a: b}}}}\n",
    "a date that is none": "spec: {template: {spec: {nodeName: 2001-99-99}}}\n",
}


@pytest.mark.parametrize("text", SPOILED.values(), ids=SPOILED)
def test_a_manifest_that_an_api_server_refuses_is_explained(text: str) -> None:
    text = f"apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {{name: a}}\n{text}"
    (document,) = source.read(text, "x.yaml")
    (workload,) = workloads.of(document, admitted=True)
    taint = {"key": "a", "value": "b", "effect": "NoSchedule"}
    report = explainer.explain(workload, node(taints=[taint]), NEWEST)
    assert not report.lands
    assert report.diff is None or "+" in report.diff


def test_bytes_of_another_document_that_are_no_utf_8() -> None:
    text = MANIFEST.replace("POD\n", "").encode() + b"---\n- \xff\n"
    document = source.read(text, "x.yaml")[0]
    patch = ({"op": "add", "path": "/spec/template/spec/hostNetwork", "value": True},)
    new = text_edit.edited(document, patch)
    assert new is not None
    assert "+      hostNetwork: true\n" in text_edit.diff(document, new)


def test_what_ruamel_yaml_cannot_hold_gives_no_text() -> None:
    (document,) = source.read("a: 2001-99-99\n", "x.yaml")
    assert text_edit.edited(document, ({"op": "add", "path": "/b", "value": 1},)) is None


def test_deep_nesting_gives_no_text() -> None:
    (document,) = source.read("a: " + "[" * 240 + "]" * 240 + "\n", "x.yaml")
    text_edit.edited(document, ({"op": "add", "path": "/b", "value": 1},))
