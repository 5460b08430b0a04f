"""The engine: what narrows a rule, what raises it, and what it says where."""

import pytest

from dslint import judgement
from dslint.inventory import Inventory
from dslint.judgement import BrokenRuleError
from dslint.placer import place
from dslint.rule import Raise, Rule
from dslint.rulebook import Rulebook
from dslint.sites import Site
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Workload

SECONDS = {"not": {"required": ["tolerationSeconds"]}}
POD = {
    "hostNetwork": True,
    "nodeSelector": {"disk": "ssd"},
    "tolerations": [{"key": "a"}, {"key": "b", "tolerationSeconds": 5}],
}
NODES = Inventory.from_objects([{"metadata": {"name": "n1"}}, {"metadata": {"name": "n2"}}])


def rule(**changes):
    stated = {"each": ("toleration",), "holds": SECONDS, "message": "{self.key}"} | changes
    return Rule("ACME1", "a-rule", "warning", "summary", "why", "fix {self.key}", **stated)


def judge(*rules, kind="Pod", version="1.36", inventory=None, spec=POD):
    book = Rulebook({one.id: one for one in rules}, frozenset(one.id for one in rules))
    template = {"spec": spec} if kind == "Pod" else {"spec": {"template": {"spec": spec}}}
    workload = Workload.from_object({"kind": kind, "metadata": {"name": "w"}, **template})
    panels = judgement.panels(book, kind, version, inventory is not None)
    subject = Subject(
        Site("workload", workload.manifest, ()),
        workload,
        Target(version),
        inventory=inventory,
        placement=place(workload, inventory, Target(version)) if inventory else None,
    )
    return list(judgement.complaints(subject, panels, lambda _: False))


def test_finds_the_site_that_does_not_hold():
    (found,) = judge(rule())
    assert found.path == ("spec", "tolerations", 1)
    assert (found.what, found.fix, found.severity) == ("b", "fix b", None)


NARROWED = {
    "another kind": (rule(kinds=("DaemonSet",)), 0),
    "the kind": (rule(kinds=("Pod",)), 1),
    "since a newer version": (rule(since="1.37"), 0),
    "since this version": (rule(since="1.36"), 1),
    "until this version": (rule(until="1.36"), 1),
    "until an older version": (rule(until="1.35"), 0),
    "until a version long gone": (rule(until="1.9"), 0),
    "where the pod": (rule(where={"pod": {"required": ["hostNetwork"]}}), 1),
    "where the pod not": (rule(where={"pod": {"required": ["hostPID"]}}), 0),
    "where the workload not": (rule(where={"workload": {"required": ["status"]}}), 0),
    "where the site": (rule(where={"self": {"required": ["tolerationSeconds"]}}), 1),
    "needs an inventory": (rule(needs_inventory=True), 0),
    "a fact that holds": (rule(facts={"allowed": {"const": False}}), 0),
    "a fact that does not": (rule(facts={"allowed": {"const": True}}), 1),
    "a fact with settings": (
        rule(facts={"allowed": {"const": True}}, settings={"allow": ["default"]}),
        0,
    ),
    "facts alone": (rule(holds=None, facts={"allowed": True, "label_values": False}), 2),
    "a schema with definitions of its own": (
        rule(holds={"$ref": "#/$defs/x", "$defs": {"x": SECONDS}}),
        1,
    ),
}


@pytest.mark.parametrize(("one", "count"), NARROWED.values(), ids=NARROWED)
def test_narrows(one, count):
    assert len(judge(one)) == count


PLACES = {
    "where the schema failed": ({"holds": {"properties": {"key": {"const": "a"}}}}, ("key",)),
    "the part that `at` names": ({"at": "tolerationSeconds"}, ("tolerationSeconds",)),
    "the site itself": ({"at": ""}, ()),
    "an index": ({"at": "values.0"}, ("values", 0)),
}


@pytest.mark.parametrize(("change", "part"), PLACES.values(), ids=PLACES)
def test_points_at(change, part):
    assert judge(rule(**change))[0].path == ("spec", "tolerations", 1, *part)


