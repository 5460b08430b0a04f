"""The corridor: from what a command was asked to the report that it prints.

The only file that knows every room: manifests and inventories are read, documents judged,
workloads placed. Raises InputError for an argument, inventory or rule file that cannot be used;
whatever is wrong with a manifest is in the report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dslint import (
    choice,
    kinds,
    linter,
    manifests,
    ranking,
    rulebook,
    selectors,
    target,
    workloads,
)
from dslint.finding import Finding
from dslint.inventory import Inventory, reference_fleet
from dslint.manifests import Skip
from dslint.model import Document, InputError, Place, format_path
from dslint.placement import Placement, Refusal
from dslint.report import (
    CheckReport,
    LintReport,
    NodesReport,
    Placed,
    PlacementReport,
    RulesReport,
)
from dslint.rule import describe
from dslint.rulebook import Rulebook
from dslint.target import Target
from dslint.workloads import Workload


@dataclass(frozen=True, slots=True)
class Request:
    """What a command was asked: every option that changes an answer, and none that only shows it.

    `rules` are folders of rule files, `nodes` files of inventories; `workloads` are name patterns.
    """

    paths: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    kubernetes: str = target.NEWEST
    gates: Mapping[str, bool] = field(default_factory=dict)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str = "placement"
    rules: tuple[str, ...] = ()
    namespace: str = ""
    selector: str = ""
    workloads: tuple[str, ...] = ()
    steady_state: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
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
    rules = rules_of(request)
    choice.parse_selector(request.selector)
    if "-" in request.nodes and "-" in request.paths:
        raise InputError("stdin is named twice", "--nodes", "it can be read once", "name a file")
    inventory = Inventory.load(*request.nodes) if request.nodes else None
    read = manifests.load(request.paths)
    passed = {id(document): tuple(_passed_over(document, wanted)) for document in read.documents}
    return Loaded(
        tuple(one for one in read.documents if not _is_passed_over(one, passed[id(one)])),
        wanted,
        rules,
        inventory,
        read.files,
        read.skipped + tuple(skip for skips in passed.values() for skip in skips),
        read.unread,
    )


def rules_of(request: Request) -> Rulebook:
    """The rules, built in and of the request's folders, those in force that it chooses."""
    return rulebook.choose(
        rulebook.load(request.rules), request.select, request.ignore, request.profile
    )


def _passed_over(document: Document, wanted: Target) -> Iterator[Skip]:
    """The objects of a document that are of no concern here: other kinds of Kubernetes, CRDs."""
    for root, item in workloads.objects(document.data):
        reason = {
            "known": "a {kind} carries no pod",
            "foreign": "kind {kind} of {version} is not one of Kubernetes' own",
            "none": "neither apiVersion nor kind",
        }.get(kinds.status(item, wanted))
        if reason:
            place = document.at(root)
            said = reason.format(kind=item.get("kind"), version=item.get("apiVersion"))
            yield f"{place.file}:{place.line}", said


def _is_passed_over(document: Document, passed: Sequence[Skip]) -> bool:
    """Whether nothing is left of a document to judge."""
    objects = sum(1 for _ in workloads.objects(document.data))
    return len(passed) == objects and objects > 0


def lint(request: Request) -> LintReport:
    """The findings in the manifests, and with an inventory those on it."""
    return _lint(load(request))


def _lint(loaded: Loaded) -> LintReport:
    found = linter.judge(loaded.documents, loaded.rulebook, loaded.target, loaded.inventory)
    if loaded.inventory is not None:
        found += _of_inventory(loaded.inventory, loaded.rulebook)
    return LintReport(
        loaded.target.kubernetes,
        tuple(sorted(found, key=lambda finding: finding.order)),
        loaded.files,
        sum(len(workloads.of(document)) for document in loaded.documents),
        loaded.skipped,
        loaded.unread,
    )


def place(request: Request) -> PlacementReport:
    """Where the chosen workloads land; on the reference fleet where no inventory was named."""
    return _place(load(request), request)


def _place(loaded: Loaded, request: Request) -> PlacementReport:
    inventory = loaded.inventory or reference_fleet()
    everything = rulebook.choose(loaded.rulebook, profile="all")
    placements: list[Placed] = []
    refused: list[Finding] = []
    for document in loaded.documents:
        found = linter.refused([document], everything, loaded.target)
        refused += found
        chosen = choice.chosen(
            workloads.of(document, admitted=True),
            request.namespace,
            request.selector,
            request.workloads,
        )
        placements += [placed(one, inventory, loaded.target, found) for one in chosen]
    return PlacementReport(
        loaded.target.kubernetes,
        inventory.sources,
        len(inventory.nodes),
        tuple(placements),
        tuple(refused),
        reference=inventory.reference,
        unread=loaded.unread,
        notes=tuple(_notes(inventory)) if loaded.inventory else (),
        skipped=loaded.skipped,
    )


