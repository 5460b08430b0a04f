"""Names, namespaces, labels, annotations, owners and finalizers."""

import pytest

from dslint.target import Target
from dslint.workloads import Workload

LONG = "a" * 64


def pod(metadata):
    return f"{{apiVersion: v1, kind: Pod, metadata: {metadata}}}"


def whole(kind, metadata, spec="{}"):
    return f"{{kind: {kind}, metadata: {metadata}, spec: {spec}}}"


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        ("{name: a.b-1, namespace: kube-system}", []),
        ("{generateName: a-}", []),
        ("{generateName: BA-, name: x}", ["DS106 metadata.generateName"]),
        ("{generateName: BA-}", ["DS106 metadata.generateName"]),
        ("{generateName: A-}", ["DS106 metadata.name"]),
        ("{generateName: x-}", []),
        ("{generateName: x\u00e9-, name: x}", ["DS106 metadata.generateName"]),
        ("{generateName: \u00e9-, name: x}", ["DS106 metadata.generateName"]),
        ("{}", ["DS106 metadata.name"]),
        ("{name: ''}", ["DS106 metadata.name"]),
        ("{name: null, generateName: null}", ["DS106 metadata.name"]),
        ("{name: A}", ["DS106 metadata.name"]),
        ("{name: a_b}", ["DS106 metadata.name"]),
        (f"{{name: {LONG}}}", []),
        ("{name: 5}", []),
        ("{name: a, namespace: a.b}", ["DS106 metadata.namespace"]),
        ("{name: a, labels: {'a b': c}}", ["DS107 metadata.labels"]),
        ("{name: a, labels: {a: 'b c'}}", ["DS107 metadata.labels"]),
        (f"{{name: a, labels: {{a: {LONG}}}}}", ["DS107 metadata.labels"]),
        ("{name: a, labels: {a: null, b: 5, c: ''}}", []),
        ("{name: a, labels: [a]}", []),
        ("{name: a, annotations: {A.b/C: 'any thing'}}", []),
        ("{name: a, annotations: {a b: c}}", ["DS108 metadata.annotations"]),
        ("{name: a, annotations: x}", []),
        ("{name: a, finalizers: [example.com/x, orphan]}", []),
        ("{name: a, finalizers: [a b]}", ["DS199 metadata.finalizers"]),
        ("{name: a, finalizers: [orphan, foregroundDeletion]}", ["DS199 metadata.finalizers"]),
    ],
)
def test_metadata(refused, metadata, expected):
    assert refused("metadata", pod(metadata)) == expected


@pytest.mark.parametrize(
    ("owner", "expected"),
    [
        ("{apiVersion: apps/v1, kind: A, name: a, uid: u}", []),
        ("{apiVersion: a/b/c, kind: A, name: a, uid: u}", ["DS199 [0].apiVersion"]),
        ("{apiVersion: v1, kind: '', name: '', uid: ''}", ["[0].kind", "[0].name", "[0].uid"]),
        ("{apiVersion: v1, kind: Event, name: a, uid: u}", ["DS199 [0]"]),
        ("{apiVersion: /v1, kind: Event, name: a, uid: u}", ["DS199 [0]"]),
        ("{apiVersion: a/v1, kind: Event, name: a, uid: u}", []),
        ("{apiVersion: a/, kind: A, name: a, uid: u}", ["DS199 [0].apiVersion"]),
    ],
)
def test_owner(refused, owner, expected):
    found = refused("metadata", pod(f"{{name: a, ownerReferences: [{owner}]}}"), version="1.37")
    found = [one.replace("metadata.ownerReferences", "") for one in found]
    assert found == [one if one.startswith("DS") else f"DS199 {one}" for one in expected]


@pytest.mark.parametrize(
    ("owner", "field"),
    [
        ("{apiVersion: v1, kind: '', name: a, uid: u}", ".kind"),
        ("{apiVersion: v1, kind: Event, name: a, uid: u}", ""),
    ],
)
def test_which_owner_was_not_said_before_its_fields_were_marked(refused, owner, field):
    manifest = pod(f"{{name: a, ownerReferences: [{owner}]}}")
    assert refused("metadata", manifest, version="1.36") == [
        f"DS199 metadata.ownerReferences{field}"
    ]
    assert refused("metadata", manifest, version="1.37") == [
        f"DS199 metadata.ownerReferences[0]{field}"
    ]


