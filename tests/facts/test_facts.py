"""Facts by tables: what each answers for one site, and what all have in common."""

import pytest

from dslint import discover, rulebook, sites
from dslint.inventory import Inventory
from dslint.placer import place
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Workload

MASTER = "node-role.kubernetes.io/master"
CONTROL_PLANE = "node-role.kubernetes.io/control-plane"


def subject(kind, spec, index=0, nodes=None, settings=None, workload_kind="DaemonSet"):
    manifest = {"kind": workload_kind, "metadata": {"name": "w", "namespace": "ns"}}
    workload = Workload.from_object({**manifest, "spec": {"template": {"spec": spec}}})
    found = list(sites.of(workload, frozenset({kind})))
    inventory = Inventory.from_objects(nodes) if nodes is not None else None
    return Subject(
        found[index] if found else sites.Site(kind, {}, ()),
        workload,
        Target(),
        settings or {},
        inventory,
        place(workload, inventory, Target()) if inventory else None,
    )


def ask(name, *arguments, **options):
    return discover.module("facts", name).fact(subject(*arguments, **options))


def required(*terms):
    stated = {"nodeSelectorTerms": [{"matchExpressions": list(term)} for term in terms]}
    return {
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": stated}}
    }


def asks(key, operator="Exists", *values):
    return {"key": key, "operator": operator, **({"values": list(values)} if values else {})}


def node(name, labels=None, taints=()):
    stated = [{"key": key, "value": value, "effect": effect} for key, value, effect in taints]
    return {"metadata": {"name": name, "labels": labels or {}}, "spec": {"taints": stated}}


@pytest.mark.parametrize("name", discover.names("facts"))
def test_every_fact_is_documented_and_typed(name):
    module = discover.module("facts", name)
    assert module.fact.__doc__
    assert module.fact.__annotations__["return"]
    assert module.__doc__


def test_facts_are_described():
    described = {fact["name"]: fact for fact in rulebook.describe_facts()}
    assert list(described) == list(discover.names("facts"))
    assert described["unknown_label"]["needs_inventory"] is True
    assert described["allowed"]["type"] == "bool"


@pytest.mark.parametrize("name", discover.names("facts"))
@pytest.mark.parametrize("kind", ["toleration", "requirement", "node-selector-entry", "pod"])
@pytest.mark.parametrize(
    "spec",
    [
        pytest.param(
            {"tolerations": [{}], "nodeSelector": {"a": "b"}, **required([{}])}, id="bare"
        ),
        pytest.param(
            {
                "tolerations": [{"key": 1, "effect": [], "operator": {}, "value": 2}],
                "nodeSelector": {"a": 1},
                **required([{"key": {}, "operator": 3, "values": "x"}]),
            },
            id="wrong types",
        ),
    ],
)
def test_no_fact_fails_on_anything(name, kind, spec):
    ask(name, kind, spec)
    ask(name, kind, spec, nodes=[node("a", {"x": "y"}, [("k", "v", "NoSchedule")])])


@pytest.mark.parametrize(
    ("allow", "expected"),
    [
        ([], False),
        (None, False),
        (["ns"], True),
        (["w"], True),
        (["kube-*", "n?"], True),
        (["DaemonSet/w"], True),
        (["DaemonSet/ns/*"], True),
        (["Deployment/w"], False),
    ],
)
def test_allowed(allow, expected):
    assert ask("allowed", "pod", {"nodeName": "a"}, settings={"allow": allow}) is expected


