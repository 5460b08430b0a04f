"""The commands from end to end, in this process: what is printed where, and the exit code."""

import json
import pathlib
from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]
Write = Callable[[str, str], str]

GOOD = """\
apiVersion: v1
kind: Pod
metadata: {name: good, labels: {app: web}}
spec:
  containers: [{name: a, image: "a:1"}]
"""
REFUSED = GOOD.replace("good", "refused") + "  tolerations: [{key: a, operator: Exist}]\n"
PRUNED = GOOD.replace("good", "pruned") + "  tolerationz: []\n"
DAEMONSET = """\
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: kube-system}
spec:
  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: agent}}
    spec:
      nodeName: ""
      tolerations: [{key: node-role.kubernetes.io/master, effect: NoSchedule, operator: Exists}]
      containers: [{name: a, image: "a:1"}]
"""
NODES = """\
apiVersion: dslint.dev/v1
kind: NodeInventory
nodes:
  - name: plain
  - name: tainted
    taints: ["dedicated=gpu:NoSchedule"]
  - name: cordoned
    unschedulable: true
"""
DUPLICATE = NODES + "  - name: plain\n"


# lint


def test_lint_finds_nothing_in_a_good_manifest(run: Run, write: Write) -> None:
    code, out, err = run("lint", write("a.yaml", GOOD))
    assert (code, out) == (0, "no findings in 1 file, 1 workload\n")
    assert err == "note: rules that need an inventory are left out: add --nodes FILE\n"


def test_lint_names_place_rule_why_and_fix(run: Run, write: Write) -> None:
    code, out, _ = run("lint", write("a.yaml", REFUSED), "--select", "DS201")
    first, why, fix, summary = out.splitlines()
    assert code == 1
    assert first.startswith("a.yaml:6:36: error DS201 toleration-operator: ")
    assert why.startswith("  why: ")
    assert fix.startswith("  fix: ")
    assert summary == "1 finding (1 error) in 1 file, 1 workload"


def test_lint_with_an_inventory_judges_by_it_and_judges_it(run: Run, write: Write) -> None:
    missing = GOOD + "  nodeSelector: {nowhere: here}\n"
    code, out, err = run(
        "lint", write("a.yaml", missing), "--nodes", write("../n.yaml", DUPLICATE)
    )
    assert code == 1
    assert "DS401 lands-nowhere" in out
    assert "../n.yaml:9:11: error DS901 duplicate-node" in out
    assert err == ""


FAIL_ON = {"error": 0, "warning": 1, "info": 1, "none": 0}


@pytest.mark.parametrize(("severity", "expected"), FAIL_ON.items(), ids=FAIL_ON)
def test_lint_fails_on_what_it_is_told(
    severity: str, expected: int, run: Run, write: Write
) -> None:
    warned = GOOD + "  tolerations: [{operator: Exists}]\n"
    options = ("--select", "DS210", "--fail-on", severity)
    code, out, _ = run("lint", write("a.yaml", warned), *options)
    assert "warning DS210" in out
    assert code == expected


CHOSEN = {
    "all": ((), {"DS201", "DS210"}),
    "one": (("--select", "DS210"), {"DS210"}),
    "one in small letters": (("--select", "ds210"), {"DS210"}),
    "two at once": (("--select", "DS210,DS201"), {"DS201", "DS210"}),
    "two, twice": (("--select", "DS210", "--select", "DS201"), {"DS201", "DS210"}),
    "not one": (("--ignore", "DS210"), {"DS201"}),
    "none of a prefix": (("--ignore", "DS2"), set()),
}


@pytest.mark.parametrize(("options", "rules"), CHOSEN.values(), ids=CHOSEN)
def test_rules_are_chosen_by_id_and_prefix(
    options: tuple[str, ...], rules: set[str], run: Run, write: Write
) -> None:
    both = GOOD + "  tolerations: [{operator: Exists}, {key: a, operator: Exist}]\n"
    _, out, _ = run("lint", write("a.yaml", both), "--format", "json", *options)
    found = {finding["rule"] for finding in json.loads(out)["findings"]}
    assert found & {"DS201", "DS210"} == rules


def test_the_strict_profile_makes_errors_of_warnings(run: Run, write: Write) -> None:
    warned = GOOD + "  tolerations: [{operator: Exists}]\n"
    code, out, _ = run("lint", write("a.yaml", warned), "--profile", "strict")
    assert code == 1
    assert "error DS210" in out


