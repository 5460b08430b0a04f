"""What people read: findings, tables, steps and pages, plain and on a terminal."""

from collections.abc import Mapping

import pytest

from dslint.outputs import text
from dslint.report import LintReport, PlacementReport, Report

EXPECTED = {
    "lint": """\
ds.yaml:14:11: error DS204 toleration-exists-with-value: toleration a: Exists with a value
  why: Exists takes no value.
  fix: remove the value
1 finding (1 error) in 3 files, 4 workloads; 1 skipped
""",
    "place": """\
Placement of 3 workloads on 9 nodes of nodes.yaml, Kubernetes 1.37

WORKLOAD             KIND       DESIRED  PENDING  NODE SELECTOR
kube-system/fluentd  DaemonSet  2        1        kubernetes.io/os=linux
    no pod is made for 7 of 9 nodes:
    7 nodes: untolerated taint dedicated=gpu:NoSchedule (ds.yaml:17)
      gpu-1, gpu-2, gpu-3, gpu-4, gpu-5, and 2 more
    1 node: Insufficient cpu
      n-2
    1 node: lands, evicted after 300 s
      n-1
    not judged: podAffinity

WORKLOAD             KIND       NODES    PENDING  NODE SELECTOR
default/web          Pod        2        0        <none>
    rank 1: preferred score 50
      n-2
    rank 2: preferred score 0, 1 untolerated PreferNoSchedule taint
      n-1
    image locality, load and spreading count as well on a live cluster
default/never        Job        0        0        <none>
    7 nodes: untolerated taint dedicated=gpu:NoSchedule (ds.yaml:17)
      gpu-1, gpu-2, gpu-3, gpu-4, gpu-5, and 2 more
    0/9 nodes are available: 9 node(s) had untolerated taint(s).

ds.yaml:14:11: error DS204 toleration-exists-with-value: toleration a: Exists with a value
  why: Exists takes no value.
  fix: remove the value
""",
    "explain": """\
DaemonSet kube-system/fluentd does not land on node gpu-1, Kubernetes 1.37
  passes   node_name  no nodeName asks for a node
  refuses  taints     untolerated taint dedicated=gpu:NoSchedule (ds.yaml:17)
           false taint dedicated=gpu:NoSchedule
  not judged: volumes
  hint: the key differs by case
  edit: spec.template.spec.tolerations[0]: {"key": "dedicated"}
      --- ds.yaml
      +++ ds.yaml
      +  - key: dedicated
  or: kubectl taint nodes gpu-1 dedicated:NoSchedule-
""",
    "explain what lands": """\
Pod default/web lands on node n-1, Kubernetes 1.37
  and is evicted after 300 s
  passes   node_name  no nodeName asks for a node
""",
    "nodes": """\
2 nodes of nodes.yaml

NODE  ROLES          OS/ARCH      CORDONED  CPU  MEMORY  LABELS  TAINTS
cp-1  control-plane  linux/amd64  yes       4    16Gi    3       a=b:NoSchedule, c:
odd   <none>         ?/?          no        ?    ?       0       <none>

ds.yaml:14:11: error DS204 toleration-exists-with-value: toleration a: Exists with a value
  why: Exists takes no value.
  fix: remove the value
""",
    "rules": """\
RULE   SEVERITY  NAME                          SUMMARY
DS204  error     toleration-exists-with-value  Exists with a value.
1 rule
""",
    "rule": """\
DS204 toleration-exists-with-value (error)
  Exists with a value.

  why: Exists takes no value.

  fix: remove the value

  kinds: every workload
  an API server refuses this
  good:
    a: 1
  bad:
    a: 2
    b: 3
  https://kubernetes.io/
""",
}


@pytest.mark.parametrize(("name", "expected"), EXPECTED.items(), ids=EXPECTED)
def test_plain_text(name: str, expected: str, reports: Mapping[str, Report]) -> None:
    assert text.render(reports[name]) == expected


def test_check_is_the_placement_and_then_the_findings(reports: Mapping[str, Report]) -> None:
    whole = text.render(reports["check"])
    assert whole.startswith("Placement of 3 workloads")
    assert whole.endswith(text.render(reports["lint"]))
    alone = text.render(reports["check without an inventory"])
    assert alone == text.render(reports["lint"])


