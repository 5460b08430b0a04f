"""What the required node affinity asks of a label that the node selector asks for too."""

from __future__ import annotations

from dslint import requirement_sets
from dslint.facts import selector_conflicts
from dslint.subject import Subject


def fact(subject: Subject) -> str | None:
    """The first requirement of a required term on the same label.

    Null where there is none, and where the node selector contradicts a term, which is another
    fault.
    """
    for term in subject.living_terms:
        for one in term.requirements:
            if one.key == subject.key and not one.field:
                said = f"{one} in {requirement_sets.place_of(term)}"
                return None if selector_conflicts.fact(subject) else said
    return None
