"""Judges one workload by the rules: one validator for a kind of site, facts where it fails.

A `Subject` that names the workload comes in, complaints with paths from the document's root go
out. A rule that cannot be evaluated raises `BrokenRuleError`, which names rule, fact and site.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import TracebackType
from typing import NamedTuple

from dslint import discover, patches, sites, templates
from dslint.model import Complaint, Path, format_path
from dslint.placement import Placement
from dslint.rule import Accepts, Raise, Rule, compiled, failing_part, validator
from dslint.rulebook import Rulebook, in_force
from dslint.sites import Site
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Object, mapping


class BrokenRuleError(RuntimeError):
    """A rule could not be evaluated; the message names the rule, the fact and the site."""


class Panel(NamedTuple):
    """All rules of one kind of site and workload; `accepts` asks all that have `holds` at once."""

    rules: tuple[Rule, ...]
    accepts: Accepts
    always: tuple[Rule, ...]


class _Asked(NamedTuple):
    """A rule at a site, with what its templates may name and its facts once they were computed."""

    rule: Rule
    subject: Subject
    scope: Mapping[str, object]

    @property
    def facts(self) -> Mapping[str, object]:
        return mapping(self.scope["facts"])


@functools.lru_cache(maxsize=256)
def panels(rulebook: Rulebook, kind: str, version: str, inventory: bool) -> Mapping[str, Panel]:
    """The panels, by kind of site, for a kind of workload and a Kubernetes version ("1.36")."""
    target = Target(version)
    rules = [
        rule
        for rule in in_force(rulebook)
        if _applies(rule, kind, target) and (inventory or not rule.needs_inventory)
    ]
    kinds = {site for rule in rules for site in rule.each}
    return {kind: _panel([rule for rule in rules if kind in rule.each]) for kind in kinds}


def _panel(rules: list[Rule]) -> Panel:
    holding = tuple(rule for rule in rules if rule.holds is not None)
    accepts = compiled({"allOf": [_embedded(rule) for rule in holding]} if holding else True)
    return Panel(holding, accepts, tuple(rule for rule in rules if rule.holds is None))


def _embedded(rule: Rule) -> object:
    """The rule's schema as a part of a larger one, in which its own references still hold."""
    if isinstance(rule.holds, Mapping) and "$defs" in rule.holds:
        return {"$id": f"urn:dslint:{rule.id}", **rule.holds}
    return rule.holds


def _applies(rule: Rule | Raise, kind: str, target: Target) -> bool:
    if rule.kinds and kind not in rule.kinds:
        return False
    if rule.since and not target.at_least(rule.since):
        return False
    return not rule.until or rule.until == target.kubernetes or not target.at_least(rule.until)


def use_placement(panels: Iterable[Panel]) -> bool:
    """Whether a rule needs an inventory, or has a fact that looks at a placement if it can."""
    rules = [rule for panel in panels for rule in (*panel.rules, *panel.always)]
    if any(rule.needs_inventory for rule in rules):
        return True
    names = {name for rule in rules for name in (*rule.facts, rule.items) if name}
    facts = (discover.module("facts", name) for name in names)
    return any(getattr(fact, "USES_PLACEMENT", False) for fact in facts)


def complaints(
    subject: Subject, panels: Mapping[str, Panel], skip: Callable[[Site], bool]
) -> Iterator[Complaint]:
    """What the panels say of every site of the subject's workload that is not to be skipped."""
    kinds = frozenset(panels)
    for site in (*sites.of(subject.workload, kinds), *_placed(subject, kinds)):
        if not skip(site):
            yield from at_site(subject._replace(site=site), panels[site.kind])


def _placed(subject: Subject, kinds: frozenset[str]) -> Iterator[Site]:
    """The sites that a placement adds; a pair for each node only where a rule asks for pairs."""
    placement = subject.placement
    if placement is None or subject.inventory is None:
        return
    if "placement" in kinds:
        from dslint import landing  # spares start-up: what places loads it anyway

        yield Site("placement", landing.counts(placement, subject.inventory.index), ())
    if "node-pair" in kinds:
        for name, node in zip(subject.inventory.names, subject.inventory.nodes, strict=True):
            yield Site("node-pair", _pair(placement, name, node), ())


def _pair(placement: Placement, name: str, node: object) -> Object:
    return {
        "name": name,
        "node": node,
        "desired": name in placement.desired,
        "lands": name in placement.lands,
        "pending": name in placement.pending,
        "evictedAfterSeconds": placement.evicted_after.get(name),
    }


def at_site(subject: Subject, panel: Panel) -> Iterator[Complaint]:
    """What a panel says of the subject's one site. Raises BrokenRuleError."""
    value = subject.site.value
    broken: list[Rule] = []
    if not panel.accepts(value):
        broken = [rule for rule in panel.rules if not validator(rule, "holds")(value)]
    for rule in (*broken, *panel.always):
        yield from _judge(rule, subject)


