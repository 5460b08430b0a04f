"""The corridor: from what a command was asked to the report that it prints.

The only file that knows every room: manifests and inventories are read, documents judged,
workloads placed. Raises InputError for an argument, inventory or rule file that cannot be used;
whatever is wrong with a manifest is in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dslint import choice, gates, linter, manifests, rulebook, sifting, target, workloads
from dslint.answers import Answers, answering
from dslint.finding import Finding
from dslint.manifests import Skip
from dslint.model import Document, InputError
from dslint.report import (
    CheckReport,
    ExplainReport,
    LintReport,
    NodesReport,
    Placed,
    PlacementReport,
    RulesReport,
    Step,
)
from dslint.rulebook import Rulebook
from dslint.target import Target
from dslint.workloads import Workload

if TYPE_CHECKING:
    from dslint.inventory import Inventory
    from dslint.placement import Refusal

# Rooms that not every command enters are imported where it does: a start-up pays for no other.


class Request(NamedTuple):
    """What a command was asked: every option that changes an answer, and none that only shows it.

    `startup` are keys of taints that a steady state is without, besides those that everybody has.
    `rules` are folders of rule files, `nodes` files of inventories; `workloads` are name patterns.
    `schemas` are files and folders of schemas of kinds that are not Kubernetes' own.
    """

    paths: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    kubernetes: str = target.NEWEST
    gates: Mapping[str, bool] = MappingProxyType({})
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "placement"
    rules: tuple[str, ...] = ()
    namespace: str = ""
    selector: str = ""
    workloads: tuple[str, ...] = ()
    steady_state: bool = False
    startup: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()


class Loaded(NamedTuple):
    """The documents to judge and what they are judged by; `skipped` was passed over."""

    documents: tuple[Document, ...]
    target: Target
    rulebook: Rulebook
    inventory: Inventory | None
    files: int
    skipped: tuple[Skip, ...]
    unread: tuple[str, ...]


def load(request: Request) -> Loaded:
    """Reads everything that the request names. The errors of its arguments come first."""
    wanted = target.of(request.kubernetes, request.gates)
    _check_gates(request.gates)
    rules = rules_of(request)
    choice.parse_selector(request.selector)
    if "-" in request.nodes and "-" in request.paths:
        raise InputError("stdin is named twice", "--nodes", "it can be read once", "name a file")
    inventory = _named(request.nodes) if request.nodes else None
    read = manifests.load(request.paths)
    documents, passed = sifting.sift(read.documents, wanted, request.schemas)
    return Loaded(
        documents,
        wanted,
        rules,
        inventory,
        read.files,
        read.skipped + passed,
        read.unread,
    )


def _check_gates(asked: Mapping[str, bool]) -> None:
    """Raises InputError for a gate that no answer depends on: it is misspelled or no use here."""
    for name in asked:
        if name not in gates.names():
            near = choice.near_names(name, gates.names())
            why = "no verdict and no placement depends on it"
            fix = "leave it out, or correct its name"
            raise InputError(
                f"dslint knows no feature gate {name}",
                "--feature-gates",
                why,
                f"{fix}: {near}" if near.startswith("the nearest") else fix,
            )


def rules_of(request: Request) -> Rulebook:
    """The rules, built in and of the request's folders, those in force that it chooses."""
    known = _proved(request.rules) if request.rules else rulebook.load()
    return rulebook.choose(known, request.select, request.ignore, request.profile)


def _proved(folders: Sequence[str]) -> Rulebook:
    from dslint import examples

    return examples.load(folders)


def lint(request: Request) -> LintReport:
    """The findings in the manifests; with an inventory also those that need one, and its own."""
    loaded = load(request)
    return _lint(loaded, answering(loaded.target, loaded.inventory))


def _lint(loaded: Loaded, answers: Answers) -> LintReport:
    judged = (loaded.rulebook, loaded.target, loaded.inventory)
    found = linter.judge(loaded.documents, *judged, answers.place, answers.say)
    run = tuple(one for document in loaded.documents for one in workloads.of(document))
    if loaded.inventory is not None:
        found += linter.judge_inventory(
            loaded.inventory, loaded.rulebook, loaded.target, run, answers.place
        )
    return LintReport(
        loaded.target.kubernetes,
        tuple(sorted(found, key=lambda finding: finding.order)),
        loaded.files,
        len(run),
        loaded.skipped,
        loaded.unread,
    )


def place(request: Request) -> PlacementReport:
    """Where the chosen workloads land; on the reference fleet where no inventory was named."""
    loaded = load(request)
    inventory = _inventory(loaded, request)
    return _place(loaded, request, inventory, answering(loaded.target, inventory))


