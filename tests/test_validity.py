"""Whole manifests as an API server is sent them: which are refused, and which field is named."""

import pytest
import yaml

import dslint
from dslint.workloads import GROUPS, POD_PATHS

OWNER = "apiVersion: v1, kind: A, name: a, uid: u"
CLAIM = "spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}"
REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution"
PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution"
NAMED = "metadata: {name: a}"
NO_NAME = "{matchFields: [{key: metadata.name, operator: In, values: [null]}]}"
NO_KEY = "{topologyKey: a, labelSelector: {}, matchLabelKeys: [null]}"
MIRROR = "kubernetes.io/config.mirror"
COST = "controller.kubernetes.io/pod-deletion-cost"
SECCOMP = "seccomp.security.alpha.kubernetes.io/pod"
APP_ARMOR = "container.apparmor.security.beta.kubernetes.io"
TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations"


def manifest(kind):
    """The smallest manifest of a kind that is accepted, and its pod spec."""
    version = f"{GROUPS.get(kind, 'apps')}/v1".removeprefix("/")
    whole = {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}
    pod = {"containers": [{"name": "c", "image": "i"}]}
    owner = whole
    for part in POD_PATHS[kind][:-1]:
        owner = owner.setdefault(part, {})
    owner["spec"] = pod
    if kind in ("Job", "CronJob"):
        pod["restartPolicy"] = "Never"
    elif kind != "Pod":
        owner["metadata"] = {"labels": {"app": "a"}}
    if kind == "CronJob":
        whole["spec"]["schedule"] = "0 * * * *"
    elif kind == "ReplicationController":
        whole["spec"]["selector"] = {"app": "a"}
    elif version == "apps/v1":
        whole["spec"]["selector"] = {"matchLabels": {"app": "a"}}
    return whole, pod


def refused(kind, place, value, version="1.36"):
    """The fields that are refused when `value` (YAML) is put at `place`.

    A place begins at the manifest's root, at its pod spec (`pod.`) or its container (`c.`).
    """
    whole, pod = manifest(kind)
    first, *rest = place.split(".")
    owner = {"pod": pod, "c": pod["containers"][0]}.get(first, whole)
    parts = rest if owner is not whole else [first, *rest]
    for part in parts[:-1]:
        owner = owner.setdefault(part, {})
    owner[parts[-1]] = yaml.safe_load(value)
    found = dslint.validity(yaml.safe_dump(whole), kubernetes=version)
    return {finding.path for finding in found}


@pytest.mark.parametrize("kind", POD_PATHS)
def test_the_smallest_manifest_is_accepted(kind):
    whole, _ = manifest(kind)
    assert dslint.validity(yaml.safe_dump(whole), kubernetes="1.36") == []


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        ("metadata.finalizers", "[null]", "metadata.finalizers"),
        ("metadata.ownerReferences", "[null]", "metadata.ownerReferences[0].apiVersion"),
        ("metadata.labels", "{a: null}", None),
        ("metadata.annotations", f"{{{MIRROR}: null}}", f"metadata.annotations[{MIRROR}]"),
        ("metadata.annotations", f"{{{COST}: null}}", f"metadata.annotations[{COST}]"),
        ("metadata.annotations", f"{{{SECCOMP}: null}}", f"metadata.annotations.{SECCOMP}"),
        ("metadata.annotations", f"{{{APP_ARMOR}/c: null}}", None),
        (
            "metadata.annotations",
            f"{{{APP_ARMOR}/d: null}}",
            f"metadata.annotations[{APP_ARMOR}/d]",
        ),
        ("metadata.annotations", f"{{{TOLERATIONS}: null}}", None),
        ("pod.tolerations", "[null]", "spec.tolerations[0].operator"),
        ("pod.schedulingGates", "[null]", "spec.schedulingGates[0]"),
        ("pod.imagePullSecrets", "[null]", None),
        ("pod.hostAliases", "[null]", "spec.hostAliases[0].ip"),
        (
            "pod.hostAliases",
            "[{ip: 1.1.1.1, hostnames: [null]}]",
            "spec.hostAliases[0].hostnames[0]",
        ),
        ("pod.dnsConfig", "{nameservers: [null]}", "spec.dnsConfig.nameservers[0]"),
        ("pod.dnsConfig", "{searches: [null]}", "spec.dnsConfig.searches[0]"),
        ("pod.dnsConfig", "{options: [null]}", "spec.dnsConfig.options[0]"),
        ("pod.nodeSelector", "{a: null}", None),
        ("pod.securityContext", "{supplementalGroups: [null]}", None),
        ("pod.securityContext", "{sysctls: [null]}", "spec.securityContext.sysctls[0].name"),
        ("pod.readinessGates", "[null]", "spec.readinessGates[0].conditionType"),
        ("pod.topologySpreadConstraints", "[null]", "spec.topologySpreadConstraints[0].maxSkew"),
        ("pod.resourceClaims", "[null]", "spec.resourceClaims[0].name"),
        ("pod.volumes", "[null]", "spec.volumes[0].name"),
        ("c.command", "[null]", None),
        ("c.env", "[null]", "spec.containers[0].env[0].name"),
        ("c.envFrom", "[null]", "spec.containers[0].envFrom"),
        ("c.ports", "[null]", "spec.containers[0].ports[0].containerPort"),
        ("c.resizePolicy", "[null]", "spec.containers[0].resizePolicy"),
        ("c.volumeMounts", "[null]", "spec.containers[0].volumeMounts[0].name"),
        ("c.volumeDevices", "[null]", "spec.containers[0].volumeDevices[0].name"),
        ("c.resources", "{limits: {cpu: null}}", None),
        (
            "c.resources",
            "{limits: {cpu: null}, requests: {cpu: 1}}",
            "spec.containers[0].resources.requests",
        ),
    ],
)
def test_null_is_the_zero_value(place, value, field):
    found = refused("Pod", place, value)
    assert found if field == "" else field in found if field else not found


