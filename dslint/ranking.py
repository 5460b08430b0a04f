"""Ranks the nodes that a workload can land on, by what it prefers and what repels it.

A placement comes in, its nodes with their rank go out. Only preferred node affinity and
PreferNoSchedule taints count here; on a live cluster image locality, load and spreading do as
well.
"""

from __future__ import annotations

from collections.abc import Sequence

from dslint.placement import Placement

Ranked = tuple[str, int, int, int]
"""Node, preferred score, untolerated PreferNoSchedule taints, rank from 1 (equals share it)."""

# The default weights of NodeAffinity and TaintToleration: kubernetes/kubernetes,
# pkg/scheduler/apis/config/v1/default_plugins.go
_AFFINITY_WEIGHT = 2
_TAINTS_WEIGHT = 3
_MOST = 100


def rank(placement: Placement) -> tuple[Ranked, ...]:
    """The nodes of `lands` in inventory order; none where nothing is preferred or repels.

    Each part is brought to 0 to 100 over those nodes, the taints from the other end:
    kubernetes/kubernetes, pkg/scheduler/framework/plugins/helper/normalize_score.go.
    """
    if not placement.preferred and not placement.repelled:
        return ()
    nodes = tuple(placement.lands)
    scores = _sums(nodes, placement.preferred or ())
    taints = _sums(nodes, placement.repelled)
    totals = [
        _AFFINITY_WEIGHT * affinity + _TAINTS_WEIGHT * (_MOST - repelled)
        for affinity, repelled in zip(_normal(scores), _normal(taints), strict=True)
    ]
    best = sorted(totals, reverse=True)
    ranks = {total: best.index(total) + 1 for total in set(totals)}
    unparsed = placement.preferred is None
    return tuple(
        (node, -1 if unparsed else score, repelled, ranks[total])
        for node, score, repelled, total in zip(nodes, scores, taints, totals, strict=True)
    )


def _sums(nodes: Sequence[str], parts: Sequence[tuple[int, Sequence[str]]]) -> list[int]:
    """For each node the sum of the parts that name it."""
    total = dict.fromkeys(nodes, 0)
    for amount, named in parts:
        for node in named:
            if node in total:
                total[node] += amount
    return list(total.values())


def _normal(scores: Sequence[int]) -> list[int]:
    """The scores on a scale of 0 to 100, the greatest of them 100; all 0 where that is 0."""
    greatest = max(scores, default=0)
    return [_MOST * score // greatest if greatest > 0 else 0 for score in scores]