def _place(
    loaded: Loaded, request: Request, inventory: Inventory, answers: Answers
) -> PlacementReport:
    from dslint.placed import placed

    placements: list[Placed] = []
    refused: list[Finding] = []
    for document in loaded.documents:
        found = linter.refused([document], loaded.rulebook, loaded.target, answers.say)
        chosen = _chosen(document, request)
        refused += _about(found, document, chosen)
        placements += [
            placed(one, inventory, loaded.target, found, answers.place and answers.place(one))
            for one in chosen
        ]
    return PlacementReport(
        loaded.target.kubernetes,
        inventory.sources,
        len(inventory.nodes),
        tuple(placements),
        tuple(refused),
        request.steady_state,
        inventory.reference,
        loaded.unread,
        tuple(_notes(inventory)),
        loaded.skipped,
    )


def _about(
    found: Sequence[Finding], document: Document, chosen: Sequence[Workload]
) -> Iterator[Finding]:
    """The findings of a document, without those on workloads that the request does not choose."""
    left_out = {one.id for one in workloads.of(document)} - {one.id for one in chosen}
    return (finding for finding in found if finding.workload not in left_out)


def _chosen(document: Document, request: Request) -> tuple[Workload, ...]:
    found = workloads.of(document, admitted=True)
    return choice.chosen(found, request.namespace, request.selector, request.workloads)


def _inventory(loaded: Loaded, request: Request) -> Inventory:
    """The inventory to place on: the one that was named, else the built-in one."""
    inventory = loaded.inventory or _named(())
    if not request.steady_state:
        return inventory
    from dslint import steady_state

    return steady_state.steady(inventory, (*steady_state.STARTUP, *request.startup))


def _named(files: Sequence[str]) -> Inventory:
    """The inventory of those files, the built-in one where there are none."""
    from dslint.inventory import Inventory, reference_fleet

    return Inventory.load(*files) if files else reference_fleet()


def check(request: Request) -> CheckReport:
    """Findings, and placements where an inventory was named."""
    loaded = load(request)
    inventory = loaded.inventory
    answers = answering(loaded.target, inventory)
    found = _lint(loaded, answers)
    return CheckReport(found, _place(loaded, request, inventory, answers) if inventory else None)


def explain(request: Request, workload: str, node: str) -> ExplainReport:
    """Every predicate for one workload and one node.

    Raises InputError for a name that fits none or several.
    """
    from dslint import explainer
    from dslint.placed import validity

    loaded = load(request)
    judged = loaded.rulebook, loaded.target
    inventory = _inventory(loaded, request)
    found = [one for document in loaded.documents for one in _chosen(document, request)]
    asked = choice.one(found, workload)
    if node not in inventory.names:
        near = choice.near_names(node, inventory.names)
        raise InputError("there is no such node in the inventory", node, near, "name one of it")
    report = explainer.explain(asked, inventory.nodes[inventory.names.index(node)], loaded.target)
    refusal = validity(asked, inventory, linter.refused(filter(None, [asked.document]), *judged))
    if refusal:
        edited = filter(None, [explainer.edited(report, asked)])
        step = Step(refusal.predicate, passes=False, because=refusal.because, at=refusal.at)
        report = report._replace(
            lands=False,
            steps=(step, *report.steps),
            evicted_after=None,
            refused=_unmended(report, validity(asked, inventory, linter.refused(edited, *judged))),
        )
    return report._replace(
        reference=inventory.reference,
        unread=loaded.unread,
        notes=tuple(_notes(inventory)),
    )


def _unmended(report: ExplainReport, refusal: Refusal | None) -> str:
    """What to say beside the changes of a refused manifest; the refusal is that after the edit."""
    if report.edit is None and report.kubectl is None:
        return ""
    if refusal:
        return f"even then {refusal.because} ({refusal.at.file}:{refusal.at.line})"
    return "without the edit an API server refuses it" if report.kubectl else ""


def nodes(request: Request) -> NodesReport:
    """The inventory of the request's paths, and what is wrong with it."""
    inventory = _named(request.paths)
    wanted = target.of(request.kubernetes, request.gates)
    found = linter.judge_inventory(inventory, rules_of(request), wanted)
    return NodesReport(inventory.sources, inventory.nodes, tuple(found), inventory.reference)


def rules(request: Request, rule: str = "") -> RulesReport:
    """Every rule, or the one of that id or name with its fix and examples."""
    from dslint.rule import describe

    known = rules_of(request).rules
    if not rule:
        return RulesReport(tuple(describe(one) for one in known.values()))
    found = [one for one in known.values() if rule.upper() == one.id or rule == one.name]
    if not found:
        names = [name for one in known.values() for name in (one.id, one.name)]
        near = choice.near_names(rule, names)
        raise InputError("there is no such rule", rule, near, "`dslint rules` lists them")
    page = {"fix": found[0].fix, "good": found[0].good, "bad": found[0].bad}
    return RulesReport(({**describe(found[0]), **page},), one=True)


def facts() -> RulesReport:
    """What rules may ask about, by name."""
    return RulesReport(tuple(rulebook.describe_facts()), facts=True)


def _notes(inventory: Inventory) -> Iterator[str]:
    """What is wrong with an inventory, a sentence each."""
    for file, said in inventory.complaints:
        line, column = said.mark or (1, 1)
        yield f"{file}:{line}:{column}: {said.rule} {said.what}"
