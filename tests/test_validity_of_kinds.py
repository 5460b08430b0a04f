"""What an API server asks of each kind of workload, beside its pods: whole manifests."""

import pytest
import yaml

import dslint
from dslint.workloads import GROUPS, POD_PATHS

LABELS = {"app": "a"}
POD = {"containers": [{"name": "c", "image": "i"}]}
TEMPLATES = {
    "CronJob": ("spec.jobTemplate", "spec.jobTemplate.spec.template"),
    "PodTemplate": ("template",),
    "StatefulSet": ("spec.template",),
    "Job": ("spec.template",),
    "ReplicationController": ("spec.template",),
}
CLAIM = {
    "metadata": {"name": "a", "ownerReferences": [{}], "finalizers": ["a b"]},
    "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Gi"}}},
}


def manifest(kind):
    """The smallest manifest of a kind that is accepted."""
    version = f"{GROUPS.get(kind, 'apps')}/v1".removeprefix("/")
    whole = {"apiVersion": version, "kind": kind, "metadata": {"name": "a"}}
    ending = kind in ("Job", "CronJob")
    spec = at(whole, POD_PATHS[kind])
    spec.update(POD, **({"restartPolicy": "Never"} if ending else {}))
    if kind == "CronJob":
        whole["spec"]["schedule"] = "@daily"
    elif kind not in ("Pod", "PodTemplate", "Job"):
        plain = kind == "ReplicationController"
        whole["spec"]["selector"] = LABELS if plain else {"matchLabels": LABELS}
        whole["spec"]["template"]["metadata"] = {"labels": LABELS}
    return whole


def at(owner, path):
    for part in path:
        owner = owner.setdefault(part, {})
    return owner


def refused(kind, place, value):
    """The fields that are refused when `value` stands at `place`, from the manifest's root."""
    whole = manifest(kind)
    *parts, last = place.split(".")
    at(whole, parts)[last] = value
    return {found.path for found in dslint.validity(yaml.safe_dump(whole), kubernetes="1.36")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ownerReferences", [{}]),
        ("ownerReferences", [None]),
        ("ownerReferences", [{"apiVersion": "a/b/c", "kind": "", "name": "", "uid": ""}]),
        ("finalizers", ["a b"]),
        ("managedFields", [{}]),
        ("name", "A B"),
        ("namespace", "A B"),
        ("generateName", "A B"),
        ("generation", -4),
    ],
)
@pytest.mark.parametrize("kind", TEMPLATES)
def test_of_a_templates_metadata_labels_and_annotations_count(kind, field, value):
    """ValidatePodTemplateSpec; of a CronJob's jobTemplate not even these."""
    for template in TEMPLATES[kind]:
        assert refused(kind, f"{template}.metadata", {"labels": LABELS, field: value}) == set()


def test_owners_of_the_object_itself_count():
    missing = {f"metadata.ownerReferences[0].{one}" for one in ("kind", "name", "uid")}
    owner = {"apiVersion": "v1"}
    assert refused("DaemonSet", "metadata.ownerReferences", [owner]) == missing


def test_metadata_of_a_claim_template_is_not_judged():
    assert refused("StatefulSet", "spec.volumeClaimTemplates", [CLAIM]) == set()


@pytest.mark.parametrize("kind", POD_PATHS)
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("managedFields", [{"operation": "X"}]),
        ("resourceVersion", "5"),
        ("uid", "x"),
        ("selfLink", "x"),
        ("generation", -1),
        ("creationTimestamp", None),
        ("deletionGracePeriodSeconds", -5),
        ("namespace", ""),
        ("generateName", None),
        ("labels", {"a": None}),
    ],
)
def test_metadata_that_the_server_sets_itself(kind, field, value):
    """BeforeCreate of the registry, and decodeLiveOrNew of the field manager."""
    assert refused(kind, f"metadata.{field}", value) == set()


@pytest.mark.parametrize(
    ("kind", "place", "value", "expected"),
    [
        ("Deployment", "spec.strategy", {"type": "Recreate", "rollingUpdate": None}, []),
        ("Deployment", "spec.progressDeadlineSeconds", None, []),
        ("Deployment", "spec.minReadySeconds", 600, ["spec.progressDeadlineSeconds"]),
        ("StatefulSet", "spec.revisionHistoryLimit", -1, []),
        ("StatefulSet", "spec.ordinals", {"start": None}, []),
        ("StatefulSet", "spec.persistentVolumeClaimRetentionPolicy", {"whenDeleted": ""}, []),
        ("ReplicationController", "spec.selector", {}, []),
        ("ReplicationController", "spec.template", None, ["spec.template"]),
        ("ReplicationController", "spec", None, ["spec.selector", "spec.template"]),
        ("Job", "spec.selector", {}, []),
        ("Job", "spec.manualSelector", True, ["spec.selector"]),
        ("CronJob", "spec.jobTemplate.spec.selector", {}, ["spec.jobTemplate.spec.selector"]),
        ("CronJob", "spec.concurrencyPolicy", "", []),
        ("PodTemplate", "template", None, ["template.spec.containers"]),
    ],
)
def test_defaults_run_before_validation(kind, place, value, expected):
    """SetDefaults of pkg/apis/apps/v1, batch/v1 and core/v1, defaults.go."""
    assert refused(kind, place, value) == set(expected)
