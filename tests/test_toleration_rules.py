"""The rules about tolerations, as findings: where they are silent, and what their repairs do."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dslint import Inventory, rulebook, toleration_cover, tolerations
from dslint.facts import added_by_controller, duplicate_of, shadow_patch, shadowed_by
from dslint.linter import judge
from dslint.sites import Site
from dslint.source import read
from dslint.subject import Subject
from dslint.target import Target
from dslint.text_edit import patched
from dslint.workloads import Workload

GATE = {"TaintTolerationComparisonOperators": True}
HEAD = "apiVersion: dslint.dev/v1\nkind: NodeInventory\n"
BOOK = rulebook.choose(rulebook.load(), ["DS2"])


def manifest(stated, kind="DaemonSet", metadata=None, **pod):
    pod = {"containers": [{"name": "a", "image": "a"}], "tolerations": stated, **pod}
    meta = {"name": "a", **(metadata or {})}
    if kind == "Pod":
        return {"apiVersion": "v1", "kind": kind, "metadata": meta, "spec": pod}
    template = {"metadata": {"labels": {"app": "a"}}, "spec": pod}
    spec = {"selector": {"matchLabels": {"app": "a"}}, "template": template}
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": meta, "spec": spec}


def found(stated, kind="DaemonSet", nodes=None, gates=None, metadata=None, **pod):
    document = read(json.dumps(manifest(stated, kind, metadata, **pod)), "x.json")
    inventory = Inventory.parse(nodes) if nodes else None
    return judge(document, BOOK, Target("1.37", gates or {}), inventory)


def ids(*arguments, **options):
    return sorted(one.rule for one in found(*arguments, **options))


def toleration(text, seconds=None):
    """`key=value:Effect`, `key:Effect`, `key`, `*` (every key): Exists where there is no `=`."""
    name, _, effect = text.partition(":")
    key, equal, value = name.partition("=")
    stated = {"key": key} if key != "*" else {}
    stated |= {"operator": "Equal", "value": value} if equal else {"operator": "Exists"}
    stated |= {"effect": effect} if effect else {}
    return stated if seconds is None else {**stated, "tolerationSeconds": seconds}


EVERYDAY = {
    "control plane without operator": [
        {"key": "node-role.kubernetes.io/control-plane", "effect": "NoSchedule"}
    ],
    "control plane with its key alone": [{"key": "node-role.kubernetes.io/control-plane"}],
    "every key, NoSchedule": [toleration("*:NoSchedule")],
    "every key, each effect that counts": [toleration("*:NoSchedule"), toleration("*:NoExecute")],
    "critical add-on": [toleration("CriticalAddonsOnly")],
    "a cloud that is not there yet": [
        toleration("node.cloudprovider.kubernetes.io/uninitialized=true:NoSchedule")
    ],
    "not ready, new pods too": [toleration("node.kubernetes.io/not-ready:NoSchedule")],
    "graphics cards": [toleration("nvidia.com/gpu:NoSchedule")],
    "two values of one key": [toleration("a=b:NoSchedule"), toleration("a=c:NoSchedule")],
    "no value, written down": [
        {"key": "a", "operator": "Equal", "value": "", "effect": "NoSchedule"}
    ],
}


@pytest.mark.parametrize("kind", ["DaemonSet", "Deployment"])
@pytest.mark.parametrize("stated", EVERYDAY.values(), ids=EVERYDAY)
def test_everyday_forms_are_silent(stated, kind):
    assert ids(stated, kind) == []


SAID = {
    "a shorter time in front": (
        [toleration("a:NoExecute", 60), toleration("a:NoExecute")],
        "Pod",
        ["DS209"],
    ),
    "a shorter time in front of every key": (
        [toleration("a:NoExecute", 60), toleration("*:NoExecute")],
        "Pod",
        [],
    ),
    "the same twice": ([toleration("a:NoExecute", 60)] * 2, "Pod", ["DS208"]),
    "a third between that takes over": (
        [toleration("a=b:NoExecute"), toleration("a:NoExecute", 9), toleration("*:NoExecute")],
        "Pod",
        [],
    ),
    "shadowed twice, said once": (
        [toleration("*:NoSchedule"), toleration("a:NoSchedule"), toleration("a:NoSchedule")],
        "Pod",
        ["DS208", "DS209"],
    ),
    "what the controller replaces": (
        [toleration("node.kubernetes.io/unreachable:NoExecute", 300)],
        "DaemonSet",
        ["DS213"],
    ),
    "what the controller adds, covered here": (
        [toleration("node.kubernetes.io/pid-pressure:NoSchedule"), toleration("*:NoSchedule")],
        "DaemonSet",
        ["DS209"],
    ),
    "no value, covered": (
        [{"key": "a", "effect": "NoSchedule"}, toleration("a:NoSchedule")],
        "Pod",
        ["DS209"],
    ),
    "today's control plane with another effect": (
        [
            toleration("node-role.kubernetes.io/master:NoSchedule"),
            toleration("node-role.kubernetes.io/control-plane:NoExecute"),
        ],
        "Pod",
        ["DS211"],
    ),
    "no effect, and NoExecute for a time": (
        [toleration("a:NoExecute", 60), toleration("a")],
        "Pod",
        [],
    ),
    "no effect, covered": ([toleration("*"), toleration("a")], "Pod", ["DS209", "DS210"]),
    "no controller": ([toleration("node.kubernetes.io/pid-pressure:NoSchedule")], "Pod", []),
    "Equal with a time comes before the controller's": (
        [{"key": "node.kubernetes.io/not-ready", "effect": "NoExecute", "tolerationSeconds": 9}],
        "DaemonSet",
        ["DS216"],
    ),
}


@pytest.mark.parametrize(("stated", "kind", "expected"), SAID.values(), ids=SAID)
def test_says(stated, kind, expected):
    assert ids(stated, kind) == expected


def test_a_value_that_no_node_has_is_said_once():
    nodes = HEAD + 'nodes: [{name: a, taints: ["a=b:NoSchedule"]}]'
    assert ids([{"key": "a", "effect": "NoSchedule"}], nodes=nodes) == ["DS221"]


def test_comparisons_cover_each_other_where_the_gate_is_on():
    stated = [
        {"key": "a", "operator": "Gt", "value": "3", "effect": "NoSchedule"},
        {"key": "a", "operator": "Gt", "value": "5", "effect": "NoSchedule"},
    ]
    (said,) = found(stated, gates=GATE)
    assert (said.rule, said.path) == ("DS209", "spec.template.spec.tolerations[1]")
    assert {one.rule for one in found(stated)} == {"DS207"}


def test_a_pod_that_a_controller_made_is_passed_over():
    owned = {"ownerReferences": [{"apiVersion": "apps/v1", "kind": "DaemonSet", "name": "a"}]}
    stated = [toleration("*"), toleration("a"), toleration("a")]
    assert "DS208" not in ids(stated, "Pod", metadata=owned)
    assert "DS209" not in ids(stated, "Pod", metadata=owned)


def test_the_longer_time_is_not_removed_for_the_shorter():
    (said,) = found([toleration("a:NoExecute", 60), toleration("a:NoExecute")], "Pod")
    assert said.edit == ()
    assert "tolerations[0] (a:NoExecute (Exists)), for 60 s" in said.what


def test_the_key_that_was_meant_is_written():
    nodes = HEAD + 'nodes: [{name: a, taints: ["spot=true:NoSchedule"]}]'
    (said,) = found([toleration("Spot:NoSchedule")], nodes=nodes)
    assert said.rule == "DS223"
    (replaced,) = said.edit
    assert replaced["path"] == "/spec/template/spec/tolerations/0/key"
    assert replaced["value"] == "spot"


def test_two_near_keys_are_no_repair():
    nodes = HEAD + 'nodes: [{name: a, taints: ["spots:NoSchedule", "spott:NoSchedule"]}]'
    assert ids([toleration("spot:NoSchedule")], nodes=nodes) == ["DS222"]


TOLERATIONS = st.lists(
    st.builds(
        toleration,
        st.sampled_from(
            [
                "*",
                "*:NoExecute",
                "*:NoSchedule",
                "a",
                "a:NoExecute",
                "a=b:NoExecute",
                "a=b",
                "node.kubernetes.io/not-ready:NoExecute",
                "node.kubernetes.io/not-ready=:NoExecute",
                "node.kubernetes.io/disk-pressure:NoSchedule",
            ]
        ),
        st.sampled_from([None, None, 0, 60]),
    ),
    max_size=4,
)


@given(TOLERATIONS, st.sampled_from(["DaemonSet", "Pod"]))
def test_what_is_removed_as_needless_changes_nothing(stated, kind):
    whole = Workload.from_object(manifest(stated, kind), admitted=True)
    for index, one in enumerate(stated):
        path = (*whole.pod_path, "tolerations", index)
        subject = Subject(Site("toleration", one, path, index, stated), whole, Target())
        needless = (
            duplicate_of.fact(subject)
            or shadow_patch.fact(subject)
            or added_by_controller.fact(subject)
        )
        if not needless:
            continue
        removed = {"op": "remove", "path": "/" + "/".join(map(str, path))}
        left = Workload.from_object(patched(whole.manifest, [removed]), admitted=True)
        assert toleration_cover.changed(tolerations.of(whole), tolerations.of(left)) is None


def test_a_shadow_tells_who_casts_it():
    stated = [toleration("a"), toleration("a=b:NoSchedule")]
    workload = Workload.from_object(manifest(stated))
    subject = Subject(Site("toleration", stated[1], (), 1, stated), workload, Target())
    assert shadowed_by.fact(subject) == {
        "by": "tolerations[0] (a (Exists))",
        "this": "a=b:NoSchedule",
        "longer": False,
    }