def test_a_users_own_rule_is_found(run: Run, write: Write) -> None:
    rule = """\
id: ACME1
name: no-agent
severity: warning
summary: A workload named good.
why: We want none.
each: workload
holds: {properties: {metadata: {properties: {name: {not: {const: good}}}}}}
message: it is named good
fix: name it otherwise
good: ['{apiVersion: v1, kind: Pod, metadata: {name: a}}']
bad: ['{apiVersion: v1, kind: Pod, metadata: {name: good}}  # here']
references: ["https://example.com"]
"""
    write("../rules/ACME1-no-agent.yaml", rule)
    _, out, _ = run("lint", write("a.yaml", GOOD), "--rules", "../rules")
    assert "warning ACME1 no-agent: it is named good" in out
    _, out, _ = run("rules", "--rules", "../rules")
    assert "ACME1" in out


# what is read and passed over

NO_MANIFESTS = {
    "chart/Chart.yaml": "apiVersion: v2\nname: c\n",
    "chart/templates/ds.yaml": "apiVersion: v1\nkind: {{ .Values.kind }}\n",
    "tsconfig.json": '{\n  // a comment\n  "a": 1,\n}\n',
    "k/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1\npatches: [{path: p.yaml}]",
    "k/p.yaml": "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\n",
    ".github/workflows/ci.yaml": "on: push\n",
    "crd.yaml": "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\nspec: {}\n",
    "config.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n",
    "node.yaml": "apiVersion: v1\nkind: Node\nmetadata: {name: a}\n",
    "list.yaml": "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: Secret}]\n",
    "values.yaml": "# apiVersion\na: 1\n",
}


@pytest.mark.parametrize("command", ["lint", "check", "place"])
def test_a_repository_without_manifests_has_no_findings(
    command: str, run: Run, write: Write
) -> None:
    for name, text in NO_MANIFESTS.items():
        write(name, text)
    code, out, err = run(command, "-v", "--format", "json")
    assert (code, json.loads(out)["findings"]) == (0, [])
    reasons = [line for line in err.splitlines() if line.startswith("skipped: ")]
    assert len(reasons) == len(NO_MANIFESTS) - 1  # nobody looks into .github
    assert "skipped: config.yaml:1: kind ConfigMap carries no pod" in reasons
    assert "skipped: crd.yaml:1: kind Thing of example.com/v1 is not one of Kubernetes' own" in (
        reasons
    )


def test_what_is_skipped_is_counted(run: Run, write: Write) -> None:
    for name, text in NO_MANIFESTS.items():
        write(name, text)
    write("a.yaml", GOOD)
    code, out, _ = run("lint", "--format", "json")
    data = json.loads(out)
    assert (code, data["workloads"], data["skipped"]) == (0, 1, len(NO_MANIFESTS) - 1)


def test_a_list_is_skipped_in_part(run: Run, write: Write) -> None:
    items = "{apiVersion: v1, kind: Secret}, {apiVersion: v1, kind: Pod, metadata: {name: a}}"
    write("a.yaml", f"apiVersion: v1\nkind: List\nitems: [{items}]\n")
    _, out, err = run("lint", "-v")
    assert "DS103" in out
    assert "skipped: a.yaml:3: kind Secret carries no pod" in err


UNREAD = {"missing": "no.yaml", "no match": "*.no", "a folder that is none": "no/"}


@pytest.mark.parametrize("path", UNREAD.values(), ids=UNREAD)
@pytest.mark.parametrize("command", ["lint", "check", "place"])
def test_a_path_that_matches_nothing_ends_in_2_and_the_rest_is_judged(
    command: str, path: str, run: Run, write: Write
) -> None:
    code, out, err = run(command, write("a.yaml", REFUSED), path)
    assert code == 2
    assert "DS201" in out
    assert f"error: {path}: " in err


def test_an_empty_file_is_fine(run: Run, write: Write) -> None:
    code, out, _ = run("lint", write("a.yaml", ""))
    assert (code, out) == (0, "no findings in 1 file, 0 workloads\n")


BROKEN = {"no YAML": "a: [\n", "not UTF-8": "a: \udcff\n", "a tab": "a:\n\tb: 1\n"}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_a_broken_file_is_a_finding_and_the_others_are_judged(
    text: str, run: Run, write: Write, here: pathlib.Path
) -> None:
    (here / "a.yaml").write_bytes(text.encode("utf-8", "surrogateescape"))
    code, out, _ = run("lint", "a.yaml", write("b.yaml", REFUSED))
    assert code == 1
    assert "a.yaml:" in out
    assert "b.yaml:6:36: error DS201" in out


