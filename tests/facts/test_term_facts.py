"""Facts about terms and requirements by tables: what each answers for one site."""

import pytest

from dslint import discover, sites
from dslint.inventory import Inventory
from dslint.placer import place
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Workload

LINUX = {"kubernetes.io/os": "linux"}
WINDOWS = {"kubernetes.io/os": "windows"}


def ask(name, kind, spec, index=0, nodes=None, kubernetes="1.37", labels=None):
    metadata = {"labels": labels or {}}
    manifest = {"kind": "DaemonSet", "spec": {"template": {"metadata": metadata, "spec": spec}}}
    workload = Workload.from_object(manifest)
    target = Target(kubernetes)
    inventory = Inventory.from_objects(nodes) if nodes is not None else None
    placement = place(workload, inventory, target) if inventory else None
    site = list(sites.of(workload, frozenset({kind})))[index]
    subject = Subject(site, workload, target, {}, inventory, placement)
    return discover.module("facts", name).fact(subject)


def asks(key, operator="Exists", *values):
    return {"key": key, "operator": operator, **({"values": list(values)} if values else {})}


def terms(*lists, part="matchExpressions", **rest):
    stated = {"nodeSelectorTerms": [{part: list(one)} if one else {} for one in lists]}
    affinity = {"requiredDuringSchedulingIgnoredDuringExecution": stated}
    return {"affinity": {"nodeAffinity": affinity}, **rest}


def preferred(*requirements):
    stated = [{"weight": 1, "preference": {"matchExpressions": list(requirements)}}]
    return {
        "affinity": {"nodeAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": stated}}
    }


def node(name, **labels):
    return {"metadata": {"name": name, "labels": labels}}


def labelled(name, labels):
    return {"metadata": {"name": name, "labels": labels}}


@pytest.mark.parametrize(
    ("kind", "requirement", "kubernetes", "said"),
    [
        pytest.param("requirement", asks("a", "Gt", "8"), "1.37", None, id="an integer"),
        pytest.param("requirement", asks("a", "Gt", "x"), "1.37", "no integer", id="a word"),
        pytest.param("requirement", asks("a", "Gt", "-1"), "1.37", None, id="refused"),
        pytest.param("requirement", asks("a", "Gt", "-1"), "1.32", "no label", id="taken before"),
        pytest.param("requirement", asks("a", "Gt"), "1.37", None, id="refused for its count"),
        pytest.param("requirement", asks("a", "In", "x"), "1.37", None, id="In"),
    ],
)
def test_unread_number(kind, requirement, kubernetes, said):
    found = ask("unread_number", kind, terms([requirement]), kubernetes=kubernetes)
    assert (found is None) == (said is None)
    assert said is None or said in found


def test_unread_number_of_a_preferred_term():
    found = ask("unread_number", "preferred-requirement", preferred(asks("a", "Lt", "+1")))
    assert found == '"+1" is no label value'


CLASH = [asks("a"), asks("a", "DoesNotExist")]


@pytest.mark.parametrize(
    ("spec", "kind", "said"),
    [
        pytest.param(terms(CLASH), "term", "a Exists and a DoesNotExist", id="a conflict"),
        pytest.param(terms([asks("a")]), "term", None, id="none"),
        pytest.param(terms([]), "term", None, id="an empty term"),
        pytest.param(terms([asks("a", "Gt", "x"), *CLASH]), "term", None, id="not parsed"),
        pytest.param(
            preferred(*CLASH), "preferred-term", "a Exists and a DoesNotExist", id="pref"
        ),
    ],
)
def test_contradiction(spec, kind, said):
    assert ask("contradiction", kind, spec) == said


ODD = asks("a", "NotIn", "b", "no value")
READ_BY_NOBODY = (
    "a NotIn [b, no value], which Kubernetes cannot read: 'no value' is no label value"
)


@pytest.mark.parametrize(
    ("spec", "kind", "kubernetes", "said"),
    [
        pytest.param(terms([asks("b"), ODD]), "term", "1.32", READ_BY_NOBODY, id="not refused"),
        pytest.param(terms([ODD]), "term", "1.33", None, id="refused"),
        pytest.param(preferred(ODD), "preferred-term", "1.37", READ_BY_NOBODY, id="preferred"),
        pytest.param(terms([asks("no key", "In", "no value")]), "term", "1.32", None, id="a key"),
        pytest.param(terms([asks("a", "In")]), "term", "1.32", None, id="no value at all"),
        pytest.param(terms([asks("a", "Gt", "no value")]), "term", "1.32", None, id="another"),
    ],
)
def test_a_value_that_no_label_can_have_is_read_by_nobody(spec, kind, kubernetes, said):
    assert ask("contradiction", kind, spec, kubernetes=kubernetes) == said


