"""Where the versions of Kubernetes give another answer, and what of Kubernetes says so."""

from __future__ import annotations

import pytest
import yaml

import dslint

PULL = "https://github.com/kubernetes/kubernetes/pull/"
META = "metadata: {name: a}"
CONTAINERS = "containers: [{name: c, image: i}]"
TEMPLATE = "template: {metadata: {labels: {app: a}}, spec: {containers: [{name: c, image: i}]}}"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"


def pod(spec: str) -> str:
    """A Pod whose spec is of these fields; they bring their containers, or get one."""
    given = spec if "containers: [" in spec else f"{spec}, {CONTAINERS}"
    return f"{{apiVersion: v1, kind: Pod, {META}, spec: {{{given}}}}}"


def controller(kind: str, spec: str, name: str = "a") -> str:
    """A controller of the group apps with these fields in its spec."""
    head = f"apiVersion: apps/v1, kind: {kind}, metadata: {{name: {name}}}"
    return f"{{{head}, spec: {{{spec}}}}}"


SELECTOR = "selector: {matchLabels: {app: a}}"
TERM = "topologyKey: a, labelSelector: {matchExpressions: [{key: a, operator: In, values: [-]}]}"
SPREAD = "maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule"
NODE_TERM = f"spec.affinity.nodeAffinity.{REQUIRED}.nodeSelectorTerms[0]"
NODES = "nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [-]}]}]"
CLAIM_SPEC = "{accessModes: [ReadWriteOncePod], resources: {requests: {storage: 1}}}"
CLAIM = f"volumeClaimTemplate: {{spec: {CLAIM_SPEC}}}"
TOKEN = (
    "serviceAccountName: a,"
    " volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: ../a}}]}}]"
)
STATEFUL = f"serviceName: a, {SELECTOR}"

# The manifest, the first version that answers as the next one, the field refused before ("" for
# none) and since, and the change: its changelog entry links to it.
CHANGES = {
    "search paths beyond the old resolver's": (
        pod("dnsConfig: {searches: [a, b, c, d, e, f, g]}"),
        "1.26",
        "spec.dnsConfig.searches",
        "",
        112824,
    ),
    "a value in a selector of pod affinity": (
        pod(f"affinity: {{podAffinity: {{{REQUIRED}: [{{{TERM}}}]}}}}"),
        "1.26",
        "",
        f"spec.affinity.podAffinity.{REQUIRED}[0].labelSelector.matchExpressions[0].values[0]",
        113699,
    ),
    "a selector of a spread constraint": (
        pod(
            f"topologySpreadConstraints: [{{{SPREAD}, labelSelector: {{matchLabels: {{a: -}}}}}}]"
        ),
        "1.27",
        "",
        "spec.topologySpreadConstraints[0].labelSelector.matchLabels",
        111802,
    ),
    "ReadWriteOncePod": (
        pod(f"volumes: [{{name: v, ephemeral: {{{CLAIM}}}}}]"),
        "1.27",
        "spec.volumes[0].ephemeral.volumeClaimTemplate.spec.accessModes",
        "",
        114494,
    ),
    "a StatefulSet's name with a dot": (
        controller("StatefulSet", f"{STATEFUL}, {TEMPLATE}", name="a.b"),
        "1.27",
        "",
        "metadata.name",
        114172,
    ),
    "a sysctl of the node's network": (
        pod(
            "hostNetwork: true,"
            ' securityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}]}'
        ),
        "1.29",
        "",
        "spec.securityContext.sysctls[0].name",
        118705,
    ),
    "a token outside its volume": (
        pod(TOKEN),
        "1.30",
        "",
        "spec.volumes[0].projected.path",
        121731,
    ),
    "a value of node affinity": (
        pod(f"affinity: {{nodeAffinity: {{{REQUIRED}: {{{NODES}}}}}}}"),
        "1.33",
        "",
        f"{NODE_TERM}.matchExpressions[0].values[0]",
        128212,
    ),
    "a pod template of a StatefulSet": (
        controller(
            "StatefulSet",
            f"{STATEFUL}, {TEMPLATE.replace('image: i', 'image: i, imagePullPolicy: Now')}",
        ),
        "1.34",
        "",
        "spec.template.spec.containers[0].imagePullPolicy",
        131790,
    ),
}


def fields(text: str, version: str) -> set[str]:
    """The fields that an API server of that version refuses."""
    manifest = yaml.safe_dump(yaml.safe_load(text))
    return {finding.path for finding in dslint.validity(manifest, kubernetes=version)}


@pytest.mark.parametrize(
    ("text", "since", "old", "new", "pull"), CHANGES.values(), ids=list(CHANGES)
)
def test_the_version_of_a_change_decides(
    text: str, since: str, old: str, new: str, pull: int
) -> None:
    before = f"1.{int(since.removeprefix('1.')) - 1}"

    assert fields(text, before) == ({old} if old else set()), f"{PULL}{pull}"
    assert fields(text, since) == ({new} if new else set()), f"{PULL}{pull}"