# place


def test_place_says_where_and_why_not(run: Run, write: Write, nodes: str) -> None:
    code, out, err = run("place", write("a.yaml", DAEMONSET), "--nodes", nodes)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "Placement of 1 workload on 3 nodes of ../nodes.yaml, Kubernetes 1.37",
        "",
        "WORKLOAD           KIND       DESIRED  PENDING  NODE SELECTOR",
        "kube-system/agent  DaemonSet  2        0        <none>",
        "    no pod is made for 1 of 3 nodes:",
        "    1 node: untolerated taint dedicated=gpu:NoSchedule (a.yaml:10)",
        "      tainted",
    ]


def test_place_falls_back_to_the_reference_fleet_and_says_so(run: Run, write: Write) -> None:
    code, out, err = run("place", write("a.yaml", GOOD))
    assert code == 0
    assert "of the built-in reference fleet" in out.splitlines()[0]
    assert "built-in reference fleet" in err


def test_what_a_server_refuses_lands_nowhere(run: Run, write: Write, nodes: str) -> None:
    write("a.yaml", REFUSED.replace("spec:", "spec:\n  nodeSelector: {a: b}"))
    code, out, _ = run("place", "--nodes", nodes, "--format", "json")
    (placement,) = json.loads(out)["placements"]
    assert code == 0
    assert (placement["desired"], placement["lands"], placement["continues"]) == (0, [], [])
    validity, *others = placement["refusals"]
    assert validity["predicate"] == "validity"
    assert "DS201" in validity["because"]
    assert validity["nodes"] == ["plain", "tainted", "cordoned"]
    assert validity["line"] == 7
    assert {refusal["predicate"] for refusal in others} >= {"affinity", "taints"}
    assert [finding["rule"] for finding in json.loads(out)["findings"]] == ["DS201"]


def test_what_only_strict_validation_refuses_is_placed(run: Run, write: Write, nodes: str) -> None:
    write("a.yaml", PRUNED)
    _, out, _ = run("place", "--nodes", nodes, "--format", "json")
    data = json.loads(out)
    assert data["placements"][0]["lands"] == ["plain"]
    assert [finding["rejected"] for finding in data["findings"]] == [True]


def test_place_fails_only_where_it_is_told_to(run: Run, write: Write) -> None:
    write("a.yaml", REFUSED)
    assert run("place")[0] == 0
    assert run("place", "--fail-on", "error")[0] == 1


def test_admission_evicts_after_300_seconds(run: Run, write: Write) -> None:
    taint = '{name: away, taints: ["node.kubernetes.io/unreachable:NoExecute"]}'
    inventory = f"apiVersion: dslint.dev/v1\nkind: NodeInventory\nnodes: [{taint}]\n"
    write("a.yaml", GOOD)
    nodes = write("../away.yaml", inventory)
    _, out, _ = run("place", "--nodes", nodes, "--format", "json")
    assert json.loads(out)["placements"][0]["evictedAfterSeconds"] == {"away": 300}


def test_the_steady_state_knows_no_cordon(run: Run, write: Write, nodes: str) -> None:
    write("a.yaml", GOOD)
    _, out, _ = run("place", "--nodes", nodes, "--steady-state", "--format", "json")
    data = json.loads(out)
    assert data["steadyState"] is True
    assert data["placements"][0]["lands"] == ["plain", "cordoned"]


def test_a_sentence_of_the_scheduler_where_a_pod_lands_nowhere(
    run: Run, write: Write, nodes: str
) -> None:
    write("a.yaml", GOOD + "  nodeSelector: {a: b}\n")
    _, out, _ = run("place", "--nodes", nodes)
    assert "0/3 nodes are available: " in out


CHOICES = {
    "all": ((), {"agent", "good"}),
    "a namespace": (("-n", "kube-system"), {"agent"}),
    "the default namespace": (("--namespace", "default"), {"good"}),
    "a selector": (("-l", "app=web"), {"good"}),
    "a name": (("--workload", "ds/kube-system/ag*"), {"agent"}),
    "two names": (("--workload", "agent", "--workload", "good"), {"agent", "good"}),
    "both": (("-n", "default", "-l", "!app"), set()),
}


