"""Chooses workloads as kubectl does: by namespace, by label selector, by name.

Selectors are kubectl's (`app=fluentd,tier in (a, b),!legacy`) on the workload's own labels; a
workload is named `[Kind/[namespace/]]name`, with `*` and `?` as in file names. A selector that
cannot be parsed, and a name that fits none or several, are `InputError`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple

from dslint.model import InputError
from dslint.nearest import nearest
from dslint.workloads import Workload, text

_SHORT = {
    "po": "pod",
    "ds": "daemonset",
    "deploy": "deployment",
    "sts": "statefulset",
    "rs": "replicaset",
    "rc": "replicationcontroller",
    "cj": "cronjob",
}
_KEY = r"[A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?"
_VALUE = r"(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?"
# compiled where a selector is parsed: no start-up pays for them
_SET = rf"({_KEY})\s+(in|notin)\s*\(([^()]*)\)\Z"
_EQUAL = rf"({_KEY})\s*(==|=|!=)\s*({_VALUE})\Z"
_EXISTS = rf"(!?)\s*({_KEY})\Z"


class Requirement(NamedTuple):
    """One requirement of a label selector: `In`, `NotIn`, `Exists` or `DoesNotExist`."""

    key: str
    operator: str
    values: tuple[str, ...] = ()

    def holds(self, workload: Workload) -> bool:
        """Whether the workload's own labels satisfy it; `NotIn` holds where there is no label."""
        if self.key not in workload.labels:
            return self.operator in ("NotIn", "DoesNotExist")
        if self.operator in ("Exists", "DoesNotExist"):
            return self.operator == "Exists"
        return (text(workload.labels[self.key]) in self.values) == (self.operator == "In")


def chosen(
    workloads: Iterable[Workload],
    namespace: str = "",
    selector: str = "",
    patterns: Sequence[str] = (),
) -> tuple[Workload, ...]:
    """The workloads of that namespace that the selector selects and a pattern matches.

    What is empty chooses everything. Raises InputError for a selector that cannot be parsed.
    """
    requirements = parse_selector(selector)
    return tuple(
        workload
        for workload in workloads
        if namespace in ("", workload.namespace)
        and all(requirement.holds(workload) for requirement in requirements)
        and (not patterns or any(matches(pattern, workload) for pattern in patterns))
    )


def parse_selector(selector: str) -> tuple[Requirement, ...]:
    """The requirements of a label selector in kubectl's syntax; raises InputError.

    kubernetes/apimachinery, pkg/labels/selector.go, Parse.
    """
    if not selector.strip():
        return ()
    return tuple(_requirement(part.strip(), selector) for part in _split(selector))


def _split(selector: str) -> list[str]:
    """The parts between the commas that stand in no parentheses."""
    depth, parts = 0, [""]
    for sign in selector:
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += sign
    return parts


def _requirement(part: str, selector: str) -> Requirement:
    if found := re.match(_SET, part):
        values = tuple(value.strip() for value in found[3].split(","))
        return Requirement(found[1], "In" if found[2] == "in" else "NotIn", values)
    if found := re.match(_EQUAL, part):
        return Requirement(found[1], "NotIn" if found[2] == "!=" else "In", (found[3],))
    if found := re.match(_EXISTS, part):
        return Requirement(found[2], "DoesNotExist" if found[1] else "Exists")
    raise InputError(
        f"cannot parse {part!r} in the label selector {selector!r}",
        "--selector",
        "a requirement is key=value, key!=value, key in (a,b), key notin (a,b), key or !key",
        "write it as kubectl's -l takes it",
    )


def matches(pattern: str, workload: Workload) -> bool:
    """Whether `[Kind/[namespace/]]name` names the workload; `namespace/name` does as well.

    A kind counts whatever its case, and by kubectl's short name.
    """
    *owner, name = pattern.split("/")
    if not fnmatchcase(workload.name, name):
        return False
    if len(owner) == 2:
        return _is_kind(owner[0], workload) and fnmatchcase(workload.namespace, owner[1])
    return not owner or (
        len(owner) == 1
        and (_is_kind(owner[0], workload) or fnmatchcase(workload.namespace, owner[0]))
    )


def _is_kind(pattern: str, workload: Workload) -> bool:
    wanted = pattern.lower()
    kinds = {wanted, _SHORT.get(wanted, wanted), wanted.removesuffix("s")}
    return any(fnmatchcase(workload.kind.lower(), kind) for kind in kinds)


def one(workloads: Sequence[Workload], name: str) -> Workload:
    """The one workload of that name; raises InputError with candidates for none or several."""
    found = [workload for workload in workloads if matches(name, workload)]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(_named(workload) for workload in found[:10])
        more = f", and {len(found) - 10} more" if len(found) > 10 else ""
        raise InputError(
            f"{len(found)} workloads are named so: {shown}{more}",
            name,
            "one is explained at a time",
            "name it as Kind/namespace/name, and its file alone if it is in several",
        )
    near = near_names(name.rpartition("/")[2], (workload.name for workload in workloads))
    raise InputError(
        "there is no such workload in the manifests",
        name,
        near or "the manifests hold no workload",
        "name a workload as [Kind/[namespace/]]name",
    )


def _named(workload: Workload) -> str:
    place = workload.place(())
    return f"{workload.id} ({place.file}:{place.line})" if place.line else workload.id


def near_names(name: str, known: Iterable[str]) -> str:
    """`the nearest name is X`, or the first few names there are, or "" where there is none."""
    names = list(dict.fromkeys(known))
    near = nearest(name, names)
    if near or not names:
        return f"the nearest name is {near}" if near else ""
    more = f", and {len(names) - 10} more" if len(names) > 10 else ""
    return f"there are: {', '.join(names[:10])}{more}"
