"""Builds the schemas in `dslint/data/` from the PyPI package `kubernetes-validate`.

    .venv/bin/pip install kubernetes-validate && .venv/bin/python scripts/build_schemas.py

Run by a maintainer when Kubernetes has a new version; the files are committed. One bundle a
version holds the definitions that workloads and nodes reach, without prose, corrected to what an
API server decodes and demands; `kinds.json` says from which version to which each kind is served.
Fails with an error where the package lacks a version of `dslint.target.VERSIONS`.
"""

from __future__ import annotations

import importlib.util
import json
import pathlib
import zlib
from collections.abc import Iterator
from typing import Any

from dslint.target import VERSIONS
from dslint.workloads import GROUPS, POD_PATHS

Schema = dict[str, Any]
Kinds = dict[str, dict[str, list[int]]]

DATA = pathlib.Path(__file__).parent.parent / "dslint" / "data"

INTEGERS = {"int32": 1 << 31, "int64": 1 << 63}
# The float at the end of int64 stands for several integers, in JSON for one that int64 has not.
SMALLEST = {"int32": -(1 << 31), "int64": 1024 - (1 << 63)}

# What Go's time.Parse(time.RFC3339, ...) accepts:
# kubernetes/apimachinery, pkg/apis/meta/v1/time.go
LEAP_YEAR = r"([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)"
TIME = (
    r"^([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)"
    rf"|02-(0[1-9]|1[0-9]|2[0-8]))|{LEAP_YEAR}-02-29)"
    r"T([01]?[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.,][0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"
)

# What Go's ParseQuantity accepts, but for numbers that no int64 holds and suffixes without digits:
# kubernetes/apimachinery, pkg/api/resource/quantity.go
BLANK = r"[ \u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
SUFFIX = r"([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]+)"
QUANTITY = rf"^{BLANK}((([+-][0-9]*|[0-9]+)(\.[0-9]*)?|\.[0-9]*){SUFFIX}?|{SUFFIX}){BLANK}$"

# The types that unmarshal themselves, where OpenAPI says less or more than their code does.
ANYTHING: Schema = {}
OBJECT: Schema = {"type": ["object", "null"]}
TYPES: dict[str, Schema] = {
    "IntOrString": {
        "type": ["string", "integer", "null"],
        "minimum": -INTEGERS["int32"],
        "maximum": INTEGERS["int32"] - 1,
    },
    "Quantity": {
        "type": ["string", "number", "null"],
        "pattern": QUANTITY,
        "title": "quantity",
        "examples": ["100m"],
    },
    "Time": {
        "type": ["string", "null"],
        "pattern": TIME,
        "title": "time as RFC 3339 has it",
        "examples": ["2006-01-02T15:04:05Z"],
    },
    "FieldsV1": ANYTHING,
}

# Structs that are no pointers in Go: where one is missing, its own fields are what is missing.
EMBEDDED = frozenset(
    """
    CronJob.spec CronJobSpec.jobTemplate DaemonSet.spec DaemonSetSpec.template Deployment.spec
    DeploymentSpec.template Job.spec JobSpec.template JobTemplateSpec.spec Pod.spec
    PodTemplate.template PodTemplateSpec.spec ReplicaSet.spec ReplicaSetSpec.template
    ReplicationController.spec StatefulSet.spec StatefulSetSpec.template
    WeightedPodAffinityTerm.podAffinityTerm
    """.split()
)

# Of what OpenAPI calls required, and of what it does not, the fields whose absence an API server
# refuses under the field's own name, in every version (fields behind a gate are dropped unseen):
# kubernetes/kubernetes, pkg/apis/{core,apps,batch}/validation/validation.go. The others may stay
# away (`status` is reset on creation, `PodFailurePolicy.rules` may be empty), or are for checks/.
DEMANDED = frozenset(
    """
    AWSElasticBlockStoreVolumeSource.volumeID AzureDiskVolumeSource.diskName
    AzureDiskVolumeSource.diskURI AzureFileVolumeSource.secretName AzureFileVolumeSource.shareName
    CSIVolumeSource.driver CephFSVolumeSource.monitors CinderVolumeSource.volumeID
    ConfigMapKeySelector.key Container.name ContainerPort.containerPort CronJobSpec.schedule
    DaemonSetSpec.selector DeploymentSpec.selector EnvVar.name
    FlexVolumeSource.driver GRPCAction.port
    GitRepoVolumeSource.repository GlusterfsVolumeSource.endpoints GlusterfsVolumeSource.path
    HTTPGetAction.port HostPathVolumeSource.path ISCSIVolumeSource.iqn
    ISCSIVolumeSource.targetPortal KeyToPath.key KeyToPath.path LabelSelectorRequirement.key
    LabelSelectorRequirement.operator NFSVolumeSource.path NFSVolumeSource.server
    NodeSelector.nodeSelectorTerms NodeSelectorRequirement.key NodeSelectorRequirement.operator
    OwnerReference.apiVersion OwnerReference.kind OwnerReference.name
    OwnerReference.uid PersistentVolumeClaimVolumeSource.claimName
    PhotonPersistentDiskVolumeSource.pdID PodAffinityTerm.topologyKey PodFailurePolicyRule.action
    PodReadinessGate.conditionType PodSpec.containers PortworxVolumeSource.volumeID
    PreferredSchedulingTerm.weight QuobyteVolumeSource.registry QuobyteVolumeSource.volume
    RBDVolumeSource.image RBDVolumeSource.monitors ReplicaSetSpec.selector
    ReplicationControllerSpec.template ScaleIOVolumeSource.gateway
    ScaleIOVolumeSource.system SecretKeySelector.key
    StatefulSetSpec.selector Sysctl.name TCPSocketAction.port TopologySpreadConstraint.maxSkew
    TopologySpreadConstraint.topologyKey TopologySpreadConstraint.whenUnsatisfiable Volume.name
    VolumeDevice.devicePath VolumeDevice.name VolumeMount.mountPath VolumeMount.name
    VsphereVirtualDiskVolumeSource.volumePath WeightedPodAffinityTerm.weight
    """.split()
)

