"""Facts about a placement and about a whole run, by tables of small inventories."""

import pytest

from dslint import discover, sites
from dslint.inventory import Inventory
from dslint.placer import place
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Workload

CONTROL_PLANE = "node-role.kubernetes.io/control-plane"
FARGATE = "eks.amazonaws.com/compute-type"
EVERYTHING = {"tolerations": [{"operator": "Exists"}]}


def node(name, labels=None, taints=(), **allocatable):
    stated = [dict(zip(("key", "value", "effect"), taint, strict=True)) for taint in taints]
    status = {"allocatable": {"pods": "110", **allocatable}} if allocatable else {}
    labels = {"kubernetes.io/hostname": name, **(labels or {})}
    return {
        "metadata": {"name": name, "labels": labels},
        "spec": {"taints": stated},
        "status": status,
    }


def workload(pod, kind="DaemonSet", name="w", **spec):
    template = {"metadata": {"labels": {"app": name}}, "spec": pod}
    return {
        "kind": kind,
        "metadata": {"name": name, "namespace": "ns"},
        "spec": {"template": template, **spec},
    }


def ask(fact, manifest, nodes, settings=None):
    inventory = Inventory.from_objects(nodes)
    found = Workload.from_object(manifest, admitted=True)
    placement = place(found, inventory, Target())
    site = sites.Site("placement", {}, ())
    subject = Subject(site, found, Target(), settings or {}, inventory, placement)
    return discover.module("facts", fact).fact(subject)


def ask_run(fact, manifests, nodes, settings=None):
    inventory = Inventory.from_objects(nodes)
    run = tuple(map(Workload.from_object, manifests))
    placements = tuple(place(one, inventory, Target()) for one in run)
    site, nobody = sites.Site("inventory", {}, ()), Workload.from_object({})
    subject = Subject(
        site, nobody, Target(), settings or {}, inventory, None, run, placements=placements
    )
    return discover.module("facts", fact).fact(subject)


OF_A_PLACEMENT = (
    "architecture_mismatch control_plane_unsaid crowded_replicas decisive_refusal evictions"
    " exceeded_requests landed_names linux_only missed_by_taint virtual_landing"
).split()
OF_A_RUN = "blind_spots daemon_load duplicate_agents".split()


@pytest.mark.parametrize("name", [*OF_A_PLACEMENT, *OF_A_RUN])
def test_says_nothing_without_an_inventory(name):
    nothing = Subject(sites.Site("placement", {}, ()), Workload.from_object({}), Target())
    assert discover.module("facts", name).fact(nothing) == []


def test_no_zone_without_an_inventory():
    nothing = Subject(sites.Site("placement", {}, ()), Workload.from_object({}), Target())
    assert discover.module("facts", "only_zone").fact(nothing) is None


CONTROL = node("cp", taints=[(CONTROL_PLANE, "", "NoSchedule")])
NAMES_IT = {"key": CONTROL_PLANE, "operator": "Exists"}
TERM = {"matchExpressions": [{"key": CONTROL_PLANE, "operator": "DoesNotExist"}]}
SAYS_SO = {
    "no toleration": ({}, 0),
    "a toleration without a key": (EVERYTHING, 1),
    "one that names it beside": ({"tolerations": [{"operator": "Exists"}, NAMES_IT]}, 0),
    "a key that is no text": ({"tolerations": [{"key": 1, "operator": "Exists"}]}, 1),
    "the affinity": (
        {
            **EVERYTHING,
            "affinity": {
                "nodeAffinity": {
                    "requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [TERM]}
                }
            },
        },
        0,
    ),
}


@pytest.mark.parametrize(("pod", "count"), SAYS_SO.values(), ids=SAYS_SO)
def test_control_plane_unsaid(pod, count):
    found = ask("control_plane_unsaid", workload(pod), [CONTROL, node("a")])
    assert [one["names"] for one in found] == ["cp"] * count


VIRTUAL = [node("v", {FARGATE: "fargate"}, [(FARGATE, "fargate", "NoSchedule")]), node("a")]
BARE = [node("v", {"type": "virtual-kubelet"}), node("a")]
KEYED = {"tolerations": [{"key": FARGATE, "operator": "Exists"}]}
LANDS_VIRTUALLY = {
    "kept away": ({}, "DaemonSet", VIRTUAL, []),
    "by everything": (EVERYTHING, "DaemonSet", VIRTUAL, ["tolerations"]),
    "by its key": (KEYED, "DaemonSet", VIRTUAL, ["tolerations"]),
    "a job by its key": (KEYED, "Job", VIRTUAL, []),
    "a job by everything": (EVERYTHING, "Job", VIRTUAL, ["tolerations"]),
    "no taint": ({}, "DaemonSet", BARE, ["spec"]),
    "a job and no taint": ({}, "Job", BARE, []),
}


