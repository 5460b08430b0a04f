"""Which label took the place of a deprecated one."""

from __future__ import annotations

from collections.abc import Iterator

from dslint.node_facts import SUCCESSORS
from dslint.sites import Site
from dslint.sites import of as sites_of
from dslint.subject import Subject
from dslint.workloads import text

_NEGATIVE = ("NotIn", "DoesNotExist")


def fact(subject: Subject) -> dict[str, str] | None:
    """`key`, the label to ask for instead, and `since`, the version that deprecated the old one.

    Null where the label has no successor, or where the manifest asks for the successor beside it:
    in another term that is an alternative, or in the same term where both are to be absent.
    """
    found = SUCCESSORS.get(subject.key)
    if found is None or _beside(subject, found[0]):
        return None
    return {"key": found[0], "since": found[1]}


def _beside(subject: Subject, key: str) -> bool:
    if subject.site.entry:
        return False
    negative = text(subject.value.get("operator")) in _NEGATIVE
    here = _term(subject.site)
    return any((_term(site) == here) == negative for site in _asking(subject, key))


def _asking(subject: Subject, key: str) -> Iterator[Site]:
    """The requirements of the same kind that ask for the key."""
    for site in sites_of(subject.workload, frozenset({subject.site.kind})):
        if isinstance(site.value, dict) and site.value.get("key") == key:
            yield site


def _term(site: Site) -> tuple[str | int, ...]:
    return site.path[:-2]