def test_points_at_the_key_of_a_map_and_of_an_entry():
    (pod,) = judge(rule(each=("pod",), holds=False, at=""))
    (entry,) = judge(rule(each=("node-selector-entry",), holds=False, at="value"))
    assert (pod.path, pod.key) == (("spec",), True)
    assert (entry.path, entry.key) == (("spec", "nodeSelector", "disk"), True)


RAISED = {
    "the first that matches": ((Raise("error"), Raise("info")), "error", "b"),
    "a message": ((Raise(message="{self.tolerationSeconds} s"),), None, "5 s"),
    "another kind": ((Raise("error", kinds=("Job",)), Raise("info")), "info", "b"),
    "another site": ((Raise("error", each=("pod",)),), None, "b"),
    "a version": ((Raise("error", since="1.37"), Raise("info", until="1.36")), "info", "b"),
    "where not": ((Raise("error", where={"self": {"required": ["x"]}}),), None, "b"),
    "a fact not": ((Raise("error", facts={"allowed": {"const": True}}),), None, "b"),
    "a fact": ((Raise(message="{facts.allowed}", facts={"allowed": True}),), None, "false"),
}


@pytest.mark.parametrize(("raises", "severity", "what"), RAISED.values(), ids=RAISED)
def test_raises(raises, severity, what):
    (found,) = judge(rule(raises=raises))
    assert (found.severity, found.what) == (severity, what)


def test_edits_from_the_root():
    (found,) = judge(rule(edit=({"op": "remove", "path": "/tolerationSeconds"},)))
    assert found.edit == ({"op": "remove", "path": "/spec/tolerations/1/tolerationSeconds"},)


def test_an_edit_of_a_fact_may_be_none():
    (found,) = judge(rule(edit={"fact": "name_patch"}))
    assert found.edit is None


def test_each_item_is_a_complaint_at_its_own_place():
    tainted = Inventory.from_objects(
        [
            {
                "metadata": {"name": "n1"},
                "spec": {"taints": [{"key": "x", "effect": "NoSchedule"}]},
            },
            {
                "metadata": {"name": "n2"},
                "spec": {"taints": [{"key": "y", "effect": "NoExecute"}]},
            },
        ]
    )
    placed = {"each": ("placement",), "holds": None, "needs_inventory": True}
    stated = {**placed, "items": "missed_by_taint", "message": "{item.taint}"}
    only = {"where": {"item": {"properties": {"key": {"const": "y"}}}}}
    spec = {"tolerations": [{"key": "z"}]}
    found = judge(rule(**stated), inventory=tainted, spec=spec)
    assert [(one.what, one.path) for one in found] == [
        ("x:NoSchedule", ("spec", "tolerations")),
        ("y:NoExecute", ("spec", "tolerations")),
    ]
    assert [one.what for one in judge(rule(**stated, **only), inventory=tainted, spec=spec)] == [
        "y:NoExecute"
    ]


def test_a_placement_and_its_pairs_are_sites():
    stated = {"holds": False, "needs_inventory": True, "at": ""}
    pairs = rule(each=("node-pair",), message="{self.name} {self.lands}", **stated)
    spec = {"nodeName": "n1"}
    assert [one.what for one in judge(pairs, inventory=NODES, spec=spec)] == [
        "n1 true",
        "n2 false",
    ]
    whole = rule(each=("placement",), message="{self.lands}/{self.nodes}", **stated)
    assert [one.what for one in judge(whole, inventory=NODES, spec=spec)] == ["1/2"]


def test_a_fact_that_fails_names_rule_fact_and_site(monkeypatch):
    def fact(subject):
        raise ValueError("no")

    monkeypatch.setattr(judgement.discover.module("facts", "allowed"), "fact", fact)
    expected = (
        r"ACME1 .* fact allowed failed at toleration spec\.tolerations\[1\] of Pod/default/w"
    )
    with pytest.raises(BrokenRuleError, match=expected):
        judge(rule(facts={"allowed": True}))
