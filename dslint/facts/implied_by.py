"""From which other requirements of its term a requirement follows."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from dslint import requirement_sets, selectors, templates
from dslint.model import Path
from dslint.subject import Subject
from dslint.workloads import Workload, mappings, text


def fact(subject: Subject) -> dict[str, str] | None:
    """`self`, the requirement, `others`, those that it follows from, and `witness`, a node.

    The node meets the others, and so this one too. Null where it follows from none, or where no
    node meets the requirements together. Of two that say the same the later follows.
    """
    path = subject.site.path
    return _of_list(subject.workload, path[:-1]).get(subject.site.index)


# Asked for each requirement of a list, one after the other.
@functools.lru_cache(maxsize=1)
def _of_list(workload: Workload, path: Path) -> Mapping[int, dict[str, str]]:
    """What is to be said of each requirement in the list at a path of the manifest."""
    part, stated = str(path[-1]), templates.look_up(workload.manifest, [str(one) for one in path])
    keys = [text(one.get("key")) for one in mappings(stated)]
    if len(set(keys)) == len(keys):
        return {}
    term = selectors.term_of({part: stated}, ())
    if not requirement_sets.alive(term):
        return {}
    return {
        int(one.path[-1]): {
            "self": str(one),
            "others": " and ".join(map(str, others)),
            "witness": requirement_sets.told(requirement_sets.node(requirement_sets.box(others))),
        }
        for one, others in requirement_sets.redundant(term.requirements)
    }