@pytest.mark.parametrize(
    ("others", "effect", "expected"),
    [
        pytest.param([], "NoSchedule", False, id="alone"),
        pytest.param([{"key": CONTROL_PLANE}], "NoSchedule", True, id="its partner"),
        pytest.param([{"operator": "Exists"}], "NoSchedule", True, id="everything"),
        pytest.param([{"key": CONTROL_PLANE, "effect": "NoExecute"}], None, False, id="another"),
        pytest.param(
            [{"key": CONTROL_PLANE, "effect": "NoSchedule"}], "NoExecute", True, id="kubeadm"
        ),
        pytest.param([{"key": CONTROL_PLANE, "value": "true"}], "NoSchedule", False, id="a value"),
    ],
)
def test_control_plane_tolerated(others, effect, expected):
    own = {"key": MASTER, **({"effect": effect} if effect else {})}
    spec = {"tolerations": [own, *others]}
    assert ask("control_plane_tolerated", "toleration", spec) is expected


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param(required([asks(MASTER)]), CONTROL_PLANE, id="alone"),
        pytest.param(required([asks(MASTER)], [asks(CONTROL_PLANE)]), None, id="alternatives"),
        pytest.param(
            required([asks(MASTER), asks(CONTROL_PLANE)]), CONTROL_PLANE, id="both at once"
        ),
        pytest.param(
            required([asks(MASTER, "DoesNotExist"), asks(CONTROL_PLANE, "DoesNotExist")]),
            None,
            id="neither",
        ),
        pytest.param(
            required([asks(MASTER, "DoesNotExist")], [asks(CONTROL_PLANE, "DoesNotExist")]),
            CONTROL_PLANE,
            id="one or the other missing",
        ),
        pytest.param(required([asks("disk")]), None, id="another label"),
    ],
)
def test_label_successor(spec, expected):
    found = ask("label_successor", "requirement", spec)
    assert (found and found["key"]) == expected


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        pytest.param(
            "requirement",
            required([asks(MASTER)]),
            [{"op": "replace", "path": "/key", "value": CONTROL_PLANE}],
            id="a requirement",
        ),
        pytest.param(
            "node-selector-entry",
            {"nodeSelector": {"beta.kubernetes.io/os": "linux"}},
            [{"op": "move", "from": "", "path": "/../kubernetes.io~1os"}],
            id="an entry",
        ),
        pytest.param(
            "node-selector-entry",
            {"nodeSelector": {"beta.kubernetes.io/os": "a", "kubernetes.io/os": "b"}},
            [{"op": "remove", "path": ""}],
            id="an entry beside its successor",
        ),
        pytest.param("node-selector-entry", {"nodeSelector": {"a": "b"}}, None, id="another"),
    ],
)
def test_successor_patch(kind, spec, expected):
    assert ask("successor_patch", kind, spec) == expected


ONE = asks("metadata.name", "In", "n")


@pytest.mark.parametrize(
    ("spec", "removed"),
    [
        pytest.param(required([ONE]), "/..", id="alone"),
        pytest.param(required([ONE, asks("a")]), "", id="beside another"),
        pytest.param(required([asks("metadata.name", "In", "a", "b")]), None, id="two values"),
        pytest.param(required([asks("metadata.name")]), None, id="another operator"),
    ],
)
def test_name_patch(spec, removed):
    found = ask("name_patch", "requirement", spec)
    if removed is None:
        assert found is None
    else:
        added = {"op": "add", "path": "/../../matchFields", "value": [ONE]}
        assert found == [{"op": "remove", "path": removed}, added]


@pytest.mark.parametrize(
    ("toleration", "others", "expected"),
    [
        pytest.param({"key": "d", "value": "x"}, [], "d=gpu:NoSchedule", id="another value"),
        pytest.param({"key": "d"}, [], "d=gpu:NoSchedule", id="no value"),
        pytest.param({"key": "d", "value": "gpu"}, [], None, id="the value"),
        pytest.param({"key": "d", "operator": "Exists"}, [], None, id="Exists"),
        pytest.param({"key": "d", "effect": "NoExecute", "value": "x"}, [], None, id="effect"),
        pytest.param({"value": "x"}, [], None, id="no key"),
        pytest.param({"key": "d", "value": "x"}, [{"operator": "Exists"}], None, id="tolerated"),
    ],
)
def test_mismatched_taint(toleration, others, expected):
    nodes = [node("a", taints=[("d", "gpu", "NoSchedule"), ("d", "gpu", "PreferNoSchedule")])]
    spec = {"tolerations": [toleration, *others]}
    assert ask("mismatched_taint", "toleration", spec, nodes=nodes) == expected
    assert ask("mismatched_taint", "toleration", spec) is None


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        pytest.param(required([asks("disk")]), None, id="known"),
        pytest.param(required([asks("dsik")]), {"nearest": "disk"}, id="near"),
        pytest.param(required([asks("pool", "In", "a")]), {"nearest": ""}, id="far"),
        pytest.param(required([asks("pool", "NotIn", "a")]), None, id="NotIn"),
        pytest.param(required([asks("pool")], [asks("disk")]), None, id="an alternative"),
        pytest.param(
            required([asks("pool")], [asks("rack")]), {"nearest": ""}, id="two strangers"
        ),
    ],
)
def test_unknown_label(spec, expected):
    assert ask("unknown_label", "requirement", spec, nodes=[node("a", {"disk": "x"})]) == expected
    assert ask("unknown_label", "requirement", spec) is None