@pytest.mark.parametrize(
    ("pod", "kind", "nodes", "where"), LANDS_VIRTUALLY.values(), ids=LANDS_VIRTUALLY
)
def test_virtual_landing(pod, kind, nodes, where):
    found = ask("virtual_landing", workload(pod, kind), nodes)
    assert [one["path"][3] if len(one["path"]) > 3 else "spec" for one in found] == where


WINDOWS = [node("win", {"kubernetes.io/os": "windows"}), node("a")]


def image(name):
    return {"containers": [{"name": "a", "image": name}]}


def volume(**source):
    return {"volumes": [{"name": "v", **source}]}


def in_terms(values):
    term = {"matchExpressions": [{"key": "kubernetes.io/os", "operator": "In", "values": values}]}
    required = {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": [term]}}
    return {"affinity": {"nodeAffinity": required}}


LINUX_ONLY = {
    "an image of anything": (image("example.com/a:1"), []),
    "an image of a distribution": (image("ubuntu:24.04"), ["image ubuntu:24.04"]),
    "a tag": (image("example.com/a:1-alpine3.20"), ["image example.com/a:1-alpine3.20"]),
    "a user who is called so": (image("linuxserver/app:1"), []),
    "a path of the node": (volume(hostPath={"path": "/proc"}), ["hostPath /proc"]),
    "a path of Windows": (volume(hostPath={"path": "C:\\logs"}), []),
    "memory": (volume(emptyDir={"medium": "Memory"}), ["an emptyDir in memory"]),
    "nfs": (volume(nfs={"server": "a"}), ["a volume of nfs"]),
    "for Windows by its system": ({**image("ubuntu"), "os": {"name": "windows"}}, []),
    "for Windows by its selector": (
        {**image("ubuntu"), "nodeSelector": {"kubernetes.io/os": "windows"}},
        [],
    ),
    "for Windows by its affinity": ({**image("ubuntu"), **in_terms(["linux", "windows"])}, []),
    "for Windows by its options": (
        {**image("ubuntu"), "securityContext": {"windowsOptions": {}}},
        [],
    ),
}


@pytest.mark.parametrize(("pod", "parts"), LINUX_ONLY.values(), ids=LINUX_ONLY)
def test_linux_only(pod, parts):
    assert [one["part"] for one in ask("linux_only", workload(pod), WINDOWS)] == parts


def test_a_linux_pod_does_not_miss_windows():
    tainted = node("win", {"kubernetes.io/os": "windows"}, [("os", "windows", "NoSchedule")])
    assert ask("missed_by_taint", workload(image("ubuntu")), [tainted, node("a")]) == []
    assert len(ask("missed_by_taint", workload(image("x")), [tainted, node("a")])) == 1


ARCHES = [
    node("x", {"kubernetes.io/arch": "amd64"}),
    node("y", {"beta.kubernetes.io/arch": "arm"}),
]
ARCHITECTURES = {
    "no hint": ("a:1", []),
    "in the tag": ("a:1-amd64", ["y"]),
    "in the name": ("a-aarch64:1", ["x, y"]),
    "in the user": ("arm32v7/a", ["x"]),
    "several": ("a:amd64-arm64", []),
    "within a word": ("charm/a:1", []),
    "a digest": ("a@sha256:arm64", []),
}


@pytest.mark.parametrize(("name", "names"), ARCHITECTURES.values(), ids=ARCHITECTURES)
def test_architecture_mismatch(name, names):
    found = ask("architecture_mismatch", workload(image(name)), ARCHES)
    assert [one["names"] for one in found] == names


def test_evictions_are_one_for_each_toleration():
    nodes = [
        node("a", taints=[("x", "", "NoExecute"), ("y", "", "NoExecute")]),
        node("b", taints=[("node.kubernetes.io/unreachable", "", "NoExecute")]),
        node("c", taints=[("node.kubernetes.io/not-ready", "", "NoExecute")]),
    ]
    tolerations = [
        {"key": key, "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": seconds}
        for key, seconds in (("x", 60), ("y", -5), ("z", 1))
    ]
    found = ask("evictions", workload({"tolerations": tolerations}, "Job"), nodes)
    assert [(one["seconds"], one["names"], one["path"][-1]) for one in found] == [
        (60, "a", "tolerationSeconds"),
        (0, "a", "tolerationSeconds"),
        (300, "b, c", "tolerations"),
    ]
    (bare,) = ask("evictions", workload({}, "Job"), nodes)
    assert bare["path"][-1] == "spec"


def requesting(**amounts):
    return {"containers": [{"name": "a", "image": "a", "resources": {"requests": amounts}}]}


SMALL = [node("s", cpu="2", memory="4Gi"), node("l", cpu="8", memory="8Gi"), node("unstated")]
EXCEEDS = {
    "fits": ("DaemonSet", requesting(cpu="1"), SMALL, []),
    "some": ("DaemonSet", requesting(cpu="4"), SMALL, [("cpu", "2", 1, False)]),
    "some for a job": ("Job", requesting(cpu="4"), SMALL, []),
    "every": ("Job", requesting(cpu="9"), SMALL[:2], [("cpu", "8", 2, True)]),
    "every by two": (
        "Job",
        requesting(cpu="4", memory="1Ti"),
        SMALL[:2],
        [("cpu", "2", 1, True), ("memory", "8Gi", 2, True)],
    ),
    "what no node names": (
        "Job",
        requesting(**{"x.io/a": "1"}),
        SMALL[:2],
        [("x.io/a", "0", 2, True)],
    ),
    "refused for something else": (
        "Job",
        {**requesting(cpu="9"), "nodeSelector": {"a": "b"}},
        SMALL,
        [],
    ),
}


@pytest.mark.parametrize(("kind", "pod", "nodes", "expected"), EXCEEDS.values(), ids=EXCEEDS)
def test_exceeded_requests(kind, pod, nodes, expected):
    found = ask("exceeded_requests", workload(pod, kind), nodes)
    keys = ("resource", "most", "nodes", "every")
    assert [tuple(one[key] for key in keys) for one in found] == expected


def test_the_refusal_that_is_nearest_to_a_landing_decides():
    nodes = [
        node("a", taints=[("x", "", "NoSchedule")]),
        node("b"),
        node("c", {"disk": "ssd"}, [("y", "", "NoSchedule")]),
    ]
    pod = {"nodeSelector": {"disk": "ssd"}}
    (found,) = ask("decisive_refusal", workload(pod), nodes)
    assert (found["because"], found["nearest"]) == ("untolerated taint y:NoSchedule", "c")
    (found,) = ask("decisive_refusal", workload(pod), nodes[:2])
    assert (found["because"][:18], found["nearest"]) == ("node selector disk", "")


def anti_affinity(**term):
    terms = [{"topologyKey": "kubernetes.io/hostname", **term}]
    return {
        "affinity": {"podAntiAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": terms}}
    }