@pytest.mark.parametrize(("options", "names"), CHOICES.values(), ids=CHOICES)
def test_place_chooses_as_kubectl_does(
    options: tuple[str, ...], names: set[str], run: Run, write: Write, nodes: str
) -> None:
    write("a.yaml", f"{GOOD}---\n{DAEMONSET}")
    code, out, err = run("place", "--nodes", nodes, "--format", "json", *options)
    placements = json.loads(out)["placements"]
    assert code == 0
    assert {placement["workload"]["name"] for placement in placements} == names
    assert ("no workload was found" in err) == (not names)


FOUND = {
    "all": ((), 3),
    "a namespace": (("-n", "kube-system"), 2),
    "a name": (("--workload", "refused"), 2),
}


@pytest.mark.parametrize(("options", "found"), FOUND.values(), ids=FOUND)
def test_place_finds_nothing_in_what_was_not_chosen(
    options: tuple[str, ...], found: int, run: Run, write: Write, nodes: str
) -> None:
    # what cannot be read may be anything, and is told whatever is chosen
    write("a.yaml", f"{REFUSED}---\na: [\n")
    write("b.yaml", f"{DAEMONSET.replace('tolerations', 'toleration')}")
    _, out, _ = run("place", "--nodes", nodes, "--format", "json", *options)
    assert len(json.loads(out)["findings"]) == found


def test_a_faulty_inventory_is_a_note_of_place(run: Run, write: Write) -> None:
    nodes = write("../n.yaml", DUPLICATE)
    code, _, err = run("place", write("a.yaml", GOOD), "--nodes", nodes)
    assert code == 0
    assert err.startswith("note: ../n.yaml:9:11: DS901 ")


# check


def test_check_is_lint_and_place_in_one(run: Run, write: Write, nodes: str) -> None:
    write("a.yaml", REFUSED)
    code, out, err = run("check", "--nodes", nodes, "--format", "json")
    data = json.loads(out)
    assert (code, err) == (1, "")
    assert data["kind"] == "CheckReport"
    assert len(data["placements"]) == data["workloads"] == 1
    assert "DS201" in {finding["rule"] for finding in data["findings"]}


def test_check_without_an_inventory_says_what_it_leaves_out(run: Run, write: Write) -> None:
    code, out, err = run("check", write("a.yaml", GOOD))
    assert (code, out) == (0, "no findings in 1 file, 1 workload\n")
    assert "placement and its rules are left out" in err


# explain


def test_explain_goes_step_by_step(run: Run, write: Write, nodes: str) -> None:
    code, out, _ = run("explain", "agent", "tainted", write("a.yaml", DAEMONSET), "--nodes", nodes)
    assert code == 0
    assert out.startswith("DaemonSet kube-system/agent does not land on node tainted")
    assert "refuses  taints" in out
    assert "kubectl taint nodes tainted dedicated:NoSchedule-" in out


def test_explain_says_first_what_a_server_refuses(run: Run, write: Write, nodes: str) -> None:
    arguments = ("refused", "plain", write("a.yaml", REFUSED), "--nodes", nodes)
    _, out, _ = run("explain", *arguments, "--format", "json")
    data = json.loads(out)
    assert data["lands"] is False
    assert data["steps"][0]["predicate"] == "validity"
    assert all(step["passes"] for step in data["steps"][1:])


REFUSED_TOO = """\
apiVersion: v1
kind: Pod
metadata: {{name: a}}
spec:
  containers: [{{name: a, image: a{}}}]
  {}
"""
STILL = {
    "what the edit does not mend": (
        ", restartPolicy: What",
        "tolerations: [{key: a}]",
        "but: even then an API server refuses it: DS199",
    ),
    "what the edit mends": (
        "",
        "nodeSelector: {a: no value}",
        "but: without the edit an API server refuses it",
    ),
    "nothing": ("", "tolerations: [{key: a}]", ""),
}


@pytest.mark.parametrize(("container", "field", "says"), STILL.values(), ids=STILL)
def test_explain_says_beside_the_edit_what_it_does_not_mend(
    container: str, field: str, says: str, run: Run, write: Write, nodes: str
) -> None:
    path = write("a.yaml", REFUSED_TOO.format(container, field))
    _, out, _ = run("explain", "a", "tainted", path, "--nodes", nodes)
    assert "edit: spec" in out
    lines = [line.strip() for line in out.splitlines() if line.strip().startswith("but: ")]
    assert [line[: len(says)] for line in lines] == ([says] if says else [])
    _, out, _ = run("explain", "a", "tainted", path, "--nodes", nodes, "--format", "json")
    assert bool(json.loads(out)["refused"]) == bool(says)


