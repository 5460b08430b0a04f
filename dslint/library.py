"""The Python functions: place a workload, lint a text, ask whether an API server would refuse it.

They read neither configuration nor environment, and print nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from dslint import kinds, linter, rulebook, source, target, workloads
from dslint.finding import Finding
from dslint.inventory import Inventory
from dslint.model import Document
from dslint.placement import Placement
from dslint.rulebook import Rulebook
from dslint.target import NEWEST, Target
from dslint.workloads import Workload

_NONE: Mapping[str, bool] = MappingProxyType({})


def place(
    workload: Workload,
    inventory: Inventory,
    kubernetes: str = NEWEST,
    feature_gates: Mapping[str, bool] = _NONE,
) -> Placement:
    """Where a pod of the workload would run, and for every other node why not.

    The workload is judged as it is given. Raises InputError for an unknown version.
    """
    from dslint import placer  # spares those who only lint

    return placer.place(workload, inventory, target.of(kubernetes, feature_gates))


def lint(
    text: str | bytes,
    filename: str = "-",
    kubernetes: str = NEWEST,
    inventory: Inventory | None = None,
    feature_gates: Mapping[str, bool] = _NONE,
    profile: str = "placement",
) -> list[Finding]:
    """What the built-in rules find in a YAML or JSON text, in order.

    With an inventory also what they find of the workloads on it. A document with neither
    apiVersion nor kind, and one of a foreign API group, is passed over. Raises InputError for an
    unknown version or profile.
    """
    wanted = target.of(kubernetes, feature_gates)
    rules = _rules(profile)
    documents = [one for one in source.read(text, filename) if not _is_passed_over(one, wanted)]
    found = linter.judge(documents, rules, wanted, inventory)
    if inventory is not None:
        run = [one for document in documents for one in workloads.of(document)]
        found += linter.judge_run(inventory, rules, wanted, run)
    return sorted(found, key=lambda finding: finding.order)


@functools.cache
def _rules(profile: str) -> Rulebook:
    """The built-in rules of a profile, chosen once, with what is compiled of them."""
    return rulebook.choose(rulebook.load(), profile=profile)


def _is_passed_over(document: Document, wanted: Target) -> bool:
    """Whether a document holds nothing but objects that are not Kubernetes' own."""
    found = [kinds.status(item, wanted) for _, item in workloads.objects(document.data)]
    is_map = isinstance(document.data, dict)
    return document.data is not None and (
        not is_map or (found != [] and all(status in ("none", "foreign") for status in found))
    )


def validity(
    text: str | bytes,
    kubernetes: str = NEWEST,
    feature_gates: Mapping[str, bool] = _NONE,
) -> list[Finding]:
    """Only what an API server would refuse in a text; none means that it is accepted.

    Strict field validation, no admission plug-in. Raises InputError for an unknown version.
    """
    wanted = target.of(kubernetes, feature_gates)
    return linter.refused(source.read(text, "-"), rulebook.load(), wanted)