OWN = {"labelSelector": {"matchLabels": {"app": "w"}}}
CROWDED = {
    "its own pods": (OWN, 1),
    "every pod": ({"labelSelector": {}}, 1),
    "no pod": ({}, 0),
    "others": ({"labelSelector": {"matchLabels": {"app": "x"}}}, 0),
    "a zone": ({**OWN, "topologyKey": "topology.kubernetes.io/zone"}, 0),
    "its namespace": ({**OWN, "namespaces": ["ns"]}, 1),
    "another namespace": ({**OWN, "namespaces": ["x"]}, 0),
    "every namespace": ({**OWN, "namespaceSelector": {}}, 1),
    "some namespaces": ({**OWN, "namespaceSelector": {"matchLabels": {"a": "b"}}}, 0),
}


@pytest.mark.parametrize(("term", "count"), CROWDED.values(), ids=CROWDED)
def test_crowded_replicas(term, count):
    manifest = workload(anti_affinity(**term), "Deployment", replicas=3)
    found = ask("crowded_replicas", manifest, [node("a"), node("b")])
    assert [(one["replicas"], one["nodes"]) for one in found] == [(3, 2)] * count


def test_replicas_are_not_crowded_where_there_is_room_or_a_node_without_a_hostname():
    nodes = [node("a"), node("b")]
    for replicas in (2, "3", None):
        manifest = workload(anti_affinity(**OWN), "Deployment", replicas=replicas)
        assert ask("crowded_replicas", manifest, nodes) == []
    del nodes[1]["metadata"]["labels"]["kubernetes.io/hostname"]
    manifest = workload(anti_affinity(**OWN), "Deployment", replicas=3)
    assert ask("crowded_replicas", manifest, nodes) == []


def zoned(*zones):
    return [node(f"n{at}", {"topology.kubernetes.io/zone": zone}) for at, zone in enumerate(zones)]


@pytest.mark.parametrize(
    ("nodes", "zone"),
    [
        pytest.param([*zoned("a", "a"), *zoned("b")], "a", id="one of two"),
        pytest.param(zoned("a", "a"), None, id="there is no other"),
        pytest.param([*zoned("a", "b"), node("x", {"p": "q"})], None, id="one states none"),
    ],
)
def test_only_zone(nodes, zone):
    for one in nodes[:2] if zone else nodes:
        one["metadata"]["labels"]["p"] = "q"
    nodes = [
        {**one, "metadata": {**one["metadata"], "name": str(at)}} for at, one in enumerate(nodes)
    ]
    assert ask("only_zone", workload({"nodeSelector": {"p": "q"}}), nodes) == zone