def test_terms_that_nobody_reads_are_dead():
    spec = terms([ODD], [ODD])
    assert ask("dead_terms", "pod", spec, kubernetes="1.32") == 2
    assert ask("dead_terms", "pod", spec, kubernetes="1.33") is None


@pytest.mark.parametrize(
    ("spec", "number"),
    [
        pytest.param(terms(CLASH), 1, id="one"),
        pytest.param(terms([], CLASH), 2, id="with an empty one"),
        pytest.param(terms([]), None, id="empty alone"),
        pytest.param(terms(CLASH, [asks("b")]), None, id="one lives"),
        pytest.param({"nodeSelector": {"a": "b"}}, None, id="no affinity"),
    ],
)
def test_dead_terms(spec, number):
    assert ask("dead_terms", "pod", spec) == number


def test_selector_conflicts():
    spec = terms([asks("b")], [asks("b"), asks("a", "NotIn", "x")], CLASH, nodeSelector={"a": "x"})
    (found,) = ask("selector_conflicts", "pod", spec)
    assert found["selector"] == "a: x"
    assert found["requirements"] == "a NotIn [x]"
    assert found["path"][-4:] == ("nodeSelectorTerms", 1, "matchExpressions", 1)
    assert ask("selector_conflicts", "pod", terms([asks("a")])) == []


@pytest.mark.parametrize(
    ("requirements", "index", "others"),
    [
        pytest.param([asks("a"), asks("a", "In", "x")], 0, "a In [x]", id="the weaker"),
        pytest.param([asks("a"), asks("a", "In", "x")], 1, None, id="the stronger"),
        pytest.param([asks("a"), asks("a")], 0, None, id="the first of two"),
        pytest.param([asks("a"), asks("a")], 1, "a Exists", id="the second of two"),
        pytest.param(CLASH, 0, None, id="a conflict"),
    ],
)
def test_implied_by(requirements, index, others):
    found = ask("implied_by", "requirement", terms(requirements), index)
    assert (found and found["others"]) == others


def test_implied_by_another_name():
    names = [asks("metadata.name", "In", "n"), asks("metadata.name", "NotIn", "m")]
    found = ask("implied_by", "field-requirement", terms(names, part="matchFields"), 1)
    assert found["witness"] == "a node with the name n"


NOT_A, NOT_B = asks("a", "NotIn", "x"), asks("b", "NotIn", "y")


@pytest.mark.parametrize(
    ("spec", "confused"),
    [
        pytest.param(terms([NOT_A], [NOT_B]), True, id="two keys"),
        pytest.param(terms([NOT_A], [asks("a", "NotIn", "y")]), True, id="one key"),
        pytest.param(terms([NOT_A], [asks("a", "NotIn", "x", "y")]), False, id="one covers"),
        pytest.param(terms([NOT_A], [NOT_A]), False, id="twice the same"),
        pytest.param(terms([NOT_A, NOT_B]), False, id="one term"),
        pytest.param(terms([NOT_A], [asks("b")]), False, id="an alternative"),
        pytest.param(terms([NOT_A], [asks("a", "In", "x")]), False, id="no exclusion"),
        pytest.param(
            terms([asks("o"), NOT_A], [asks("o"), asks("a", "NotIn", "y")]),
            True,
            id="a shared one",
        ),
        pytest.param(
            terms([asks("o"), NOT_A], [asks("p"), asks("a", "NotIn", "y")]), False, id="not shared"
        ),
        pytest.param(
            terms([asks("o"), NOT_A], [asks("o"), asks("a", "NotIn", "x", "y")]),
            False,
            id="not everything",
        ),
        pytest.param(terms(*([asks(f"k{i}", "NotIn", "x")] for i in range(21))), False, id="many"),
    ],
)
def test_ored_exclusions(spec, confused):
    assert bool(ask("ored_exclusions", "pod", spec)) == confused


def test_ored_exclusions_show_a_node():
    (found,) = ask("ored_exclusions", "pod", terms([NOT_A], [NOT_B]))
    assert found["first"] == "nodeSelectorTerms[0]"
    assert found["second"] == "nodeSelectorTerms[1] (b NotIn [y])"
    assert found["witness"] == "a node with b=y"


def test_ored_exclusions_of_which_the_second_covers_the_first():
    spec = terms([NOT_A, asks("c", "DoesNotExist")], [NOT_A], [NOT_B])
    (found,) = ask("ored_exclusions", "pod", spec)
    assert found["path"][-1] == 2


def test_all_nodes():
    (found,) = ask(
        "all_nodes", "pod", terms([asks("b")], [asks("a")], [asks("a", "DoesNotExist")])
    )
    assert found["terms"] == "a Exists or a DoesNotExist"
    assert found["shown"] == (
        "a node with a=other by nodeSelectorTerms[1],"
        " a node without such a label by nodeSelectorTerms[2]"
    )
    assert ask("all_nodes", "pod", terms([NOT_A], [asks("a", "NotIn", "y")])) == []


