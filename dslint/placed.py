"""One workload's place in a report: where it lands, what it asks for, and what refuses it whole.

A workload, an inventory and the findings for which an API server would refuse its document come
in; a `Placed` goes out. What is refused lands nowhere, and the other reasons stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from dslint import placer, ranking, selectors
from dslint.finding import Finding
from dslint.inventory import Inventory
from dslint.model import Place
from dslint.placement import Placement, Refusal
from dslint.report import Placed
from dslint.target import Target
from dslint.workloads import Workload, mapping


def placed(
    workload: Workload,
    inventory: Inventory,
    wanted: Target,
    refused: Sequence[Finding],
    placement: Placement | None = None,
) -> Placed:
    """The workload on the inventory; `refused` are the rejected findings of its document.

    `placement` is there where somebody has placed it already.
    """
    placement = placement or placer.place(workload, inventory, wanted)
    refusal = validity(workload, inventory, refused)
    if refusal:
        placement = _invalid(placement, refusal)
    daemon = workload.kind == "DaemonSet"
    nowhere = not daemon and not refusal and not len(placement.lands)
    return Placed(
        workload.kind,
        workload.namespace,
        workload.name,
        workload.place(()),
        placement,
        asked_nodes(workload),
        () if daemon else ranking.rank(placement),
        _message(workload, inventory, wanted) if nowhere else "",
    )


def _message(workload: Workload, inventory: Inventory, wanted: Target) -> str:
    from dslint import scheduler_message  # spares start-up: most workloads land somewhere

    return scheduler_message.message(workload, inventory, wanted)


def validity(
    workload: Workload, inventory: Inventory, refused: Sequence[Finding]
) -> Refusal | None:
    """The refusal of every node for what an API server would refuse the workload, if anything.

    What only strict field validation refuses does not count: the object is placed without it.
    """
    said = [one for one in refused if not one.pruned and one.workload in ("", workload.id)]
    if not said:
        return None
    first = said[0]
    more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
    because = f"an API server refuses it: {first.rule} {first.what}{more}"
    at = Place(first.file, first.line, first.column, first.path)
    return Refusal("validity", inventory.names, because, at)


def _invalid(placement: Placement, refusal: Refusal) -> Placement:
    """The placement of what an API server refuses: nowhere."""
    return placement._replace(
        desired=(),
        lands=(),
        pending=(),
        continues=(),
        evicted_after={},
        refusals=(refusal, *placement.refusals),
    )


def asked_nodes(workload: Workload) -> str:
    """The node name, node selector and required node affinity of a workload in one line."""
    pod = workload.pod
    parts = [f"nodeName={pod['nodeName']}"] if pod.get("nodeName") else []
    parts += [f"{key}={value}" for key, value in mapping(pod.get("nodeSelector")).items()]
    terms = selectors.required_terms(pod)
    if terms is not None:
        parts.append(" or ".join(_term_text(term, len(terms)) for term in terms) or "no term")
    return ", ".join(parts)


def _term_text(term: selectors.Term, terms: int) -> str:
    text = " and ".join(map(str, term.requirements)) or "an empty term"
    return f"({text})" if terms > 1 and len(term.requirements) > 1 else text