@pytest.mark.parametrize(
    ("affinity", "field"),
    [
        (f"{{nodeAffinity: {{{REQUIRED}: {{nodeSelectorTerms: [null]}}}}}}", None),
        (
            f"{{nodeAffinity: {{{REQUIRED}: {{nodeSelectorTerms: [{NO_NAME}]}}}}}}",
            f"nodeAffinity.{REQUIRED}.nodeSelectorTerms[0].matchFields[0].values[0]",
        ),
        (f"{{nodeAffinity: {{{PREFERRED}: [null]}}}}", f"nodeAffinity.{PREFERRED}[0].weight"),
        (f"{{podAffinity: {{{REQUIRED}: [null]}}}}", f"podAffinity.{REQUIRED}[0].topologyKey"),
        (
            f"{{podAffinity: {{{REQUIRED}: [{{topologyKey: a, namespaces: [null]}}]}}}}",
            f"podAffinity.{REQUIRED}[0].namespace",
        ),
        (
            f"{{podAffinity: {{{REQUIRED}: [{NO_KEY}]}}}}",
            f"podAffinity.{REQUIRED}[0].matchLabelKeys[0]",
        ),
    ],
)
def test_null_in_an_affinity(affinity, field):
    found = refused("DaemonSet", "pod.affinity", affinity)
    assert f"spec.template.spec.affinity.{field}" in found if field else not found


@pytest.mark.parametrize(
    ("place", "value", "field"),
    [
        ("metadata.finalizers", "[kubernetes, a.b/c]", None),
        ("metadata.finalizers", "[foo]", "metadata.finalizers[0]"),
        ("metadata.ownerReferences", f"[{{{OWNER}}}]", None),
        (
            "metadata.ownerReferences",
            f"[{{{OWNER.replace('v1', 'apps/')}}}]",
            "metadata.ownerReferences.apiVersion",
        ),
        ("metadata.ownerReferences", f"[{{{OWNER.replace('v1', '/v1')}}}]", None),
        ("metadata.creationTimestamp", "'2024-02-29T00:00:00Z'", None),
        ("metadata.creationTimestamp", "'2023-02-29T00:00:00Z'", "metadata.creationTimestamp"),
        ("metadata.creationTimestamp", "'2000-02-29T00:00:00Z'", None),
        ("metadata.creationTimestamp", "'1900-02-29T00:00:00Z'", "metadata.creationTimestamp"),
        ("metadata.creationTimestamp", "'2024-04-31T00:00:00Z'", "metadata.creationTimestamp"),
        ("metadata.creationTimestamp", "''", "metadata.creationTimestamp"),
        ("metadata.annotations", f"{{{TOLERATIONS}: '[null]'}}", ""),
        ("metadata.annotations", f"{{{TOLERATIONS}: 'null'}}", None),
        ("metadata.annotations", f"{{{TOLERATIONS}: '[1]'}}", "metadata.annotations"),
        (
            "metadata.annotations",
            f"{{{TOLERATIONS}: '[{{\"KEY\": 1}}]'}}",
            "metadata.annotations",
        ),
        ("pod.terminationGracePeriodSeconds", "9223372036854775807", None),
        (
            "pod.terminationGracePeriodSeconds",
            "9223372036854775808",
            "spec.terminationGracePeriodSeconds",
        ),
        ("c.securityContext", "{runAsUser: 1.0}", None),
        ("c.securityContext", "{runAsUser: 1.5}", "spec.containers[0].securityContext.runAsUser"),
        ("c.envFrom", "[{configMapRef: {name: --}}]", None),
        ("c.envFrom", "[{configMapRef: {name: a.-}}]", None),
        (
            "c.envFrom",
            "[{configMapRef: {name: -a}}]",
            "spec.containers[0].envFrom[0].configMapRef.name",
        ),
    ],
)
def test_values(place, value, field):
    found = refused("Pod", place, value)
    assert found if field == "" else field in found if field else not found


