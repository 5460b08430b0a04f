"""What a command has to say, before an output gives it a form: one frozen value a report.

Made by run.py, read by outputs/. Nothing here knows a format, a terminal or an exit code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from dslint.finding import Finding
from dslint.model import Place
from dslint.placement import Placement


class LintReport(NamedTuple):
    """What `lint` found: the findings in order, and what was read or passed over to find them.

    `skipped` is (where, reason) of every file or document passed over. `unread` is what could not
    be judged at all (a missing file, a folder without permission), as sentences for stderr.
    """

    kubernetes: str
    findings: tuple[Finding, ...]
    files: int = 0
    workloads: int = 0
    skipped: tuple[tuple[str, str], ...] = ()
    unread: tuple[str, ...] = ()


class Placed(NamedTuple):
    """One workload of a placement report: who it is, what it asks for, where it lands.

    `selector` is the node selector and required affinity as one line of text; `ranked` is (node,
    preferred score, untolerated PreferNoSchedule taints, rank from 1) for kinds that are ranked;
    `sentence` is the scheduler's own where a workload of another kind than DaemonSet lands
    nowhere.
    """

    kind: str
    namespace: str
    name: str
    at: Place
    placement: Placement
    selector: str = ""
    ranked: tuple[tuple[str, int, int, int], ...] = ()
    sentence: str = ""


class PlacementReport(NamedTuple):
    """What `place` predicts for every workload on one inventory.

    `sources` names the inventory's files, or the built-in reference fleet (`reference` is True
    then). `findings` holds the rejected ones, `notes` what is wrong with the inventory.
    """

    kubernetes: str
    sources: tuple[str, ...]
    nodes: int
    placements: tuple[Placed, ...]
    findings: tuple[Finding, ...] = ()
    steady_state: bool = False
    reference: bool = False
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()


class CheckReport(NamedTuple):
    """`lint` and `place` in one; `placement` is None where no inventory was given."""

    lint: LintReport
    placement: PlacementReport | None = None


class Step(NamedTuple):
    """One predicate's answer for one workload and one node, and the place that decides it.

    `details` are lines beneath it: each requirement of each term, each taint, marked true or
    false.
    """

    predicate: str
    passes: bool
    because: str
    at: Place
    details: tuple[str, ...] = ()


class ExplainReport(NamedTuple):
    """Every predicate for one workload and one node in the scheduler's order.

    `edit` is (path, value) of the smallest change of the manifest that lands it there, `diff` the
    same as a unified diff of the manifest's text, `kubectl` the command for the node's side; all
    None where it lands. `edited` is the text after the edit, of the whole file or, where that
    cannot be shown, the document as JSON. `refused` says what neither of the two mends, "" for
    nothing.
    """

    kubernetes: str
    kind: str
    namespace: str
    name: str
    node: str
    lands: bool
    steps: tuple[Step, ...]
    edit: tuple[str, Any] | None = None
    diff: str | None = None
    kubectl: str | None = None
    edited: str | None = None
    refused: str = ""
    hints: tuple[str, ...] = ()
    not_judged: tuple[str, ...] = ()
    reference: bool = False
    evicted_after: int | None = None
    unread: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class NodesReport(NamedTuple):
    """An inventory as it was read: plain v1.Node dicts in order, and what is wrong with it."""

    sources: tuple[str, ...]
    nodes: Sequence[Mapping[str, Any]]
    findings: tuple[Finding, ...] = ()
    reference: bool = False


class RulesReport(NamedTuple):
    """The rules as `dslint rules` shows them, or the one that was asked for.

    Each is a mapping with the keys of the JSON contract and, for a page of its own, `fix`, `good`
    and `bad`. With `facts` they are facts: name, summary, description, type, needs_inventory.
    """

    rules: tuple[Mapping[str, Any], ...]
    one: bool = False
    facts: bool = False


Report = LintReport | PlacementReport | CheckReport | ExplainReport | NodesReport | RulesReport

EVERY = (LintReport, PlacementReport, CheckReport, ExplainReport, NodesReport, RulesReport)
"""The classes of `Report`: what a format may say that it fills."""