def test_one_owner_is_the_controller(refused):
    owner = "{apiVersion: v1, kind: A, name: a, uid: %s, controller: true}"
    two = f"[{owner % 'u'}, {owner % 'w'}]"
    found = refused("metadata", pod(f"{{name: a, ownerReferences: {two}}}"))
    assert found == ["DS199 metadata.ownerReferences"]


def test_owners_that_are_there_twice_count_once(refused):
    """As `dedupOwnerReferences` leaves them, from which the index is counted."""
    owner = "{apiVersion: v1, kind: A, name: a, uid: u, controller: true%s}"
    listed = f"[{owner % ''}, {owner % ', blockOwnerDeletion: null'}, {{kind: ''}}]"
    found = refused("metadata", pod(f"{{name: a, ownerReferences: {listed}}}"), version="1.37")
    assert found == ["DS199 metadata.ownerReferences[1].kind"]
    listed = f"[{owner % ''}, {owner % ', blockOwnerDeletion: false'}]"
    found = refused("metadata", pod(f"{{name: a, ownerReferences: {listed}}}"))
    assert found == ["DS199 metadata.ownerReferences"]


def test_annotations_have_a_size(refused):
    large = "é" * 131_072
    assert refused("metadata", pod(f"{{name: a, annotations: {{b: '{large}'}}}}")) == [
        "DS108 metadata.annotations"
    ]
    assert refused("metadata", pod(f"{{name: a, annotations: {{b: '{large[:-1]}'}}}}")) == []


@pytest.mark.parametrize(
    ("kind", "name", "version", "expected"),
    [
        ("StatefulSet", "a.b", "1.36", ["DS106 metadata.name"]),
        ("StatefulSet", "a.b", "1.26", []),
        ("DaemonSet", "a.b", "1.36", []),
        ("CronJob", "a" * 52, "1.36", []),
        ("CronJob", "a" * 53, "1.36", ["DS106 metadata.name"]),
        ("Job", "a" * 63, "1.36", []),
        ("Job", "a" * 64, "1.36", ["DS106 spec.template.labels"]),
    ],
)
def test_names_of_a_kind(refused, kind, name, version, expected):
    assert refused("metadata", whole(kind, f"{{name: {name}}}"), version) == expected


def test_generated_names_are_cut(refused):
    assert refused("metadata", whole("CronJob", f"{{generateName: {'a' * 60}}}")) == [
        "DS106 metadata.name"
    ]
    assert refused("metadata", whole("Job", f"{{generateName: {'a' * 60}}}")) == []


@pytest.mark.parametrize(
    ("metadata", "version", "expected"),
    [
        ("{name: a, generateName: A_B}", "1.36", []),
        ("{name: a, generateName: A_B}", "1.34", ["DS106 metadata.generateName"]),
        ("{generateName: A_B}", "1.36", ["DS106 metadata.name"]),
        ("{generateName: a-}", "1.36", []),
        ("{name: a, generateName: A/B}", "1.36", ["DS106 metadata.generateName"]),
        ("{name: a, generateName: a%b}", "1.36", ["DS106 metadata.generateName"]),
        ("{generateName: A/B}", "1.36", ["DS106 metadata.name"]),
    ],
)
def test_prefix_of_a_replication_controller(refused, metadata, version, expected):
    """Judged by the name that is made of it: ValidateObjectMetaWithOpts and BeforeCreate."""
    found = refused("metadata", whole("ReplicationController", metadata), version)
    assert found == expected


def test_manual_selectors_need_no_label_of_the_name(refused):
    text = whole("Job", f"{{name: {LONG}}}", "{manualSelector: true}")
    assert refused("metadata", text) == []


def test_template(refused):
    spec = "{template: {metadata: {labels: {a b: c}, annotations: {a b: c}}}}"
    assert refused("metadata", whole("DaemonSet", "{name: a}", spec)) == [
        "DS107 spec.template.labels",
        "DS108 spec.template.annotations",
    ]


def test_points_at_the_entry():
    from dslint.checks import metadata

    manifest = {"kind": "Pod", "metadata": {"name": "a", "labels": {"a b": "c"}}}
    (found,) = metadata.complaints(Workload.from_object(manifest), Target())
    assert (found.at, found.key) == (("metadata", "labels", "a b"), True)