@pytest.mark.parametrize(
    ("value", "known", "values"), [("true", True, ["true"]), ("yes", False, ["true"])]
)
def test_role_values(value, known, values):
    key = "node-role.kubernetes.io/worker"
    nodes = [node("a", {key: "true"})]
    for kind, spec in (
        ("node-selector-entry", {"nodeSelector": {key: value}}),
        ("requirement", required([asks(key, "In", value)])),
    ):
        assert ask("role_value_known", kind, spec, nodes=nodes) is known
        assert ask("label_values", kind, spec, nodes=nodes) == values
        assert ask("label_values", kind, spec) == []


NODES = [
    node("a", {"pool": "x"}, [("d", "1", "NoSchedule"), ("e", "", "NoExecute")]),
    node("b", {"pool": "x"}, [("d", "1", "NoSchedule"), ("p", "", "PreferNoSchedule")]),
    node("c", {"pool": "y"}, [("d", "1", "NoSchedule")]),
    node("d", {"pool": "x"}),
]


@pytest.mark.parametrize(
    ("spec", "settings", "expected"),
    [
        pytest.param({}, {}, {"d=1:NoSchedule": 3, "e:NoExecute": 1}, id="everywhere"),
        pytest.param(
            {"nodeSelector": {"pool": "x"}}, {}, {"d=1:NoSchedule": 2, "e:NoExecute": 1}, id="some"
        ),
        pytest.param(
            {"tolerations": [{"key": "d", "operator": "Exists"}]}, {}, {"e:NoExecute": 1}, id="one"
        ),
        pytest.param({}, {"expected": ["d*"]}, {"e:NoExecute": 1}, id="expected"),
        pytest.param({}, {"expected": ["d=1:NoSchedule", "e"]}, {}, id="all expected"),
    ],
)
def test_missed_by_taint(spec, settings, expected):
    found = ask("missed_by_taint", "placement", spec, nodes=NODES, settings=settings)
    assert {item["taint"]: item["nodes"] for item in found} == expected
    own = ("tolerations",) if "tolerations" in spec else ()
    assert all(item["path"] == ("spec", "template", "spec", *own) for item in found)


def test_missed_by_taint_names_some_nodes():
    many = [node(f"n{number}", taints=[("a", "", "NoSchedule")]) for number in range(5)]
    (found,) = ask("missed_by_taint", "placement", {"hostPID": True}, nodes=many)
    assert (found["nodes"], found["names"]) == (5, "n0, n1, n2, ...")


def test_decisive_refusal_is_that_of_most_nodes():
    (found,) = ask("decisive_refusal", "placement", {"nodeSelector": {"disk": "z"}}, nodes=NODES)
    assert found["nodes"] == 4
    assert found["path"] == ("spec", "template", "spec", "nodeSelector", "disk")
    assert found["reasons"].startswith("node selector disk=z: no such label (4), ")


def test_nothing_is_decisive_where_it_lands_everywhere():
    assert ask("decisive_refusal", "placement", {"hostPID": True}, nodes=[node("a")]) == []
