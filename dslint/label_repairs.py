"""What keeps a node selector or a required term from selecting one node, and what would mend it.

Requirements and a node's labels come in; out come sentences about what was nearly meant, JSON
Patch operations from the pod spec, and kubectl commands that would label the node instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dslint import edits, nearest, selectors, value_sets
from dslint.edits import Patch
from dslint.model import Path
from dslint.node_facts import successor
from dslint.question import Question, Repair
from dslint.selectors import Requirement, Term
from dslint.workloads import mapping, text

Labels = Mapping[str, str]

_REQUIRED: Path = selectors.REQUIRED[:-1]


def holds(requirement: Requirement, question: Question) -> bool:
    """Whether the question's only node meets the requirement."""
    if requirement.problem:
        return False
    return bool(selectors.meeting(requirement, question.universe, question.index))


def found(requirement: Requirement, question: Question) -> str:
    """What the node has for the requirement."""
    if requirement.problem:
        return requirement.problem
    if requirement.field:
        return f"the node is {question.index.names[0]}"
    if requirement.key not in question.node.labels:
        return "the node has no such label"
    return f"the label is {_quoted(question.node.labels[requirement.key])}"


def near_miss(requirement: Requirement, question: Question) -> str:
    """The label whose key or value is nearly the one asked for, "" where nothing is near."""
    labels = question.node.labels
    if requirement.key == selectors.NAME_FIELD and not requirement.field:
        return "metadata.name is a field of the node, not a label: ask for it in matchFields"
    key = near_key(requirement.key, labels)
    if key is not None:
        return f"the node has {key}={labels[key]}" if labels[key] else f"the node has {key}"
    if requirement.field or requirement.key not in labels:
        return ""
    value = labels[requirement.key]
    near = next((one for one in requirement.values if _near_value(one, value)), None)
    return f"{_quoted(near)} is nearly {_quoted(value)}" if near is not None else ""


def _quoted(value: str) -> str:
    return value or '""'


def near_key(key: str, labels: Labels) -> str | None:
    """The label of the node that is `key` but for a new name, case, a typo or the prefix."""
    if key in labels:
        return None
    slip = nearest.slip(key, labels)
    near = [
        *(own for own in labels if own == successor(key)),
        *(own for own in labels if _letters(own) == _letters(key)),
        *([slip] if slip else []),
        *(own for own in labels if _name(own) == _name(key)),
    ]
    return near[0] if near else None


def _near_value(one: str, other: str) -> bool:
    if one == other:
        return False
    if {one, other} == {"", "true"} or one.lower() == other.lower():
        return True
    begins = min(len(one), len(other)) > 1 and (one.startswith(other) or other.startswith(one))
    return begins or (one.isalpha() and nearest.slip(one, (other,)) is not None)


def _letters(key: str) -> str:
    return "".join(letter for letter in key.lower() if letter.isalnum() or letter == "/")


def _name(key: str) -> str:
    return key.rpartition("/")[2].lower()


def repair(question: Question) -> Repair:
    """The smallest change of selector and terms, and the labels that the node would need."""
    patch, commands = _of_selector(question)
    terms = selectors.required_terms(question.workload.pod)
    matched = terms is None or any(
        selectors.matching(term, question.universe, question.index) for term in terms
    )
    if not matched:
        term, mended = _of_terms(terms or (), question)
        patch += mended
        asked = term.requirements if term else ()
        wanted = [_command(one) for one in asked if not holds(one, question)]
        commands = [*commands, *wanted] if term else [None]
    known = tuple(command for command in commands if command is not None)
    return Repair(patch or None, known if len(known) == len(commands) else None)


def _removed(path: Path, question: Question) -> Patch:
    """Takes out a field, with the parents that would hold nothing after it."""
    holders: list[Mapping[str, object]] = [question.workload.pod]
    for part in path[:-1]:
        holders.append(mapping(holders[-1].get(str(part))))
    while len(path) > 1 and len(holders[len(path) - 1]) == 1:
        path = path[:-1]
    return edits.remove(path)


def _of_selector(question: Question) -> tuple[Patch, list[str | None]]:
    labels = question.node.labels
    asked = mapping(question.workload.pod.get("nodeSelector"))
    patch: Patch = ()
    commands: list[str | None] = []
    for key, stated in asked.items():
        value, path = text(stated), ("nodeSelector", key)
        if labels.get(key) == value:
            continue
        near = near_key(key, labels)
        if key in labels:
            patch += edits.replace(path, labels[key])
        elif near is not None and labels[near] == value:
            patch += (*edits.remove(path), *edits.add(("nodeSelector", near), value))
        else:
            patch += _removed(path, question)
        commands.append(_label(key, value, labels))
    return patch, commands


def _of_terms(terms: Sequence[Term], question: Question) -> tuple[Term | None, Patch]:
    """The term that is nearest to the node and what mends it; without any, no affinity at all."""
    judged = [term for term in terms if term.requirements]
    if not judged:
        return None, _removed(_REQUIRED, question)
    term = min(judged, key=lambda one: sum(not holds(ask, question) for ask in one.requirements))
    patch: Patch = ()
    failing = [ask for ask in term.requirements if not holds(ask, question)]
    dropped = [ask for ask in failing if _mended(ask, term, question) is None]
    if len(dropped) == len(term.requirements):
        return term, _removed(_REQUIRED, question)
    for ask in failing:
        patch += _mended(ask, term, question) or ()
    # From the last to the first, so that the indexes of the others stay true.
    for ask in reversed(dropped):
        patch += edits.remove((*term.path, *ask.path))
    return term, patch


def _mended(ask: Requirement, term: Term, question: Question) -> Patch | None:
    """The requirement changed so that the node meets it, None where only leaving it out helps."""
    labels, name = question.node.labels, question.index.names[0]
    path = (*term.path, *ask.path)
    if ask.problem:
        return None
    if ask.field:
        usable = ask.key == selectors.NAME_FIELD and ask.operator == "In"
        return edits.replace((*path, "values", 0), name) if usable else None
    near = near_key(ask.key, labels)
    if near is not None and holds(ask._replace(key=near), question):
        return edits.replace((*path, "key"), near)
    if ask.operator == "In" and ask.key in labels:
        return edits.add((*path, "values", "-"), labels[ask.key])
    if ask.operator == "NotIn" and len(set(ask.values)) > 1:
        kept = [value for value in ask.values if value != labels.get(ask.key)]
        return edits.replace((*path, "values"), kept)
    return None


def _command(ask: Requirement) -> str | None:
    """The kubectl command that would make the node meet a requirement."""
    if ask.problem or ask.field:
        return None
    if ask.operator == "In":
        return f"kubectl label nodes {{node}} {ask.key}={ask.values[0]} --overwrite"
    if ask.operator == "Exists":
        return f"kubectl label nodes {{node}} {ask.key}="
    if ask.operator in ("NotIn", "DoesNotExist"):
        return f"kubectl label nodes {{node}} {ask.key}-"
    bound = (value_sets.go_integer(ask.values[0]) or 0) + (1 if ask.operator == "Gt" else -1)
    # A label value cannot begin with a minus sign.
    return f"kubectl label nodes {{node}} {ask.key}={bound} --overwrite" if bound >= 0 else None


def _label(key: str, value: str, labels: Iterable[str]) -> str:
    overwrite = " --overwrite" if key in labels else ""
    return f"kubectl label nodes {{node}} {key}={value}{overwrite}"