# Where the server names another field than the missing one: a DaemonSet without a selector does
# not match its own labels.
NAMED = {"DaemonSetSpec": {"selector": ["template", "metadata", "labels"]}}

# The structs that may not be null in a list: the zero value lacks what is demanded.
DEMANDING = frozenset(field.partition(".")[0] for field in (*EMBEDDED, *DEMANDED))

# Kinds that were gone before the oldest version that the package has, by the last minor version
# that served them: https://kubernetes.io/docs/reference/using-api/deprecation-guide/
EARLIER = {
    15: """apps/v1beta1 ControllerRevision,Deployment,StatefulSet
        apps/v1beta2 ControllerRevision,DaemonSet,Deployment,ReplicaSet,StatefulSet
        extensions/v1beta1 DaemonSet,Deployment,NetworkPolicy,PodSecurityPolicy,ReplicaSet""",
    18: "auditregistration.k8s.io/v1alpha1 AuditSink",
    19: "settings.k8s.io/v1alpha1 PodPreset",
    20: "batch/v2alpha1 CronJob",
    21: """admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration
        admissionregistration.k8s.io/v1beta1 ValidatingWebhookConfiguration
        apiextensions.k8s.io/v1beta1 CustomResourceDefinition
        apiregistration.k8s.io/v1beta1 APIService
        authentication.k8s.io/v1beta1 TokenReview
        authorization.k8s.io/v1beta1 LocalSubjectAccessReview,SelfSubjectAccessReview
        authorization.k8s.io/v1beta1 SelfSubjectRulesReview,SubjectAccessReview
        certificates.k8s.io/v1beta1 CertificateSigningRequest
        coordination.k8s.io/v1beta1 Lease
        extensions/v1beta1 Ingress
        networking.k8s.io/v1beta1 Ingress,IngressClass
        rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding,Role,RoleBinding
        scheduling.k8s.io/v1beta1 PriorityClass
        storage.k8s.io/v1beta1 CSIDriver,CSINode,StorageClass,VolumeAttachment""",
    24: """autoscaling/v2beta1 HorizontalPodAutoscaler
        batch/v1beta1 CronJob
        discovery.k8s.io/v1beta1 EndpointSlice
        events.k8s.io/v1beta1 Event
        node.k8s.io/v1beta1 RuntimeClass
        policy/v1beta1 PodDisruptionBudget,PodSecurityPolicy""",
}

# Bodies of requests that carry the version of whatever they are sent to; nobody applies them.
EVERYWHERE = frozenset({"DeleteOptions", "WatchEvent"})


def main() -> None:
    """Writes one bundle a version and the table of kinds, and prints how large they are."""
    kinds = earlier()
    for version in VERSIONS:
        definitions = load(version)
        served(kinds, definitions, int(version.split(".")[1]))
        text = json.dumps(bundle(definitions), separators=(",", ":"), sort_keys=True)
        file = DATA / f"schemas-{version}.json.zlib"
        file.write_bytes(zlib.compress(text.encode(), 9))
        print(f"{file.name}: {file.stat().st_size:,} bytes, {len(text):,} unpacked")
    table = DATA / "kinds.json"
    lines = (
        f"{json.dumps(key)}: {json.dumps(kinds[key], sort_keys=True)}" for key in sorted(kinds)
    )
    table.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"{table.name}: {table.stat().st_size:,} bytes")