@pytest.mark.parametrize("colour", [False, True])
@pytest.mark.parametrize("width", [1, 20, 40, 80, 200])
def test_a_terminal_of_any_width_says_the_same(
    width: int, colour: bool, every_report: Report
) -> None:
    drawn = text.draw(every_report, width, colour)
    assert colour == ("\x1b[" in drawn)
    if width == 200 and not colour:
        assert drawn == text.render(every_report)
    if not colour:
        assert max(map(len, drawn.splitlines())) <= max(width, 20)


def test_a_wide_cell_wraps_in_the_last_column(reports: Mapping[str, Report]) -> None:
    report = reports["place"]
    assert isinstance(report, PlacementReport)
    wide = report.placements[0]._replace(selector="kubernetes.io/os In [linux] and " * 4)
    drawn = text.draw(report._replace(placements=(wide,), findings=()), 80, colour=False)
    first, second = drawn.splitlines()[3:5]
    assert first.startswith("kube-system/fluentd  DaemonSet  2")
    assert second.startswith(" " * 50)


def test_a_narrow_terminal_gives_each_cell_a_line(reports: Mapping[str, Report]) -> None:
    drawn = text.draw(reports["place"], 30, colour=False)
    assert "kube-system/fluentd\n  KIND DaemonSet\n  DESIRED 2\n  PENDING 1\n" in drawn


HEADINGS = {
    "the built-in fleet": ({"reference": True}, "of the built-in reference fleet, "),
    "several files": ({"sources": ("a", "b")}, "of a, b, "),
    "no file": ({"sources": ()}, "of an inventory of objects, "),
    "steady state": ({"steady_state": True}, "1.37, in steady state"),
}


@pytest.mark.parametrize(("change", "says"), HEADINGS.values(), ids=HEADINGS)
def test_the_heading_names_the_inventory(
    change: Mapping[str, bool], says: str, reports: Mapping[str, Report]
) -> None:
    report = reports["place"]
    assert isinstance(report, PlacementReport)
    heading = text.render(report._replace(**change)).splitlines()[0]
    assert says in heading


def test_of_one_rule_a_hundred_findings_a_file_are_shown(reports: Mapping[str, Report]) -> None:
    report = reports["lint"]
    assert isinstance(report, LintReport)
    (one,) = report.findings
    many = [one._replace(line=line) for line in range(1, 113)]
    other = one._replace(file="z.yaml")
    lines = text.render(report._replace(findings=(*many, other))).splitlines()
    assert "ds.yaml: and 12 more DS204 toleration-exists-with-value" in lines
    assert sum(line.startswith("ds.yaml:") for line in lines) == 101
    assert sum(line.startswith("z.yaml:") for line in lines) == 1
    assert lines[-1].startswith("113 findings (113 errors) in")


def test_severities_are_counted_apart(reports: Mapping[str, Report]) -> None:
    report = reports["lint"]
    assert isinstance(report, LintReport)
    (one,) = report.findings
    mixed = (one, one._replace(severity="warning"), *[one._replace(severity="info")] * 2)
    found = text.render(report._replace(findings=mixed, skipped=())).splitlines()[-1]
    assert found == "4 findings (1 error, 1 warning, 2 info) in 3 files, 4 workloads"
    none = text.render(report._replace(findings=(), files=1, workloads=1, skipped=()))
    assert none == "no findings in 1 file, 1 workload\n"


EVIL = "a\x1b[31m\r\nb\u202e[bold]\x9b\udc80"


def test_a_name_cannot_steer_the_terminal(reports: Mapping[str, Report]) -> None:
    report = reports["place"]
    assert isinstance(report, PlacementReport)
    evil = report.placements[0]._replace(name=EVIL)
    report = report._replace(placements=(evil,), findings=())
    shown = r"kube-system/a\x1b[31m\x0d\x0ab\u202e[bold]\x9b\udc80  DaemonSet"
    assert shown in text.render(report)
    assert shown in text.draw(report, 120, colour=False)
    assert "\x1b[31m" not in text.draw(report, 120, colour=True)
