"""Why no node can ever match a term."""

from __future__ import annotations

from dslint import requirement_sets, selectors, syntax
from dslint.selectors import Requirement, Term
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import mapping


def fact(subject: Subject) -> str | None:
    """The fewest requirements that no node meets together: `disk In [ssd], disk DoesNotExist`.

    Or the one of In and NotIn with a value that no label can have, of which Kubernetes makes no
    selector, so that the term matches nothing; null where an API server refuses that. Null where
    some node would match the term, and where it matches none for another reason: it is empty, or
    cannot be parsed.
    """
    stated = subject.value
    term = selectors.term_of(
        mapping(stated.get("preference")) if _preferred(subject) else stated, ()
    )
    return of_term(term, subject.target, preferred=_preferred(subject))


def _preferred(subject: Subject) -> bool:
    return subject.site.kind == "preferred-term"


def of_term(term: Term, target: Target, *, preferred: bool = False) -> str | None:
    """The same for a parsed term, of the required node affinity or of the preferred one."""
    if requirement_sets.readable(term):
        return " and ".join(map(str, requirement_sets.conflict(term.requirements))) or None
    # Values of required terms are validated since 1.33, those of preferred ones never:
    # https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/apis/core/validation/validation.go
    if target.at_least("1.33") and not preferred:
        return None
    odd = next(filter(_has_odd_value, term.requirements), None)
    return odd and f"{odd}, which Kubernetes cannot read: {odd.problem}"


def _has_odd_value(one: Requirement) -> bool:
    """Whether nothing but a value keeps Kubernetes from reading a requirement of In or NotIn."""
    if one.field or one.operator not in ("In", "NotIn") or not one.values:
        return False
    return one.problem is not None and syntax.qualified_name(one.key) is None