def test_explain_uses_the_reference_fleet_and_says_so(run: Run, write: Write) -> None:
    code, out, err = run("explain", "good", "worker-1", write("a.yaml", GOOD))
    assert code == 0
    assert "of the built-in reference fleet" in out
    assert "built-in reference fleet" in err


UNKNOWN = {
    "workload": (("goood", "plain"), "the nearest name is good"),
    "node": (("good", "plian"), "the nearest name is plain"),
    "ambiguous": (("*", "plain"), "2 workloads are named so: Pod/default/good (a.yaml:1)"),
}


@pytest.mark.parametrize(("names", "says"), UNKNOWN.values(), ids=UNKNOWN)
def test_explain_wants_names_that_are_there(
    names: tuple[str, str], says: str, run: Run, write: Write, nodes: str
) -> None:
    write("a.yaml", f"{GOOD}---\n{DAEMONSET}")
    code, out, err = run("explain", *names, "--nodes", nodes)
    assert (code, out) == (2, "")
    assert says in err


# nodes and rules


def test_nodes_shows_an_inventory_and_what_is_wrong(run: Run, write: Write) -> None:
    code, out, _ = run("nodes", write("../n.yaml", DUPLICATE))
    assert code == 0
    assert out.startswith("3 nodes of ../n.yaml\n")
    assert "../n.yaml:9:11: error DS901 duplicate-node" in out
    assert run("nodes", "../n.yaml", "--fail-on", "error")[0] == 1


def test_nodes_without_a_file_shows_the_reference_fleet(run: Run) -> None:
    code, out, err = run("nodes")
    assert code == 0
    assert "control-plane-1" in out
    assert "built-in reference fleet; add FILE" in err


def test_rules_lists_them_and_shows_one(run: Run) -> None:
    code, out, _ = run("rules", "--format", "json")
    listed = json.loads(out)
    assert code == 0
    assert {"DS210", "DS401"} <= {rule["id"] for rule in listed}
    for name in ("DS210", "ds210", "tolerates-everything"):
        _, out, _ = run("rules", name, "--format", "json")
        (page,) = json.loads(out)
        assert page["id"] == "DS210"
        assert page["good"]


def test_an_unknown_rule_is_named_with_the_nearest(run: Run) -> None:
    code, out, err = run("rules", "tolerate-everything")
    assert (code, out) == (2, "")
    assert "tolerates-everything" in err


def test_a_taint_of_ones_own_agent_comes_and_goes(run: Run, write: Write) -> None:
    nodes = write(
        "own.yaml",
        "apiVersion: dslint.dev/v1\nkind: NodeInventory\n"
        "nodes: [{name: a, taints: ['agent.io/starting:NoSchedule']}]\n",
    )
    pod = write(
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"
        "spec: {containers: [{name: c, image: 'i:1'}]}\n",
    )
    asked = ("place", pod, "--nodes", nodes, "--format", "json", "--steady-state")
    _, out, _ = run(*asked)
    assert json.loads(out)["placements"][0]["lands"] == []
    _, out, _ = run(*asked, "--startup-taint", "agent.io/starting")
    assert json.loads(out)["placements"][0]["lands"] == ["a"]


def test_facts_are_listed(run: Run) -> None:
    code, out, _ = run("rules", "--facts")
    assert code == 0
    assert "shadowed_by" in out
    _, out, _ = run("rules", "--facts", "--format", "json")
    assert {"name", "summary", "description", "type", "needs_inventory"} <= json.loads(out)[
        0
    ].keys()


def test_the_nodes_that_get_no_pod_are_counted(run: Run, write: Write, nodes: str) -> None:
    manifest = write(
        "ds.yaml",
        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\nspec:\n"
        "  selector: {matchLabels: {a: b}}\n  template:\n    metadata: {labels: {a: b}}\n"
        "    spec: {nodeSelector: {no: body}, containers: [{name: c, image: 'i:1'}]}\n",
    )
    _, out, _ = run("place", manifest, "--nodes", nodes)
    assert "no pod is made for" in out
