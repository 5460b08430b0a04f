"""Where a workload lands: every predicate asked once, its refusals put together.

A workload and an inventory come in, a `Placement` goes out; nothing is validated and nothing
raises. Who decides differs: the scheduler, the kubelet where a pod names its node, and for a
DaemonSet its controller first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import reduce
from operator import or_

from dslint import selectors
from dslint.inventory import Inventory
from dslint.nodeset import NodeIndex, NodeNames
from dslint.placement import Placement, Refusal
from dslint.predicates import Answers, answers, union
from dslint.question import Question, ask
from dslint.target import Target
from dslint.workloads import Workload, mapping

# What a DaemonSet's controller looks at before it makes a pod: NodeShouldRunDaemonPod in
# https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/daemon/daemon_controller.go
CONTROLLER = ("node_name", "affinity", "taints")

# Parts of a pod spec that take part in scheduling and that no predicate judges yet.
_NOT_JUDGED = {
    "podAffinity": ("affinity", "podAffinity"),
    "podAntiAffinity": ("affinity", "podAntiAffinity"),
    "topologySpreadConstraints": ("topologySpreadConstraints",),
    "volumes": ("volumes",),
    "resourceClaims": ("resourceClaims",),
    "runtimeClassName": ("runtimeClassName",),
    "schedulerName": ("schedulerName",),
    "priorityClassName": ("priorityClassName",),
}


def place(workload: Workload, inventory: Inventory, target: Target) -> Placement:
    """The placement of one workload on the nodes of an inventory."""
    question = ask(workload, inventory.index, target)
    by_scheduler = answers(question)
    deciding = by_scheduler
    if workload.pod.get("nodeName"):
        question = replace(question, by_kubelet=True)
        deciding = answers(question)
    daemon = workload.kind == "DaemonSet"
    if daemon:
        deciding = _of_daemon(deciding, by_scheduler)
        by_scheduler = {**by_scheduler, "node_name": ()}
    return _placement(question, by_scheduler, deciding, daemon)


def _of_daemon(deciding: Answers, by_scheduler: Answers) -> Answers:
    """What decides for a DaemonSet: its controller asks as the scheduler does, then the pod's."""
    return {
        name: by_scheduler[name] if name in CONTROLLER else refused
        for name, refused in deciding.items()
    }


def _placement(
    question: Question, by_scheduler: Answers, deciding: Answers, daemon: bool
) -> Placement:
    everything = question.universe.everything
    refused = {name: union(own) for name, own in deciding.items()}
    lands = everything & ~reduce(or_, refused.values(), 0)
    desired = lands
    if daemon:
        desired = everything & ~reduce(or_, (refused[name] for name in CONTROLLER))
    select = _Select(question.index, question.by_class)
    return Placement(
        desired=select(desired),
        lands=select(lands),
        pending=select(desired & ~lands),
        continues=select(_continues(question, refused, daemon)),
        refusals=tuple(_refusals(question, deciding, select)),
        evicted_after=_evicted_after(question, lands, select),
        filters={name: select(everything & ~union(own)) for name, own in by_scheduler.items()},
        preferred=_preferred(question, select),
        repelled=tuple(_repelled(question, select)),
        not_judged=tuple(_not_judged(question.workload)),
    )


@dataclass(frozen=True, slots=True)
class _Select:
    """Turns a set of the question's universe into names."""

    index: NodeIndex
    by_class: bool

    def __call__(self, nodes: int) -> NodeNames:
        return self.index.select(nodes, self.by_class)


def _refusals(question: Question, deciding: Answers, select: _Select) -> Iterator[Refusal]:
    for name, refused in deciding.items():
        for one in refused:
            at = question.workload.at(*one.at, key=one.key)
            yield Refusal(name, select(one.nodes), one.because, at)


def _continues(question: Question, refused: Mapping[str, int], daemon: bool) -> int:
    """Where a pod that runs already would stay.

    Only NoExecute taints throw it out, and a DaemonSet's controller where it no longer selects.
    """
    evicting = _untolerated(question)
    if daemon:
        return question.universe.everything & ~(
            refused["node_name"] | refused["affinity"] | evicting
        )
    return question.universe.everything & ~evicting


def _untolerated(question: Question) -> int:
    """The nodes with a NoExecute taint that nobody tolerates."""
    found = 0
    for taint, nodes in question.universe.taints.items():
        if taint.effect == "NoExecute" and question.tolerating(taint) is None:
            found |= nodes
    return found


def _evicted_after(question: Question, lands: int, select: _Select) -> dict[str, int]:
    """The seconds until a NoExecute taint evicts, by node: the least over the node's taints.

    For each taint the first toleration that matches counts: getMinTolerationTime in
    https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/controller/tainteviction/taint_eviction.go
    """
    after: dict[int, int] = {}
    for taint, nodes in question.universe.taints.items():
        tolerated = question.tolerating(taint)
        if taint.effect != "NoExecute" or tolerated is None or tolerated.seconds is None:
            continue
        seconds = max(0, tolerated.seconds)
        after[seconds] = after.get(seconds, 0) | (nodes & lands)
    found: dict[str, int] = {}
    for seconds in sorted(after, reverse=True):
        found |= dict.fromkeys(select(after[seconds]), seconds)
    return found


def _preferred(question: Question, select: _Select) -> tuple[tuple[int, NodeNames], ...] | None:
    terms = selectors.preferred_terms(question.workload.pod)
    if any(term.problem for _, term in terms):
        return None
    return tuple(
        (weight, select(selectors.matching(term, question.universe, question.index)))
        for weight, term in terms
    )


def _repelled(question: Question, select: _Select) -> Iterator[tuple[int, NodeNames]]:
    """The PreferNoSchedule taints that are not tolerated; one that stands twice counts twice."""
    universe = question.universe
    for taint, nodes in (*universe.taints.items(), *universe.repeated_taints):
        tolerated = question.tolerating(taint)
        if taint.effect == "PreferNoSchedule" and tolerated is None:
            yield 1, select(nodes)


def _not_judged(workload: Workload) -> Iterator[str]:
    for name, path in _NOT_JUDGED.items():
        found: object = workload.pod
        for part in path:
            found = mapping(found).get(part)
        if found:
            yield name
