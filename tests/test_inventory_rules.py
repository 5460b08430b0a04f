"""The rules about nodes: who says them, at which place, once for a pool, and what day it is."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dslint import Inventory, Workload, linter, rulebook, target
from dslint.facts import old_capture
from dslint.inventory import reference_fleet
from dslint.sites import Site
from dslint.subject import Subject
from dslint.target import Target

BOOK = rulebook.load()
HEAD = "apiVersion: dslint.dev/v1\nkind: NodeInventory\n"
LABELS = "defaults: {labels: {kubernetes.io/os: linux, kubernetes.io/arch: amd64}}\n"


def said(text, version="1.37", run=(), file="nodes.yaml"):
    inventory = Inventory.parse(text, file)
    found = linter.judge_inventory(inventory, BOOK, target.of(version), run)
    return [(one.rule, one.line, one.column) for one in found]


def test_a_pool_is_said_once():
    text = HEAD + 'pools:\n- name: gpu-{1..40}\n  taints: ["a:NoSchedule", "a=b:NoSchedule"]\n'
    assert said(text) == [("DS905", 4, 3), ("DS903", 5, 28)]


def test_nodes_are_said_each():
    assert said(HEAD + "nodes:\n- {name: a}\n- {name: b}\n") == [("DS905", 4, 3), ("DS905", 5, 3)]


def test_sound_nodes_are_silent():
    taints = '["dedicated=db:NoSchedule", "dedicated=db:NoExecute"]'
    assert (
        said(HEAD + LABELS + f"nodes: [{{name: a, unschedulable: true, taints: {taints}}}]") == []
    )


def test_a_capture_as_kubectl_prints_it_is_silent():
    today = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = f"""\
apiVersion: v1
kind: Node
metadata:
  name: a
  labels:
    beta.kubernetes.io/arch: amd64
    beta.kubernetes.io/os: linux
    kubernetes.io/arch: amd64
    kubernetes.io/os: linux
status:
  conditions:
  - {{type: MemoryPressure, status: "False", lastHeartbeatTime: "{today}"}}
  - {{type: Ready, status: "True", lastHeartbeatTime: "{today}"}}
"""
    assert said(text) == []


def test_the_quick_way_says_the_same_as_yaml():
    node = (
        '{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "a", "labels":'
        ' {"kubernetes.io/os": "linux", "kubernetes.io/arch": "arm64"}}, "spec": {"taints": ['
        '{"key": "a", "effect": "NoSchedule"}, {"key": "a", "value": "b", "effect": "NoSchedule"}'
        "]},"
        ' "status": {"conditions": [{"type": "Ready", "status": "Unknown", "lastHeartbeatTime":'
        ' "2019-05-02T00:00:00Z"}]}}'
    )
    rules = [rule for rule, _, _ in said(node, file="nodes.json")]
    assert sorted(rules) == ["DS903", "DS908", "DS910"]
    assert rules == [rule for rule, _, _ in said("# no JSON\n" + node)]


def test_the_built_in_fleet_has_its_nodes_on_purpose():
    assert linter.judge_inventory(reference_fleet(), BOOK, target.of("1.37")) == []


def test_the_old_taint_is_wrong_since_it_went():
    text = (
        HEAD + LABELS + 'nodes: [{name: a, taints: ["node-role.kubernetes.io/master:NoSchedule"]}]'
    )
    assert [rule for rule, _, _ in said(text, "1.25")] == ["DS907"]


def test_a_taint_is_used_if_anybody_in_the_run_tolerates_it():
    text = HEAD + LABELS + 'nodes:\n- name: a\n  taints: ["a:NoSchedule", "b=c:NoExecute"]\n'

    def pod(stated):
        manifest = {"kind": "Pod", "metadata": {"name": "p"}, "spec": {"tolerations": stated}}
        return Workload.from_object(manifest)

    one, other = pod([{"key": "a", "operator": "Exists"}]), pod([{"key": "b", "value": "c"}])
    assert said(text) == []
    assert said(text, run=(one,)) == [("DS909", 6, 28)]
    assert said(text, run=(one, other)) == []


def captured(days_ago, days=90, **condition):
    day = datetime.now(UTC).date() - timedelta(days=days_ago)
    stated = {"type": "Ready", "lastHeartbeatTime": f"{day}T23:59:59Z", **condition}
    nodes = [{"metadata": {"name": "a"}}, {"status": {"conditions": [stated]}}]
    site = Site("inventory", {"nodes": nodes}, ())
    return old_capture.fact(Subject(site, Workload.from_object({}), Target(), {"days": days}))


@pytest.mark.parametrize(("days_ago", "old"), [(0, False), (-3, False), (90, False), (92, True)])
def test_a_capture_is_old_after_the_days_of_the_setting(days_ago, old):
    assert bool(captured(days_ago)) is old


def test_an_old_capture_points_at_the_node_that_was_heard_last():
    (item,) = captured(400, days=7)
    assert item["path"] == ("nodes", 1, "status", "conditions")
    assert date.fromisoformat(item["captured"]) < datetime.now(UTC).date()


@pytest.mark.parametrize("heartbeat", [None, 5, "", "yesterday", "2024-13-41T00:00:00Z"])
def test_what_is_no_time_has_no_age(heartbeat):
    assert captured(400, lastHeartbeatTime=heartbeat) == []


def test_a_setting_that_is_no_number_of_days_says_nothing():
    assert captured(400, days="soon") == []