@pytest.mark.parametrize(
    ("volume", "field"),
    [
        ("ephemeral: {volumeClaimTemplate: {metadata: {name: '', generation: 0}, CLAIM}}", None),
        (
            "ephemeral: {volumeClaimTemplate: {metadata: {finalizers: []}, CLAIM}}",
            "ephemeral.volumeClaimTemplate.metadata.finalizers",
        ),
        (
            "ephemeral: {volumeClaimTemplate: {metadata: {uid: x}, CLAIM}}",
            "ephemeral.volumeClaimTemplate.metadata.uID",
        ),
        (
            "ephemeral: {volumeClaimTemplate: {metadata: {deletionGracePeriodSeconds: 0}, CLAIM}}",
            "ephemeral.volumeClaimTemplate.metadata.deletionGracePeriodSeconds",
        ),
        (
            "ephemeral: {volumeClaimTemplate: {spec: {accessModes: [null]}}}",
            "ephemeral.volumeClaimTemplate.spec.accessModes",
        ),
        ("projected: {sources: [null]}", None),
        ("projected: {sources: [{serviceAccountToken: {}}]}", "projected.path"),
        ("downwardAPI: {items: [{fieldRef: {fieldPath: metadata.name}}]}", "downwardAPI.path"),
        ("configMap: {name: a, items: [null]}", "configMap.items[0].key"),
        ("rbd: {monitors: [null], image: a}", None),
    ],
)
def test_volumes(volume, field):
    found = refused("Pod", "pod.volumes", f"[{{name: a, {volume.replace('CLAIM', CLAIM)}}}]")
    assert f"spec.volumes[0].{field}" in found if field else not found


@pytest.mark.parametrize(
    ("kind", "place", "value", "field"),
    [
        ("StatefulSet", "spec.revisionHistoryLimit", "-1", None),
        (
            "StatefulSet",
            "spec.volumeClaimTemplates",
            f"[{{{CLAIM}}}]",
            "spec.template.spec.volumes[0].name",
        ),
        (
            "StatefulSet",
            "spec.volumeClaimTemplates",
            f"[{{metadata: {{name: a}}, {CLAIM}}}]",
            None,
        ),
        ("Job", "spec.completionMode", "''", "spec.completionMode"),
        (
            "Job",
            "spec.podFailurePolicy",
            "{rules: [{action: Ignore, onPodConditions: [{type: a}]}]}",
            None,
        ),
        (
            "CronJob",
            "spec.jobTemplate.spec.podFailurePolicy",
            "{rules: [{action: Ignore, onPodConditions: [{type: a}]}]}",
            None,
        ),
        (
            "Job",
            "spec.selector",
            "{matchExpressions: [{key: controller-uid, operator: Exists}]}",
            None,
        ),
        (
            "Job",
            "spec.selector",
            "{matchExpressions: [{key: controller-uid, operator: DoesNotExist}]}",
            "spec.selector",
        ),
        ("Deployment", "spec.replicas", "2147483648", "spec.replicas"),
        ("Deployment", "spec.replicas", "null", None),
        ("PodTemplate", "template", "null", "template.spec.containers"),
        ("PodTemplate", "pod.restartPolicy", "Never", None),
        ("ReplicationController", "spec.selector", "{}", None),
        ("ReplicationController", "spec.template", "null", "spec.template"),
    ],
)
def test_kinds(kind, place, value, field):
    found = refused(kind, place, value)
    assert field in found if field else not found


def test_a_static_pod_has_no_resource_claims():
    whole, pod = manifest("Pod")
    whole["metadata"]["annotations"] = {MIRROR: "x"}
    pod |= {"nodeName": "node", "resourceClaims": [{"name": "a", "resourceClaimName": "a"}]}
    (finding,) = dslint.validity(yaml.safe_dump(whole), kubernetes="1.36")
    assert (finding.rule, finding.path) == ("DS199", "")