@pytest.mark.parametrize(
    ("spec", "index", "other"),
    [
        pytest.param(terms([asks("a", "In", "x")], [asks("a")]), 0, 1, id="by a later one"),
        pytest.param(terms([asks("a")], [asks("a")]), 1, 0, id="the second of two"),
        pytest.param(terms([asks("a")], [asks("a")]), 0, None, id="the first of two"),
        pytest.param(terms(CLASH, [asks("b")]), 0, None, id="dead"),
        pytest.param(
            terms([asks("a", "In", "x")], [asks("a")], [asks("a", "DoesNotExist")]),
            0,
            None,
            id="all nodes match",
        ),
        pytest.param(terms(*([asks("a")] for _ in range(101))), 1, None, id="many"),
    ],
)
def test_covered_by(spec, index, other):
    found = ask("covered_by", "term", spec, index)
    assert (found is None) == (other is None)
    assert other is None or found["other"].startswith(f"nodeSelectorTerms[{other}] (")


@pytest.mark.parametrize(
    ("spec", "nodes", "said"),
    [
        pytest.param(terms([NOT_A]), None, True, id="alone"),
        pytest.param(terms([NOT_A, asks("b")]), None, False, id="not alone"),
        pytest.param(terms([NOT_A], nodeSelector={"a": "y"}), None, False, id="selected"),
        pytest.param(terms([NOT_A], nodeSelector={"b": "y"}), None, True, id="other selected"),
        pytest.param(terms([NOT_A], [NOT_B]), None, False, id="confused"),
        pytest.param(terms([asks("a", "NotIn", "true")]), None, False, id="a marker"),
        pytest.param(terms([asks("type", "NotIn", "kwok")]), None, False, id="a known marker"),
        pytest.param(terms([asks("kubernetes.io/arch", "NotIn", "x")]), None, False, id="arch"),
        pytest.param(terms([NOT_A]), [node("n", a="x"), node("m")], False, id="marks on nodes"),
        pytest.param(terms([NOT_A]), [node("n", a="z"), node("m")], True, id="other values"),
    ],
)
def test_unlabelled_selected(spec, nodes, said):
    assert ask("unlabelled_selected", "requirement", spec, nodes=nodes) is said


HOST = "kubernetes.io/hostname"


@pytest.mark.parametrize(
    ("spec", "nodes", "found"),
    [
        pytest.param({"nodeSelector": {HOST: "n"}}, None, [], id="not known"),
        pytest.param({"nodeSelector": {HOST: "n"}}, [labelled("n", {HOST: "n"})], None, id="same"),
        pytest.param({"nodeSelector": {HOST: "n"}}, [node("m")], None, id="no such node"),
        pytest.param({"nodeSelector": {HOST: "n"}}, [node("n")], ["node n has none"], id="none"),
        pytest.param(
            {"nodeSelector": {HOST: "n"}},
            [labelled("n", {HOST: "ip"})],
            ["node n has ip"],
            id="another",
        ),
    ],
)
def test_hostname_differs(spec, nodes, found):
    assert ask("hostname_differs", "node-selector-entry", spec, nodes=nodes) == found


def test_hostname_without_a_value():
    spec = terms([asks(HOST)])
    assert ask("hostname_differs", "requirement", spec) is None


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        pytest.param(terms([asks("a")], nodeSelector={"a": "x"}), "a Exists in", id="both"),
        pytest.param(terms([asks("b")], nodeSelector={"a": "x"}), None, id="another"),
        pytest.param(terms([NOT_A], nodeSelector={"a": "x"}), None, id="a contradiction"),
    ],
)
def test_also_required(spec, said):
    found = ask("also_required", "node-selector-entry", spec)
    assert (found is None) == (said is None)
    assert said is None or found.startswith(said)


NODES = [node("n", a="ssd", cores="8"), labelled("m", {"a": "hdd", "kubernetes.io/arch": "amd64"})]


@pytest.mark.parametrize(
    ("kind", "spec", "found"),
    [
        pytest.param("node-selector-entry", {"nodeSelector": {"a": "ssd"}}, None, id="there"),
        pytest.param(
            "node-selector-entry", {"nodeSelector": {"a": "ssx"}}, ("ssd", '"ssx"'), id="near"
        ),
        pytest.param("node-selector-entry", {"nodeSelector": {"b": "x"}}, None, id="no label"),
        pytest.param("node-selector-entry", {"nodeSelector": {"a": "a b"}}, None, id="refused"),
        pytest.param("requirement", terms([asks("a", "NotIn", "x")]), None, id="NotIn"),
        pytest.param("requirement", terms([asks("a", "In", "zz", "hdd")]), None, id="one is"),
        pytest.param("requirement", terms([asks("a", "In", "q")], [asks("a")]), None, id="else"),
        pytest.param(
            "requirement", terms([asks("a", "In", "q", "r")]), ("", '"q", "r"'), id="far"
        ),
        pytest.param(
            "requirement", terms([asks("cores", "Gt", "8")]), ("", 'greater than "8"'), id="Gt"
        ),
        pytest.param(
            "requirement",
            terms([asks("kubernetes.io/arch", "In", "arm64")]),
            ("", '"arm64"'),
            id="no slip",
        ),
        pytest.param(
            "field-requirement",
            terms([asks("metadata.name", "In", "o")], part="matchFields"),
            ("", '"o"'),
            id="a name",
        ),
    ],
)
def test_unknown_value(kind, spec, found):
    said = ask("unknown_value", kind, spec, nodes=NODES)
    assert (said and (said["nearest"], said["asked"])) == found


