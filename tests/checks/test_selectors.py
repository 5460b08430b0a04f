"""Selectors against the labels of their own pod template."""

import pytest

SELECTOR = "DS113 spec.selector"
LABELS = "DS112 spec.template.metadata.labels"


def whole(kind, selector, labels="{app: a}", rest=""):
    chosen = f"selector: {selector}, " if selector else ""
    template = f"template: {{metadata: {{labels: {labels}}}}}"
    return f"{{kind: {kind}, metadata: {{name: a}}, spec: {{{chosen}{rest}{template}}}}}"


@pytest.mark.parametrize("kind", ["DaemonSet", "Deployment", "StatefulSet", "ReplicaSet"])
@pytest.mark.parametrize(
    ("selector", "labels", "expected"),
    [
        ("{matchLabels: {app: a}}", "{app: a, b: c}", []),
        ("{matchLabels: {app: a}}", "{app: b}", [LABELS]),
        ("{matchLabels: {app: a}}", "null", [LABELS]),
        ("{matchLabels: {app: ''}}", "{app: null}", []),
        ("{}", "{app: a}", [SELECTOR]),
        ("{matchLabels: {}, matchExpressions: []}", "{app: a}", [SELECTOR]),
        ("null", "{app: a}", []),
        ("x", "{app: a}", []),
        ("{matchLabels: {a b: c}}", "{}", ["DS107 spec.selector.matchLabels"]),
        ("{matchExpressions: [{key: app, operator: In, values: [a, b]}]}", "{app: a}", []),
        ("{matchExpressions: [{key: app, operator: NotIn, values: [b]}]}", "{app: a}", []),
        ("{matchExpressions: [{key: app, operator: NotIn, values: [a]}]}", "{app: a}", [LABELS]),
        ("{matchExpressions: [{key: app, operator: Exists}]}", "{app: a}", []),
        ("{matchExpressions: [{key: b, operator: DoesNotExist}]}", "{app: a}", []),
        ("{matchExpressions: [{key: app, operator: DoesNotExist}]}", "{app: a}", [LABELS]),
    ],
)
def test_controllers(refused, kind, selector, labels, expected):
    assert refused("selectors", whole(kind, selector, labels)) == expected


@pytest.mark.parametrize(
    ("requirement", "part"),
    [
        ("{key: app, operator: Gt, values: ['1']}", "operator"),
        ("{key: app, operator: In}", "values"),
        ("{key: app, operator: In, values: []}", "values"),
        ("{key: app, operator: Exists, values: [a]}", "values"),
        ("{key: a b, operator: Exists}", "key"),
        ("{key: app, operator: In, values: [a b]}", "values[0]"),
    ],
)
def test_requirement(refused, requirement, part):
    found = refused("selectors", whole("DaemonSet", f"{{matchExpressions: [{requirement}]}}"))
    assert found == [f"DS107 spec.selector.matchExpressions[0].{part}"]


@pytest.mark.parametrize("requirement", ["null", "{}", "{key: app}", "{operator: Exists}"])
@pytest.mark.parametrize("kind", ["DaemonSet", "Job"])
def test_what_is_no_selector_matches_nothing(refused, kind, requirement):
    """Nothing is matched where LabelSelectorAsSelector fails; the schema tells what is missing."""
    selector = f"{{matchLabels: {{app: b}}, matchExpressions: [{requirement}]}}"
    rest = "manualSelector: true, " if kind == "Job" else ""
    assert refused("selectors", whole(kind, selector, rest=rest)) == []


@pytest.mark.parametrize(
    ("selector", "labels", "expected"),
    [
        ("", "{app: a}", []),
        ("", "null", [SELECTOR]),
        ("{app: a}", "{app: a}", []),
        ("{app: a}", "{app: b}", [LABELS]),
    ],
)
def test_replication_controller(refused, selector, labels, expected):
    assert refused("selectors", whole("ReplicationController", selector, labels)) == expected


@pytest.mark.parametrize(("selector", "expected"), [("{app: a}", []), ("{}", [SELECTOR])])
def test_no_template_has_no_labels(refused, selector, expected):
    """ValidatePodTemplateSpecForRC asks for the template alone."""
    text = f"{{kind: ReplicationController, spec: {{template: null, selector: {selector}}}}}"
    assert refused("selectors", text) == expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("{template: {metadata: {labels: {job-name: ''}}}}", [f"{LABELS}[job-name]"]),
        ("{selector: {matchLabels: {job-name: ''}}}", ["DS112 spec.selector"]),
        ("{template: {metadata: {labels: {app: a}}}}", []),
    ],
)
def test_a_generated_name_is_no_empty_one(refused, spec, expected):
    """The name is there when generateSelector and validateGeneratedSelector look at it."""
    text = f"{{kind: Job, metadata: {{generateName: a-}}, spec: {spec}}}"
    assert refused("selectors", text) == expected


@pytest.mark.parametrize(
    ("selector", "labels", "rest", "expected"),
    [
        ("", "{app: a}", "", []),
        ("{matchLabels: {app: a}}", "{app: a}", "", ["DS112 spec.selector"]),
        ("{matchLabels: {app: a}}", "{app: a}", "manualSelector: true, ", []),
        ("{matchLabels: {app: b}}", "{app: a}", "manualSelector: true, ", [LABELS]),
        ("", "{app: a}", "manualSelector: true, ", [SELECTOR]),
        ("", "{job-name: a}", "", []),
        ("", "{job-name: b}", "", [f"{LABELS}[job-name]"]),
        ("", "{controller-uid: b}", "", [f"{LABELS}[controller-uid]"]),
        ("{matchLabels: {a b: c}}", "{}", "", ["DS107 spec.selector.matchLabels"]),
        ("x", "{}", "", []),
    ],
)
def test_job(refused, selector, labels, rest, expected):
    assert refused("selectors", whole("Job", selector, labels, rest)) == expected


def test_a_label_may_be_as_empty_as_the_name(refused):
    """validateGeneratedSelector compares the two; the missing name is told elsewhere."""
    text = "{kind: Job, metadata: {}, spec: {template: {metadata: {labels: {job-name: null}}}}}"
    assert refused("selectors", text) == []


def test_cron_job(refused):
    spec = "{jobTemplate: {spec: {selector: {}, manualSelector: true}}}"
    assert refused("selectors", f"{{kind: CronJob, spec: {spec}}}") == [
        "DS112 spec.jobTemplate.spec.selector",
        "DS112 spec.jobTemplate.spec.manualSelector",
    ]


def test_pods_have_none(refused):
    assert refused("selectors", "{kind: Pod, spec: {selector: {}}}") == []