def placed(
    workload: Workload, inventory: Inventory, wanted: Target, refused: Sequence[Finding]
) -> Placed:
    """One workload's place in the report; `refused` are the rejected findings of its document."""
    from dslint import placer  # spares start-up: `lint` without an inventory places nothing

    placement = placer.place(workload, inventory, wanted)
    said = [one for one in refused if not one.pruned and one.workload in ("", workload.id)]
    if said:
        placement = _invalid(placement, inventory, said)
    return Placed(
        workload.kind,
        workload.namespace,
        workload.name,
        workload.place(()),
        placement,
        selector_text(workload),
        ranking.rank(placement) if workload.kind != "DaemonSet" else (),
    )


def _invalid(placement: Placement, inventory: Inventory, said: Sequence[Finding]) -> Placement:
    """The placement of what an API server refuses: nowhere, and why beside the other reasons."""
    first = said[0]
    more = f" (and {len(said) - 1} more)" if len(said) > 1 else ""
    at = Place(first.file, first.line, first.column, first.path)
    because = f"an API server refuses it: {first.rule} {first.what}{more}"
    refusal = Refusal("validity", inventory.names, because, at)
    return replace(
        placement,
        desired=(),
        lands=(),
        pending=(),
        continues=(),
        evicted_after={},
        refusals=(refusal, *placement.refusals),
    )


def selector_text(workload: Workload) -> str:
    """The node name, node selector and required node affinity of a workload in one line."""
    pod = workload.pod
    parts = [f"nodeName={pod['nodeName']}"] if pod.get("nodeName") else []
    for key, value in workloads.mapping(pod.get("nodeSelector")).items():
        parts.append(f"{key}={value}")
    terms = selectors.required_terms(pod)
    if terms is not None:
        parts.append(" or ".join(_term_text(term, len(terms)) for term in terms) or "no term")
    return ", ".join(parts)


def _term_text(term: selectors.Term, terms: int) -> str:
    text = " and ".join(map(str, term.requirements)) or "empty term"
    return f"({text})" if terms > 1 and len(term.requirements) > 1 else text


def check(request: Request) -> CheckReport:
    """Findings, and placements where an inventory was named."""
    loaded = load(request)
    found = _lint(loaded)
    return CheckReport(found, _place(loaded, request) if loaded.inventory else None)


def nodes(request: Request) -> NodesReport:
    """The inventory of the request's paths, and what is wrong with it."""
    inventory = Inventory.load(*request.paths) if request.paths else reference_fleet()
    found = _of_inventory(inventory, rules_of(request))
    return NodesReport(inventory.sources, inventory.nodes, tuple(found))


def rules(request: Request, rule: str = "") -> RulesReport:
    """Every rule, or the one of that id or name with its fix and examples."""
    known = rules_of(request).rules
    if not rule:
        return RulesReport(tuple(describe(one) for one in known.values()))
    found = [one for one in known.values() if rule.upper() == one.id or rule == one.name]
    if not found:
        near = choice.near_names(
            rule, [name for one in known.values() for name in (one.id, one.name)]
        )
        raise InputError("there is no such rule", rule, near, "`dslint rules` lists them")
    page = {"fix": found[0].fix, "good": found[0].good, "bad": found[0].bad}
    return RulesReport(({**describe(found[0]), **page},), one=True)


def _of_inventory(inventory: Inventory, rules: Rulebook) -> list[Finding]:
    """What is wrong with an inventory, as findings of the rules in force."""
    found = []
    for file, said in inventory.complaints:
        rule = rules.rules[said.rule]
        if said.rule not in rules.chosen:
            continue
        line, column = said.mark or (1, 1)
        found.append(
            Finding(
                rule.id,
                rule.name,
                said.severity or rule.severity,
                said.what,
                said.why or rule.why,
                said.fix or rule.fix,
                file,
                line,
                column,
                format_path(said.path),
            )
        )
    return sorted(found, key=lambda finding: finding.order)


def _notes(inventory: Inventory) -> Iterator[str]:
    """What is wrong with an inventory, a sentence each."""
    for file, said in inventory.complaints:
        line, column = said.mark or (1, 1)
        yield f"{file}:{line}:{column}: {said.rule} {said.what}"
