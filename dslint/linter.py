"""Lints documents: what the reader, the schema, the checks and the rules say, as findings.

Documents, a rulebook and a target come in, and an inventory where there is one; findings in order
go out. A manifest is never an error here; a rule that cannot be evaluated is (`BrokenRuleError`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from dslint import sites, verdict, workloads
from dslint.finding import Finding
from dslint.model import Complaint, Document, Path, Place, format_path
from dslint.placement import Placement
from dslint.rulebook import Rulebook
from dslint.sites import Site
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Workload

if TYPE_CHECKING:
    from dslint.inventory import Inventory  # spares start-up: a type alone
    from dslint.judgement import Panel

Placing = Callable[[Workload], Placement]
Saying = Callable[[Document], Sequence[Complaint]]

# Judged all the same, without what is wrong in them.
_WHOLE = frozenset({"workload", "pod", "placement", "node-pair"})


class Setting(NamedTuple):
    """What a whole run has in common."""

    rulebook: Rulebook
    target: Target
    say: Saying
    inventory: Inventory | None = None
    place: Placing | None = None


def judge(
    documents: Iterable[Document],
    rulebook: Rulebook,
    target: Target,
    inventory: Inventory | None = None,
    place: Placing | None = None,
    say: Saying | None = None,
) -> list[Finding]:
    """Everything that the rules in force find in the documents, in order.

    `place` is who places a workload on the inventory, and `say` who says what an API server would
    of a document; by default each is asked anew. Raises BrokenRuleError where a rule cannot be
    evaluated.
    """
    setting = _setting(rulebook, target, inventory, place, say)
    found = [finding for document in documents for finding in _of_document(document, setting)]
    return sorted(found, key=lambda finding: finding.order)


def refused(
    documents: Iterable[Document],
    rulebook: Rulebook,
    target: Target,
    say: Saying | None = None,
) -> list[Finding]:
    """Only what an API server would refuse, in order: no rule is judged that needs no refusal.

    A document that is no Kubernetes object at all is refused too; pass over it before, or not.
    """
    setting = _setting(rulebook, target, say=say)
    found = [finding for document in documents for finding in _of_text(document, setting)]
    return sorted((one for one in found if one.rejected), key=lambda finding: finding.order)


def _setting(
    rulebook: Rulebook,
    target: Target,
    inventory: Inventory | None = None,
    place: Placing | None = None,
    say: Saying | None = None,
) -> Setting:
    say = say or functools.partial(verdict.complaints, target=target)
    return Setting(rulebook, target, say, inventory, place or _placing(inventory, target))


def _placing(inventory: Inventory | None, target: Target) -> Placing | None:
    if inventory is None:
        return None
    from dslint import placer  # spares start-up: placement is loaded only with an inventory

    return lambda workload: placer.place(workload, inventory, target)


def _of_text(document: Document, setting: Setting) -> Iterator[Finding]:
    """What the reader, the schema and the checks say of a document."""
    no_object = verdict.of_no_object(document, setting.target)
    said = (*no_object, *setting.say(document))
    found = workloads.of(document) if said else ()
    for complaint in said:
        yield _dress(complaint, document, _owner(found, complaint.path), setting)


def _of_document(document: Document, setting: Setting) -> Iterator[Finding]:
    """What anybody says of a document, as far as it is in force."""
    found = workloads.of(document, admitted=True)
    said = setting.say(document)
    for complaint in said:
        if setting.rulebook.concerns(complaint.rule):
            yield _dress(complaint, document, _owner(found, complaint.path), setting)
    # Rules pass over the site that such a value is in.
    wrong = [complaint.path for complaint in said if complaint.rule in verdict.WRONG_TYPE]
    for workload in found:
        yield from _of_workload(workload, document, wrong, setting)


def _of_workload(
    workload: Workload, document: Document, wrong: Sequence[Path], setting: Setting
) -> Iterator[Finding]:
    """What the rules in force say of one workload, of its placement too where there is one."""
    from dslint import judgement  # spares start-up: `place` asks no rule

    version, inventory = setting.target.kubernetes, setting.inventory
    panels = judgement.panels(setting.rulebook, workload.kind, version, inventory is not None)
    if not panels:
        return
    own = [
        path[len(workload.root) :] for path in wrong if path[: len(workload.root)] == workload.root
    ]
    judged = workloads.without(workload, own) if own else workload
    placement = _placement(judged, panels, setting)
    root = Site("workload", judged.manifest, ())
    subject = Subject(root, judged, setting.target, {}, inventory, placement)
    for complaint in judgement.complaints(subject, panels, _skipping(own)):
        yield _dress(complaint, document, workload, setting)


def _placement(
    workload: Workload, panels: Mapping[str, Panel], setting: Setting
) -> Placement | None:
    """The workload's placement, computed only where a rule in force may ask for it."""
    from dslint import judgement  # spares start-up: `place` asks no rule

    if setting.place is None or not judgement.use_placement(panels.values()):
        return None
    return setting.place(workload)