def test_unknown_value_needs_an_inventory():
    assert ask("unknown_value", "node-selector-entry", {"nodeSelector": {"a": "x"}}) is None


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        pytest.param(terms([asks("pool", "In", "x")]), "pool In [x]", id="people's"),
        pytest.param(terms([asks("kubernetes.io/os", "In", "linux")]), None, id="the kubelet's"),
        pytest.param(terms([asks("topology.ebs.csi.aws.com/zone")]), "topology", id="another"),
        pytest.param(terms([asks("pool", "DoesNotExist")]), None, id="an absence"),
    ],
)
def test_label_that_goes(spec, said):
    found = ask("label_that_goes", "pod", spec)
    assert (found is None) == (said is None)
    assert said is None or found.startswith(said)


PROC = [{"name": "p", "hostPath": {"path": "/proc"}}]


@pytest.mark.parametrize(
    ("spec", "part"),
    [
        pytest.param({"volumes": PROC}, "hostPath /proc", id="a folder"),
        pytest.param(
            {"volumes": [{"name": "m", "emptyDir": {"medium": "Memory"}}]},
            "an emptyDir",
            id="memory",
        ),
        pytest.param(
            {"volumes": [{"name": "v", "hostPath": {"path": "/var/log"}}]}, None, id="log"
        ),
        pytest.param({"hostIPC": True}, "hostIPC", id="IPC"),
        pytest.param(
            {"securityContext": {"sysctls": [{"name": "a"}]}},
            "securityContext.sysctls",
            id="sysctls",
        ),
        pytest.param(
            {"containers": [{"securityContext": {"capabilities": {"add": ["A"]}}}]},
            "securityContext.capabilities",
            id="capabilities",
        ),
        pytest.param(
            {"initContainers": [{"securityContext": {"seLinuxOptions": {"level": "a"}}}]},
            "securityContext.seLinuxOptions",
            id="SELinux",
        ),
        pytest.param(
            {"containers": [{"securityContext": {"capabilities": {"drop": ["ALL"]}}}]},
            None,
            id="drop",
        ),
        pytest.param({"hostPID": True, "os": {"name": "windows"}}, None, id="Windows"),
        pytest.param({"hostPID": True, "nodeName": "n"}, None, id="it has its node"),
        pytest.param({"hostPID": True, "nodeSelector": LINUX}, None, id="a selector"),
        pytest.param(
            {"hostPID": True, "containers": [{"resources": {"limits": {"x.io/gpu": 1}}}]},
            None,
            id="a device",
        ),
        pytest.param(
            {"hostPID": True, **terms([asks("kubernetes.io/os", "NotIn", "windows")])},
            None,
            id="a term",
        ),
        pytest.param(
            {"hostPID": True, **terms([asks("node-role.kubernetes.io/control-plane")])},
            None,
            id="a label of Linux alone",
        ),
        pytest.param({"hostPID": True, **terms([asks("a")])}, "hostPID", id="another term"),
        pytest.param(
            {"hostPID": True, **terms([asks("kubernetes.io/os", "Exists")])}, "hostPID", id="any"
        ),
    ],
)
def test_system_left_open(spec, part):
    found = ask("system_left_open", "pod", spec)
    assert bool(found) == (part is not None)
    assert part is None or found[0]["part"].startswith(part)


def test_system_left_open_on_nodes():
    nodes = [labelled("lin", LINUX), labelled("win", WINDOWS)]
    (found,) = ask("system_left_open", "pod", {"containers": []}, nodes=nodes)
    assert (found["linux"], found["onLinux"]) == (1, "lin")
    assert (found["windows"], found["onWindows"]) == (1, "win")
    assert found["path"] == ("spec", "template", "spec")
    (found,) = ask("system_left_open", "pod", {"containers": []}, nodes=nodes, labels=LINUX)
    assert found["path"][-2:] == ("labels", "kubernetes.io/os")
    assert ask("system_left_open", "pod", {"volumes": PROC}, nodes=nodes[:1]) == []
