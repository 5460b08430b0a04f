"""Node selector and required node affinity: labels, and the node's name in match fields.

Scheduler plug-in NodeAffinity with its PreFilter, the DaemonSet controller and the kubelet. The
terms are ORed: a node is refused when no term matches it, and then each requirement that it fails
is a reason. What a requirement found instead is named, since that is what people look for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import islice
from operator import or_

from dslint import label_repairs, selectors
from dslint.node_facts import SYSTEM_LABEL
from dslint.nodeset import Universe
from dslint.question import Line, Question, Refused, Repair
from dslint.selectors import Requirement, Term
from dslint.workloads import mapping, text

ORDER = 4

_PARENT = selectors.REQUIRED[:-1]

_VALUES_SHOWN = 3
_VALUES_COUNTED = 50


def refusals(question: Question) -> Iterator[Refused]:
    """The nodes that the node selector, then the required node affinity does not select."""
    if not question.by_kubelet:
        yield from _refusals(question, question.universe)
        return
    # A kubelet sets kubernetes.io/os to its own system before it looks, and looks again at the
    # node as the API server has it where that refuses: kubelet/lifecycle/predicate.go
    seen = reduce(or_, (one.nodes for one in _refusals(question, question.index.by_kubelets)), 0)
    for one in _refusals(question, question.universe):
        yield one._replace(nodes=one.nodes & seen)
    yield from _by_system(question)


def _refusals(question: Question, universe: Universe) -> Iterator[Refused]:
    pod = question.workload.pod
    for key, value in mapping(pod.get("nodeSelector")).items():
        asked = Requirement(key, "In", (text(value),))
        missed = universe.everything & ~universe.having(key, text(value))
        where = Refused(missed, f"node selector {key}={_shown(value)}", ("nodeSelector", key))
        yield from _by_value(asked, universe, where)
    terms = selectors.required_terms(pod)
    if terms is not None:
        yield from _by_terms(question, terms, universe)


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    # Python writes no integer of more than 4,300 digits
    huge = isinstance(value, int) and value.bit_length() > 64
    return f"{'a huge number' if huge else repr(value).lower()} (not a string)"


def _by_terms(
    question: Question, terms: tuple[Term, ...], universe: Universe
) -> Iterator[Refused]:
    index = question.index
    matched = [selectors.matching(term, universe, index) for term in terms]
    missed = universe.everything & ~reduce(or_, matched, 0)
    if not terms:
        yield Refused(missed, "required node affinity without a term matches no node", _PARENT)
    for number, term in enumerate(terms, start=1):
        prefix = f"term {number}: " if len(terms) > 1 else ""
        yield from _by_term(term, prefix, missed, question, universe)
    named = None if question.by_kubelet else selectors.named_nodes(terms, index)
    if named is not None:
        passed = universe.everything & ~missed & ~named
        yield Refused(passed, "the terms name other nodes", selectors.REQUIRED)


def _by_term(
    term: Term, prefix: str, missed: int, question: Question, universe: Universe
) -> Iterator[Refused]:
    """Each requirement of a term that refuses some of the nodes that no term matches."""
    if term.problem:
        broken = next((one.path for one in term.requirements if one.problem), ())
        yield Refused(missed, f"{prefix}{term.problem}", (*term.path, *broken))
        return
    for asked in term.requirements:
        nodes = missed & ~selectors.meeting(asked, universe, question.index)
        where = Refused(nodes, f"{prefix}{asked}", (*term.path, *asked.path))
        yield from _by_value(asked, universe, where)


def _by_value(asked: Requirement, universe: Universe, where: Refused) -> Iterator[Refused]:
    """The refusal split by what the nodes have instead, as long as that is few values."""
    if asked.field:
        yield where._replace(because=f"{where.because}: it is another node")
        return
    lacking = where.nodes & ~universe.having(asked.key)
    yield where._replace(nodes=lacking, because=f"{where.because}: no such label")
    having = where.nodes & ~lacking
    found = _values(asked.key, having, universe)
    if len(found) > _VALUES_SHOWN:
        yield where._replace(nodes=having, because=f"{where.because}: the label has another value")
        return
    for value, nodes in found.items():
        shown = value or '""'
        yield where._replace(nodes=nodes, because=f"{where.because}: the label is {shown}")


def _values(key: str, nodes: int, universe: Universe) -> dict[str, int]:
    """The values that those nodes have under a key; of very many only as many as say so."""
    counted = islice(universe.values(key), _VALUES_COUNTED) if nodes else ()
    found = {value: universe.having(key, value) & nodes for value in counted}
    found = {value: bits for value, bits in found.items() if bits}
    complete = reduce(or_, found.values(), 0) == nodes
    return found if complete else dict.fromkeys(map(str, range(_VALUES_SHOWN + 1)), 0)


def _by_system(question: Question) -> Iterator[Refused]:
    """What a kubelet refuses for its system: `spec.os.name`, and the pod's own such label."""
    workload = question.workload
    for path, value in (
        (("os", "name"), mapping(workload.pod.get("os")).get("name")),
        ((), workload.pod_labels.get(SYSTEM_LABEL)),
    ):
        if isinstance(value, str) and value:
            others = question.universe.everything & ~question.index.of_system(value)
            because = f"the kubelet's system is not {value}"
            yield Refused(others, because, path)


def trace(question: Question) -> Iterator[Line]:
    """Each entry of the node selector and each requirement of each term, true or false."""
    pod = question.workload.pod
    for key, value in mapping(pod.get("nodeSelector")).items():
        asked = Requirement(key, "In", (text(value),))
        yield _line(asked, f"node selector {key}={_shown(value)}", question)
    terms = selectors.required_terms(pod)
    for number, term in enumerate(terms or (), start=1):
        if not term.requirements:
            yield Line(holds=False, text=f"term {number}: an empty term matches no node")
        for asked in term.requirements:
            yield _line(asked, f"term {number}: {asked}", question)
    if terms is None and not pod.get("nodeSelector"):
        yield Line(holds=True, text="no node selector and no required node affinity")
    if terms == ():
        yield Line(holds=False, text="required node affinity without a term matches no node")


def _line(asked: Requirement, what: str, question: Question) -> Line:
    holds = label_repairs.holds(asked, question)
    miss = "" if holds else label_repairs.near_miss(asked, question)
    return Line(holds, f"{what}: {label_repairs.found(asked, question)}", miss)


def repair(question: Question) -> Repair:
    """The smallest change of node selector and terms, or the labels that the node would need."""
    return label_repairs.repair(question)