def _skipping(wrong: Sequence[Path]) -> Callable[[Site], bool]:
    """Whether a site is to be passed over because a value in it is of a wrong type."""

    def skip(site: Site) -> bool:
        if site.kind in _WHOLE:
            return False
        return any(path[: len(site.path)] == site.path for path in wrong)

    return skip


def judge_inventory(
    inventory: Inventory,
    rulebook: Rulebook,
    target: Target,
    found: Sequence[Workload] = (),
    place: Placing | None = None,
) -> list[Finding]:
    """What is wrong with an inventory, its nodes and a whole run on it, in order.

    `found` are the run's workloads, `place` is who places them (see `judge`). Raises
    BrokenRuleError where a rule cannot be evaluated.
    """
    setting = _setting(rulebook, target, inventory, place)
    dressed = [
        _finding(complaint, Place(file, *(complaint.mark or (1, 1))), setting)
        for file, complaint in inventory.complaints
        if rulebook.concerns(complaint.rule)
    ]
    # The nodes of a pool stand at one place: what is wrong with all of them is said once.
    distinct: dict[tuple[str, Place, str], Complaint] = {}
    for site in sites.of_inventory(inventory, found):
        for complaint, at, workload in _of_node(site, found, setting):
            distinct.setdefault((complaint.rule, at, workload), complaint)
    dressed += [_finding(one, at, setting, who) for (_, at, who), one in distinct.items()]
    return sorted(dressed, key=lambda finding: finding.order)


def judge_run(
    inventory: Inventory, rulebook: Rulebook, target: Target, found: Sequence[Workload]
) -> list[Finding]:
    """What `judge_inventory` says of the run's workloads alone: of no node, and no other file."""
    setting = _setting(rulebook, target, inventory)
    said = _of_node(sites.whole_run(inventory, found), found, setting)
    return [_finding(one, at, setting, workload) for one, at, workload in said if workload]


def _inventory_place(
    inventory: Inventory, site: Site, found: Sequence[Workload], complaint: Complaint
) -> tuple[Place, str]:
    """The place of a complaint and whose it is, "" for a node's.

    Its path is from a node, or from the whole run: ("nodes", 3, "spec", "taints"), ("workloads",
    0, "spec").
    """
    path = complaint.path
    if site.kind == "node":
        return inventory.at(site.index, path), ""
    position = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    if path[:1] == ("workloads",):
        owner = found[position]
        return owner.place(path[2:], complaint.key), owner.id
    return inventory.at(position, path[2:]), ""


def _of_node(
    site: Site, found: Sequence[Workload], setting: Setting
) -> Iterator[tuple[Complaint, Place, str]]:
    """What is said of one of the inventory's sites, where, and of which workload."""
    from dslint import judgement  # spares start-up: `place` asks no rule

    panels = judgement.panels(setting.rulebook, "Node", setting.target.kubernetes, inventory=True)
    inventory = setting.inventory
    if site.kind not in panels or inventory is None:
        return
    nobody, run = Workload.from_object({}), tuple(found)
    placed: tuple[Placement, ...] = ()
    if site.kind == "inventory" and setting.place is not None:
        placed = tuple(map(setting.place, run))
    subject = Subject(site, nobody, setting.target, {}, inventory, None, run, placed)
    for complaint in judgement.at_site(subject, panels[site.kind]):
        yield complaint, *_inventory_place(inventory, site, found, complaint)


def _owner(found: Iterable[Workload], path: Path) -> Workload | None:
    """Which of the workloads a field of their document belongs to."""
    return next((one for one in found if path[: len(one.root)] == one.root), None)


def _dress(
    complaint: Complaint, document: Document, owner: Workload | None, setting: Setting
) -> Finding:
    """The finding that a complaint of a document is, at the line to change."""
    at = complaint.path if complaint.at is None else complaint.at
    place = document.at(at, complaint.key)
    line, column = complaint.mark or (place.line, place.column)
    path = format_path(complaint.path[len(owner.root) if owner else 0 :])
    return _finding(
        complaint, Place(document.file, line, column, path), setting, owner.id if owner else ""
    )


def _finding(complaint: Complaint, place: Place, setting: Setting, workload: str = "") -> Finding:
    """The finding that a complaint is, with its rule's prose. Raises KeyError for no rule's id."""
    rule = setting.rulebook.rules[complaint.rule]
    severity = complaint.severity or rule.severity
    return Finding(
        rule.id,
        rule.name,
        "error" if setting.rulebook.strict and severity == "warning" else severity,
        complaint.what,
        complaint.why or rule.why,
        complaint.fix or rule.fix,
        place.file,
        place.line,
        place.column,
        place.path,
        workload,
        rule.rejected and severity == "error",
        complaint.pruned,
        complaint.edit or (),
    )
