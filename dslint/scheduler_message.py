"""The scheduler's own sentence for a pod that fits no node, in the target version's words.

People search for it, so it is the same to the letter: each node counts under the first plug-in
that refused it, reasons sorted as texts. What the scheduler adds about preemption is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dslint import selectors
from dslint.bitsets import flags_of
from dslint.inventory import Inventory
from dslint.node_facts import Taint
from dslint.predicates import answers
from dslint.question import Question, Refused, ask
from dslint.target import Target
from dslint.workloads import Workload

_SENTENCES = {
    "node_name": "node(s) didn't match the requested node name",
    "unschedulable": "node(s) were unschedulable",
    "affinity": "node(s) didn't match Pod's node affinity/selector",
}
_PREFILTERED = "node(s) didn't satisfy plugin(s) [NodeAffinity]"
_GATED = "Scheduling is blocked due to non-empty scheduling gates"
_CONFLICT = "pod affinity terms conflict"

# The taint's key and value were taken out of the message, also in the later patches of 1.34:
# https://github.com/kubernetes/kubernetes/pull/134740
_WITHOUT_TAINT = "1.34"


def message(workload: Workload, inventory: Inventory, target: Target) -> str:
    """The sentence of a workload that lands on none of the nodes, "" where the scheduler has none.

    A pod that names its node never meets the scheduler.
    """
    if workload.pod.get("nodeName"):
        return ""
    question = ask(workload, inventory.index, target)
    counts = _counts(question)
    if _GATED in counts:
        return _GATED
    total = len(inventory.index.names)
    reasons = sorted(f"{count} {reason}" for reason, count in counts.items())
    if _CONFLICT in counts:
        reasons = [_CONFLICT]
    return f"0/{total} nodes are available: {', '.join(reasons)}." if reasons else ""


def _counts(question: Question) -> Counter[str]:
    """How many nodes each reason refuses; a node with several resources short counts for each."""
    counts: Counter[str] = Counter()
    left = question.universe.everything
    named = selectors.named_nodes(
        selectors.required_terms(question.workload.pod) or (), question.index
    )
    if named is not None:
        counts[_PREFILTERED if named else _CONFLICT] += _size(question, left & ~named)
        left &= named
    for predicate, refused in answers(question).items():
        before = left
        for one in refused:
            for reason, nodes in _reasons(question, predicate, one, before):
                counted = nodes & (before if predicate == "resources" else left)
                counts[reason] += _size(question, counted)
                left &= ~counted
    return +counts


def _reasons(
    question: Question, predicate: str, refused: Refused, among: int
) -> Iterator[tuple[str, int]]:
    if predicate == "scheduling_gates":
        yield _GATED, refused.nodes
    elif predicate == "resources":
        yield refused.because.partition(":")[0], refused.nodes
    elif predicate != "taints":
        yield _SENTENCES[predicate], refused.nodes
    elif question.target.at_least(_WITHOUT_TAINT):
        yield "node(s) had untolerated taint(s)", refused.nodes
    else:
        yield from _first_taints(question, refused.nodes & among)


def _first_taints(question: Question, nodes: int) -> Iterator[tuple[str, int]]:
    """The first taint of each node that is not tolerated, which older schedulers name."""
    for bit, flag in enumerate(flags_of(nodes)):
        if flag:
            taint = next(
                filter(lambda one: _repels(question, one), question.universe.facts[bit].taints)
            )
            yield f"node(s) had untolerated taint {{{taint.key}: {taint.value}}}", 1 << bit


def _repels(question: Question, taint: Taint) -> bool:
    tolerated = question.tolerating(taint)
    return taint.effect in ("NoSchedule", "NoExecute") and tolerated is None


def _size(question: Question, nodes: int) -> int:
    return len(question.index.select(nodes, question.by_class))