def test_landed_names_are_the_first_ones():
    assert ask("landed_names", workload({}), [node(n) for n in "abcde"]) == ["a", "b", "c"]


def daemon(name, pod, kind="DaemonSet"):
    return workload({"containers": [{"name": "a", "image": f"x/{name}"}], **pod}, kind, name)


def test_daemon_load_is_of_the_node_with_the_greatest():
    nodes = [
        node("s", {"pool": "a"}, cpu="2", memory="4Gi"),
        node("l", {"pool": "b"}, cpu="8", memory="8Gi"),
        node("unstated"),
    ]
    run = [
        daemon("one", requesting(cpu="500m")),
        daemon("two", requesting(cpu="1")),
        daemon("pinned", {**requesting(cpu="4"), "nodeSelector": {"kubernetes.io/hostname": "l"}}),
        daemon("two", requesting(cpu="7")),
        daemon("job", requesting(cpu="1"), "Job"),
    ]
    (found,) = ask_run("daemon_load", run, nodes, {"over_percent": 60})
    assert {key: found[key] for key in ("node", "percent", "requested", "daemons", "nodes")} == {
        "node": "s",
        "percent": 75,
        "requested": "1500m",
        "daemons": 2,
        "nodes": 2,
    }
    assert found["path"][:2] == ("workloads", 1)
    assert ask_run("daemon_load", run, nodes, {"over_percent": 60, "up_to_percent": 50}) == []


def test_daemons_on_many_nodes_are_met_class_by_class():
    nodes = [node(f"n{at}", {"pool": "ab"[at % 2]}, cpu="2") for at in range(200)]
    pinned = {"nodeSelector": {"kubernetes.io/hostname": "n7"}}
    run = [daemon("a", requesting(cpu="1")), daemon("b", {**requesting(cpu="2"), **pinned})]
    (found, _) = ask_run("daemon_load", run, nodes, {"over_percent": 100}), None
    assert [(one["node"], one["nodes"]) for one in found] == [("n7", 1)]
    half = [*run[:1], daemon("c", {**requesting(cpu="2"), "nodeSelector": {"pool": "b"}})]
    (found,) = ask_run("daemon_load", half, nodes, {"over_percent": 100})
    assert (found["nodes"], found["names"]) == (100, "n1, n3, n5, ...")


def test_duplicate_agents():
    again = daemon("agent", {})
    again["metadata"] = {**again["metadata"], "namespace": "other"}
    run = [
        daemon("agent", {}),
        again,
        daemon("agent", {}),  # the same object once more
        daemon("idle", image("registry.k8s.io/pause:3.9")),
        daemon("idler", image("registry.k8s.io/pause:3.9")),
        daemon("nothing", {"containers": []}),
        daemon("elsewhere", {**image("x/agent"), "nodeSelector": {"a": "b"}}),
    ]
    found = ask_run("duplicate_agents", run, [node("a"), node("b")])
    assert [(one["workload"], one["first"], one["nodes"]) for one in found] == [
        ("other/agent", "ns/agent", 2)
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        pytest.param({}, [], id="no group"),
        pytest.param({"groups": {"g": ["*"]}}, [("g", "b")], id="every daemon"),
        pytest.param({"groups": {"g": ["DaemonSet/ns/one"]}}, [("g", "b")], id="one"),
        pytest.param({"groups": {"g": ["other"]}}, [], id="nobody is of it"),
        pytest.param({"groups": {"g": 1}}, [], id="no list"),
        pytest.param({"groups": {"g": ["two"]}}, [("g", "a, b")], id="it lands nowhere"),
    ],
)
def test_blind_spots(settings, expected):
    run = [
        daemon("one", {"nodeSelector": {"p": "a"}}),
        daemon("two", {"nodeSelector": {"p": "x"}}),
        daemon("all", {}, "Job"),
    ]
    found = ask_run("blind_spots", run, [node("a", {"p": "a"}), node("b")], settings)
    assert [(one["group"], one["names"]) for one in found] == expected


@pytest.mark.parametrize(
    ("port", "host_network", "expected"),
    [
        pytest.param({"containerPort": 80}, False, None, id="none"),
        pytest.param({"containerPort": 80, "hostPort": 81}, False, 81, id="its own"),
        pytest.param({"containerPort": 80}, True, 80, id="the host's network"),
        pytest.param({"containerPort": "80"}, True, None, id="no number"),
    ],
)
def test_host_port(port, host_network, expected):
    found = Workload.from_object(workload({"hostNetwork": host_network}))
    subject = Subject(sites.Site("port", port, ()), found, Target())
    assert discover.module("facts", "host_port").fact(subject) == expected
