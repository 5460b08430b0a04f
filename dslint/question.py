"""What a predicate is asked: one workload, the nodes, the target, and who decides.

A pod that names its node skips the scheduler: its kubelet decides, by rules of its own. What a
predicate answers is `Refused`: a set of nodes, why, and the field that decides.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import NamedTuple

from dslint import tolerations
from dslint.edits import Patch
from dslint.model import Path
from dslint.node_facts import NodeFacts, Taint
from dslint.nodeset import NodeIndex, Universe
from dslint.target import Target
from dslint.toleration_index import TolerationIndex
from dslint.tolerations import Toleration
from dslint.workloads import Workload, mapping, mappings, text

# Up to so many a look at each is faster than an index of them.
_MANY = 50


class Refused(NamedTuple):
    """Nodes (a set of the question's universe) that are refused for one reason.

    `at` is the field of the pod spec that decides, its key where `key` is set.
    """

    nodes: int
    because: str
    at: Path
    key: bool = False


class Repair(NamedTuple):
    """What would make a predicate admit the question's only node.

    `patch` is a JSON Patch from the pod spec, `commands` are kubectl's for the node's side, with
    `{node}` for its name; each is None where that side cannot do it.
    """

    patch: Patch | None
    commands: tuple[str, ...] | None = None


class Line(NamedTuple):
    """One thing that a predicate looked at on the question's only node, and whether it holds.

    `miss` names what was nearly meant, "" where nothing is near.
    """

    holds: bool
    text: str
    miss: str = ""


# No slots: what several predicates ask for is kept once it was worked out.
@dataclass(frozen=True)
class Question:
    """One workload and the nodes it may land on.

    `by_class` says which universe the sets are of; `by_kubelet` that the kubelet decides instead
    of the scheduler.
    """

    workload: Workload
    index: NodeIndex
    target: Target
    tolerations: tuple[Toleration, ...]
    by_class: bool
    by_kubelet: bool = False

    @property
    def universe(self) -> Universe:
        """The universe that sets are of."""
        return self.index.classes if self.by_class else self.index.nodes

    @property
    def node(self) -> NodeFacts:
        """The facts of the first node, for a question about a single one."""
        return self.index.facts[0]

    @functools.cached_property
    def comparison(self) -> bool:
        """Whether a toleration's Gt and Lt compare."""
        return tolerations.compares(self.target)

    def tolerating(self, taint: Taint) -> Toleration | None:
        """The first toleration that tolerates the taint."""
        if taint not in self._tolerating:
            if len(self.tolerations) > _MANY:
                found = self._by_taint.first(taint)
            else:
                found = tolerations.first_tolerating(self.tolerations, taint, self.comparison)
            self._tolerating[taint] = found
        return self._tolerating[taint]

    @functools.cached_property
    def _by_taint(self) -> TolerationIndex:
        return TolerationIndex(self.tolerations, self.comparison)

    @functools.cached_property
    def _tolerating(self) -> dict[Taint, Toleration | None]:
        return {}


def ask(workload: Workload, index: NodeIndex, target: Target) -> Question:
    """The question for the scheduler, in the universe of classes where the workload allows it."""
    by_class = not _names_nodes(workload) and index.classes.unknown.isdisjoint(_keys(workload))
    return Question(workload, index, target, tolerations.of(workload), by_class)


def _names_nodes(workload: Workload) -> bool:
    """Whether the workload tells single nodes apart: by nodeName or match fields."""
    if workload.pod.get("nodeName"):
        return True
    return any(term.get("matchFields") for term in _all_terms(workload))


def _keys(workload: Workload) -> set[str]:
    keys = set(mapping(workload.pod.get("nodeSelector")))
    for term in _all_terms(workload):
        keys.update(text(one.get("key")) for one in mappings(term.get("matchExpressions")))
    return keys


def _all_terms(workload: Workload) -> list[dict[str, object]]:
    affinity = mapping(mapping(workload.pod.get("affinity")).get("nodeAffinity"))
    required = mapping(affinity.get("requiredDuringSchedulingIgnoredDuringExecution"))
    preferred = mappings(affinity.get("preferredDuringSchedulingIgnoredDuringExecution"))
    terms = [*mappings(required.get("nodeSelectorTerms"))]
    terms += [mapping(weighted.get("preference")) for weighted in preferred]
    return [dict(term) for term in terms]