def load(version: str) -> dict[str, Schema]:
    """The definitions of a version ("1.36") as the package has them, by full name."""
    spec = importlib.util.find_spec("kubernetes_validate")
    if spec is None or spec.origin is None:
        raise SystemExit("kubernetes-validate is missing: pip install kubernetes-validate")
    folder = (
        pathlib.Path(spec.origin).parent / "kubernetes-json-schema" / f"v{version}.0-local-strict"
    )
    found = json.loads((folder / "_definitions.json").read_text(encoding="utf-8"))["$defs"]
    return {str(name): schema for name, schema in found.items()}


def earlier() -> Kinds:
    """The kinds of `EARLIER` as the table has them; since when they were served is not told: 0."""
    kinds: Kinds = {}
    for last, text in EARLIER.items():
        words = text.split()
        for api_version, names in zip(words[::2], words[1::2], strict=True):
            kinds.setdefault(api_version, {}).update(
                {name: [0, last] for name in names.split(",")}
            )
    return kinds


def served(kinds: Kinds, definitions: dict[str, Schema], minor: int) -> None:
    """Notes in `kinds` which ones that minor version serves; versions come in order."""
    for schema in definitions.values():
        for api_version, kind in identities(schema):
            if kind in EVERYWHERE:
                continue
            first, last = kinds.setdefault(api_version, {}).setdefault(kind, [minor, minor])
            if last < minor - 1:
                raise SystemExit(f"{api_version} {kind} was away and is back in 1.{minor}")
            kinds[api_version][kind] = [first, minor]


def identities(schema: Schema) -> Iterator[tuple[str, str]]:
    """The apiVersion and kind of each object that a definition describes; most describe none."""
    found = schema.get("x-kubernetes-group-version-kind", [])
    for one in found:
        yield f"{one['group']}/{one['version']}".removeprefix("/"), one["kind"]


def bundle(definitions: dict[str, Schema]) -> Schema:
    """The definitions that workloads and nodes reach, and by `apiVersion kind` which is whose."""
    groups = {kind: GROUPS.get(kind, "apps") for kind in POD_PATHS} | {"Node": ""}
    roots = {
        f"{api_version} {kind}": name
        for name, schema in definitions.items()
        for api_version, kind in identities(schema)
        if api_version.rpartition("/")[0] == groups.get(kind, "?")
    }
    names, todo = {}, list(roots.values())
    while todo:
        name = todo.pop()
        if name not in names:
            names[name] = short(name)
            todo += references(definitions[name])
    if len(set(names.values())) < len(names):
        raise SystemExit("two definitions have one short name: make `short` longer")
    return {
        "roots": {key: names[name] for key, name in roots.items()},
        "$defs": {names[name]: struct(names[name], definitions[name]) for name in names},
    }


def short(name: str) -> str:
    """The Go type at the end of a definition's name: io.k8s.api.core.v1.Taint is Taint."""
    return name.rpartition(".")[2]


def references(schema: object) -> Iterator[str]:
    """The full names of the definitions that a schema refers to."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"].rpartition("/")[2]
        for part in schema.values():
            yield from references(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from references(part)


def struct(name: str, schema: Schema) -> Schema:
    """A definition as an API server decodes it: no field but its own, null is a missing value."""
    if name in TYPES:
        return TYPES[name]
    properties = schema.get("properties", {})
    embedded = [field for field in properties if f"{name}.{field}" in EMBEDDED]
    demanded = [field for field in properties if f"{name}.{field}" in DEMANDED]
    fields = {
        field: value(part, field not in embedded + demanded) for field, part in properties.items()
    }
    built: Schema = OBJECT | {"additionalProperties": False, "properties": fields}
    if embedded + demanded:
        built["required"] = embedded + demanded
    if embedded:
        built["x-embedded"] = embedded
    if name in NAMED:
        built["x-named"] = NAMED[name]
    return built


def value(schema: Schema, nullable: bool = True) -> Schema:
    """The schema of a field, an item or a map's value; null is missing unless `nullable`."""
    if "$ref" in schema:
        name = short(str(schema["$ref"]).rpartition("/")[2])
        reference: Schema = {"$ref": f"#/$defs/{name}"}
        return reference if nullable else reference | without_null(TYPES.get(name, OBJECT))
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    built: Schema = {"type": sorted({*types, "null"}) if nullable else sorted({*types} - {"null"})}
    for keyword in ("items", "additionalProperties"):
        part = schema.get(keyword)
        if isinstance(part, dict):
            built[keyword] = value(part, short(str(part.get("$ref"))) not in DEMANDING)
    if limit := INTEGERS.get(str(schema.get("format"))):
        built |= {"minimum": SMALLEST[schema["format"]], "maximum": limit - 1}
    return built


def without_null(schema: Schema) -> Schema:
    """The types of a schema but for null."""
    return {"type": [name for name in schema["type"] if name != "null"]}


if __name__ == "__main__":
    main()
