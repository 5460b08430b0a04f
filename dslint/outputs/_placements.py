"""A placement report as a table, and beneath each workload why the other nodes refuse it."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence

from dslint.model import Place
from dslint.outputs._findings import count
from dslint.outputs._sheet import Line, Row, line, row
from dslint.placement import Names, Refusal
from dslint.report import Placed, PlacementReport

SHOWN = 5
"""Names of nodes that are shown for one reason."""

HEADS = ("WORKLOAD", "KIND", "DESIRED", "PENDING", "NODE SELECTOR")


def lines(report: PlacementReport) -> Iterator[Line | Row]:
    """The heading, then the DaemonSets, then the other workloads, each with its reasons."""
    yield line(heading(report), "title")
    daemonsets = [placed for placed in report.placements if placed.kind == "DaemonSet"]
    others = [placed for placed in report.placements if placed.kind != "DaemonSet"]
    for group, desired in ((daemonsets, "DESIRED"), (others, "NODES")):
        if group:
            yield line()
            yield row([desired if head == "DESIRED" else head for head in HEADS], "head")
        for placed in group:
            yield from _placed_lines(placed, report.nodes)


def heading(report: PlacementReport) -> str:
    """`Placement of 3 workloads on 12 nodes of nodes.yaml, Kubernetes 1.37`."""
    where = "the built-in reference fleet" if report.reference else ", ".join(report.sources)
    text = f"Placement of {count(len(report.placements), 'workload')} on "
    text += f"{count(report.nodes, 'node')} of {where or 'an inventory of objects'}"
    text += f", Kubernetes {report.kubernetes}"
    return text + (", in steady state" if report.steady_state else "")


def _placed_lines(placed: Placed, nodes: int) -> Iterator[Line | Row]:
    placement = placed.placement
    desired, pending = len(placement.desired), len(placement.pending)
    yield Row(
        (
            (f"{placed.namespace}/{placed.name}", "name"),
            (placed.kind, ""),
            (str(desired), "good" if desired else "error"),
            (str(pending), "warning" if pending else ""),
            (placed.selector or "<none>", ""),
        )
    )
    if placed.kind == "DaemonSet" and desired < nodes:
        text = f"no pod is made for {nodes - desired} of {nodes} nodes:"
        yield line(text, "", 4)
    for refusal in placement.refusals:
        if len(refusal.nodes):
            yield from _refusal_lines(refusal)
    yield from _eviction_lines(placed)
    if placed.sentence:
        yield line(placed.sentence, "", 4)
    if placement.not_judged:
        yield line(f"not judged: {', '.join(placement.not_judged)}", "dim", 4)
    yield from _rank_lines(placed)


def _refusal_lines(refusal: Refusal) -> Iterator[Line]:
    yield Line(
        (
            (f"{count(len(refusal.nodes), 'node')}: ", "warning"),
            (refusal.because, ""),
            (location(refusal.at), "dim"),
        ),
        indent=4,
    )
    yield line(names(refusal.nodes), "dim", 6)


def location(at: Place) -> str:
    """` (ds.yaml:17)`, or nothing where the place is in no file."""
    return f" ({at.file}:{at.line})" if at.line else ""


def names(nodes: Names) -> str:
    """The first names of some nodes, and how many more there are."""
    shown = ", ".join(itertools.islice(nodes, SHOWN))
    return f"{shown}, and {len(nodes) - SHOWN} more" if len(nodes) > SHOWN else shown


def _eviction_lines(placed: Placed) -> Iterator[Line]:
    by_seconds: dict[int, list[str]] = {}
    for node, seconds in placed.placement.evicted_after.items():
        by_seconds.setdefault(seconds, []).append(node)
    for seconds, nodes in sorted(by_seconds.items()):
        text = f"{count(len(nodes), 'node')}: lands, evicted after {seconds} s"
        yield line(text, "info", 4)
        yield line(names(nodes), "dim", 6)


def _rank_lines(placed: Placed) -> Iterator[Line]:
    """The order of preference, where the nodes differ in it."""
    if len({rank for *_, rank in placed.ranked}) < 2:
        return
    groups = _by_rank(placed.ranked)
    for rank, score, repelled, nodes in itertools.islice(groups, SHOWN):
        text = f"rank {rank}: preferred score {score}"
        text += f", {count(repelled, 'untolerated PreferNoSchedule taint')}" if repelled else ""
        yield line(text, "", 4)
        yield line(names(nodes), "dim", 6)
    text = "image locality, load and spreading count as well on a live cluster"
    yield line(text, "dim", 4)


def _by_rank(
    ranked: Iterable[tuple[str, int, int, int]],
) -> Iterator[tuple[int, int, int, Sequence[str]]]:
    ordered = sorted(ranked, key=lambda entry: (entry[3], entry[1], entry[2]))
    for key, group in itertools.groupby(ordered, key=lambda entry: (entry[3], *entry[1:3])):
        yield *key, [node for node, *_ in group]
