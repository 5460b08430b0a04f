"""Why no node can ever match a term."""

from __future__ import annotations

from dslint import requirement_sets, selectors
from dslint.selectors import Term
from dslint.subject import Subject
from dslint.workloads import mapping


def fact(subject: Subject) -> str | None:
    """The fewest requirements that no node meets together: `disk In [ssd], disk DoesNotExist`.

    Null where some node would match the term, and where it matches none for another reason: it is
    empty, or cannot be parsed.
    """
    stated = subject.value
    term = selectors.term_of(
        mapping(stated.get("preference")) if _preferred(subject) else stated, ()
    )
    return of_term(term)


def _preferred(subject: Subject) -> bool:
    return subject.site.kind == "preferred-term"


def of_term(term: Term) -> str | None:
    """The same for a parsed term."""
    if requirement_sets.readable(term):
        return " and ".join(map(str, requirement_sets.conflict(term.requirements))) or None
    return None
