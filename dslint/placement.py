"""Where a workload lands, and for every other node why not: values, all of them sets of names.

A `Names` is an immutable sequence of node names in inventory order; it stays a set of nodes until
somebody reads the names. A node that landed is in no refusal, one that did not is in at least one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from dslint.model import Place

Names = Sequence[str]


class Refusal(NamedTuple):
    """Nodes that one predicate refuses for one reason, and the place in the manifest.

    `because` names the concrete key, value and effect: `untolerated taint
    dedicated=gpu:NoSchedule`. `at.path` is the field that decides; its line is 0 where the
    workload came from a plain object. `because` never names a single node, so that refusals group.
    """

    predicate: str
    nodes: Names
    because: str
    at: Place


class Placement(NamedTuple):
    """The answer for one workload on one inventory.

    `desired`, `lands`, `pending`, `continues`: see the manual's page on placement. `evicted_after`
    maps nodes of `lands` to seconds (0 or more) after which a NoExecute taint evicts the pod.
    `filters` maps each scheduler filter to the nodes that pass it, whatever the others say.
    `preferred` is (weight, nodes) for each preferred term, or None where one cannot be parsed, and
    `repelled` is (number of taints, nodes) for the PreferNoSchedule taints that are not tolerated.
    """

    desired: Names
    lands: Names
    pending: Names
    continues: Names
    refusals: tuple[Refusal, ...]
    evicted_after: Mapping[str, int] = MappingProxyType({})
    filters: Mapping[str, Names] = MappingProxyType({})
    preferred: tuple[tuple[int, Names], ...] | None = ()
    repelled: tuple[tuple[int, Names], ...] = ()
    not_judged: tuple[str, ...] = ()

    def fits(self, node: str) -> dict[str, bool]:
        """What each scheduler filter alone says of the node of that name."""
        return {name: node in passed for name, passed in self.filters.items()}

    def preferred_score(self, node: str) -> int:
        """The sum of the weights of the preferred terms that match, -1 where one cannot be parsed.

        kubernetes/component-helpers, scheduling/corev1/nodeaffinity,
        PreferredSchedulingTerms.Score.
        """
        if self.preferred is None:
            return -1
        return sum(weight for weight, nodes in self.preferred if node in nodes)

    def intolerable_prefer_no_schedule(self, node: str) -> int:
        """The number of the node's PreferNoSchedule taints that are not tolerated."""
        return sum(count for count, nodes in self.repelled if node in nodes)
