"""From which other requirements of its term a requirement follows."""

from __future__ import annotations

from dslint import requirement_sets, selectors
from dslint.subject import Subject
from dslint.workloads import mapping


def fact(subject: Subject) -> dict[str, str] | None:
    """`self`, the requirement, `others`, those that it follows from, and `witness`, a node.

    The node meets the others, and so this one too. Null where it follows from none, or where no
    node meets the requirements together. Of two that say the same the later follows.
    """
    site = subject.site
    keys = [mapping(one).get("key") for one in site.siblings]
    if keys.count(subject.key) < 2:
        return None
    part = "matchFields" if "field" in site.kind else "matchExpressions"
    term = selectors.term_of({part: site.siblings}, ())
    if not requirement_sets.alive(term):
        return None
    for one, others in requirement_sets.redundant(term.requirements):
        if one.path == (part, site.index):
            node = requirement_sets.node(requirement_sets.box(others))
            return {
                "self": str(one),
                "others": " and ".join(map(str, others)),
                "witness": requirement_sets.told(node),
            }
    return None