def _judge(rule: Rule, subject: Subject) -> Iterator[Complaint]:
    if rule.settings:
        subject = subject._replace(settings=rule.settings)
    parts = {"self": subject.site.value, "pod": subject.workload.pod}
    if not _where(rule, ("where",), rule.where, {**parts, "workload": subject.workload.manifest}):
        return
    facts: dict[str, object] = {}
    for name in rule.facts:
        facts[name] = fact(rule, name, subject)
    if facts and all(validator(rule, "facts", name)(facts[name]) for name in facts):
        return
    asked = _Asked(rule, subject, _scope(subject, facts))
    if not rule.items:
        yield _complaint(asked)
        return
    items = fact(rule, rule.items, subject)
    for item in items if isinstance(items, list | tuple) else ():
        scope = {**asked.scope, "item": item}
        if "item" not in rule.where or validator(rule, "where", "item")(item):
            yield _complaint(asked._replace(scope=scope))


def _where(rule: Rule, at: Path, where: Mapping[str, object], parts: Mapping[str, object]) -> bool:
    return all(validator(rule, *at, name)(parts[name]) for name in where if name in parts)


def _scope(subject: Subject, facts: Mapping[str, object]) -> Mapping[str, object]:
    workload = subject.workload
    return {
        "self": subject.site.value,
        "facts": facts,
        "pod": workload.pod,
        "workload": {
            "kind": workload.kind,
            "namespace": workload.namespace,
            "name": workload.name,
        },
        "settings": subject.settings,
        "kubernetes": subject.target.kubernetes,
    }


def fact(rule: Rule, name: str, subject: Subject) -> object:
    """The value of a fact at the subject's site. Raises BrokenRuleError where it has none."""
    with _Naming(rule, name, subject):
        value: object = discover.module("facts", name).fact(subject)
        return value


class _Naming(NamedTuple):
    """Turns whatever goes wrong within it into BrokenRuleError, so that it is never a finding."""

    rule: Rule
    fact: str
    subject: Subject

    def __enter__(self) -> None:
        return

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, Exception):
            site = self.subject.site
            raise BrokenRuleError(
                f"{self.rule.id} ({self.rule.source}) cannot be evaluated: the fact {self.fact}"
                f" failed at {site.kind} {format_path(site.path) or '(root)'}"
                f" of {self.subject.workload.id}: {type(error).__name__}: {error}"
            ) from error


def _complaint(asked: _Asked) -> Complaint:
    rule, site, workload = asked.rule, asked.subject.site, asked.subject.workload
    raised, scope = next(_raised(asked), (Raise(), asked.scope))
    path = _place(rule, site, mapping(scope.get("item")))
    return Complaint(
        rule.id,
        (*workload.root, *path),
        templates.fill(raised.message or rule.message or rule.summary, scope),
        key=_by_key(_whole(asked.subject), site, path),
        fix=templates.fill(rule.fix, scope),
        edit=_edit(asked),
        severity=raised.severity,
    )


def _raised(asked: _Asked) -> Iterator[tuple[Raise, Mapping[str, object]]]:
    """The entries of the rule's `raise` that match, each with what its message may name."""
    rule, subject = asked.rule, asked.subject
    parts: dict[str, object] = {"workload": subject.workload.manifest}
    parts |= {name: asked.scope.get(name) for name in ("self", "pod", "item")}
    for index, entry in enumerate(rule.raises):
        if entry.each and subject.site.kind not in entry.each:
            continue
        if not _applies(entry, subject.workload.kind, subject.target):
            continue
        if not _where(rule, ("raises", index, "where"), entry.where, parts):
            continue
        facts = dict(asked.facts)
        facts |= {name: fact(rule, name, subject) for name in entry.facts if name not in facts}
        if all(
            validator(rule, "raises", index, "facts", name)(facts[name]) for name in entry.facts
        ):
            yield entry, {**asked.scope, "facts": facts}


def _place(rule: Rule, site: Site, item: Object) -> Path:
    """The field to point at, from the manifest's root."""
    own = item.get("path")
    if isinstance(own, list | tuple):
        return tuple(own)
    if rule.at is not None:
        part = tuple(int(one) if one.isdecimal() else one for one in rule.at.split(".") if one)
    elif rule.holds is not None:
        part = failing_part(rule, site.value)
    else:
        part = ()
    return site.path if site.entry else (*site.path, *part)


def _whole(subject: Subject) -> object:
    """What a site's path begins in: the manifest, or the site `inventory` itself."""
    return subject.site.value if subject.site.kind == "inventory" else subject.workload.manifest


def _by_key(manifest: object, site: Site, path: Path) -> bool:
    """Whether to point at the key: a map or list begins on the line after it, or isn't there."""
    if site.entry and path == site.path:
        return True
    value = templates.look_up(manifest, [str(part) for part in path])
    return isinstance(value, dict | list) and bool(path) and isinstance(path[-1], str)


def _edit(asked: _Asked) -> tuple[Mapping[str, object], ...] | None:
    """The rule's JSON Patch with paths from the document's root."""
    rule, subject = asked.rule, asked.subject
    patch: object = rule.edit
    if isinstance(patch, Mapping):
        patch = fact(rule, patch["fact"], subject)
    if not patch:
        return None
    base = (*subject.workload.root, *subject.site.path)
    operations = patch if isinstance(patch, list | tuple) else ()
    return tuple(patches.from_root(operations, base, asked.scope))
