"""Node selector terms: parsed once, then asked which nodes they match.

A term is the AND of its requirements; one that cannot be parsed makes its term match nothing, and
an empty term matches nothing. Follows kubernetes/component-helpers,
scheduling/corev1/nodeaffinity/nodeaffinity.go, and kubernetes/apimachinery,
pkg/labels/selector.go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dslint import syntax
from dslint.model import Path
from dslint.value_sets import go_integer
from dslint.workloads import Object, mapping, mappings, text, texts

if TYPE_CHECKING:
    from dslint.nodeset import NodeIndex, Universe  # spares start-up: types alone

REQUIRED: Path = (
    "affinity",
    "nodeAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
)
PREFERRED: Path = ("affinity", "nodeAffinity", "preferredDuringSchedulingIgnoredDuringExecution")
NAME_FIELD = "metadata.name"


class Requirement(NamedTuple):
    """One requirement of a term: on a label, or on a field of the node where `field` is set.

    `path` is its place below its term; `problem` says why it cannot be parsed.
    """

    key: str
    operator: str
    values: tuple[str, ...]
    field: bool = False
    path: Path = ()
    problem: str | None = None

    def __str__(self) -> str:
        """The requirement as people say it: `kubernetes.io/arch In [amd64]`."""
        values = f" [{', '.join(self.values)}]" if self.values else ""
        return f"{self.key} {self.operator}{values}"


class Term(NamedTuple):
    """A term with its place below the pod spec."""

    requirements: tuple[Requirement, ...]
    path: Path

    @property
    def problem(self) -> str | None:
        """Why the term matches nothing whatever the node, or None."""
        if not self.requirements:
            return "an empty term matches no node"
        return next((one.problem for one in self.requirements if one.problem), None)

    def __str__(self) -> str:
        """The term as people say it, its requirements joined by `and`."""
        return " and ".join(map(str, self.requirements)) or "(empty)"


def required_terms(pod: Object) -> tuple[Term, ...] | None:
    """The terms of the required node affinity, None where there is none."""
    affinity = mapping(mapping(pod.get("affinity")).get("nodeAffinity"))
    required = affinity.get("requiredDuringSchedulingIgnoredDuringExecution")
    if not isinstance(required, dict):
        return None
    terms = mappings(required.get("nodeSelectorTerms"))
    return tuple(term_of(term, (*REQUIRED, index)) for index, term in enumerate(terms))


def preferred_terms(pod: Object) -> tuple[tuple[int, Term], ...]:
    """The weights and terms of the preferred node affinity, those without effect left out.

    Terms of weight zero and empty terms are skipped before they are parsed.
    """
    affinity = mapping(mapping(pod.get("affinity")).get("nodeAffinity"))
    found = []
    for index, stated in enumerate(mappings(affinity.get(str(PREFERRED[-1])))):
        weight = stated.get("weight")
        term = term_of(mapping(stated.get("preference")), (*PREFERRED, index, "preference"))
        if isinstance(weight, int) and weight and term.requirements:
            found.append((weight, term))
    return tuple(found)


def term_of(term: Object, path: Path) -> Term:
    """The term of a plain dict that stands at `path`."""
    found = []
    for part in ("matchExpressions", "matchFields"):
        for index, stated in enumerate(mappings(term.get(part))):
            found.append(_requirement(stated, part == "matchFields", (part, index)))
    return Term(tuple(found), path)


def _requirement(stated: Object, field: bool, path: Path) -> Requirement:
    key, operator = text(stated.get("key")), text(stated.get("operator"))
    values = tuple(texts(stated.get("values")))
    problem = _field_problem(operator, values) if field else _problem(key, operator, values)
    return Requirement(key, operator, values, field, path, problem)


def _problem(key: str, operator: str, values: tuple[str, ...]) -> str | None:
    """Why labels.NewRequirement would not parse it."""
    if syntax.qualified_name(key) is not None:
        return f"{key!r} is no label key"
    wrong = next((value for value in values if syntax.label_value(value) is not None), None)
    if operator in ("In", "NotIn"):
        bad = f"{operator} needs values" if not values else None
    elif operator in ("Exists", "DoesNotExist"):
        bad = f"{operator} takes no values" if values else None
    elif operator in ("Gt", "Lt"):
        one_integer = len(values) == 1 and go_integer(values[0]) is not None
        bad = None if one_integer else f"{operator} needs one integer"
    else:
        return f"{operator!r} is no operator"
    return bad or (f"{wrong!r} is no label value" if wrong is not None else None)


def _field_problem(operator: str, values: tuple[str, ...]) -> str | None:
    if operator not in ("In", "NotIn"):
        return f"match fields know In and NotIn, not {operator!r}"
    return None if len(values) == 1 else f"{operator} needs one value in match fields"


def matching(term: Term, universe: Universe, index: NodeIndex) -> int:
    """The nodes of the universe that the term matches: all of its requirements."""
    if term.problem:
        return 0
    found = universe.everything
    for requirement in term.requirements:
        found &= meeting(requirement, universe, index)
    return found


def meeting(requirement: Requirement, universe: Universe, index: NodeIndex) -> int:
    """The nodes that meet one requirement that could be parsed.

    Match fields tell nodes apart by name, so there the universe must be the one of single nodes.
    """
    if requirement.field:
        return _meeting_field(requirement, universe, index)
    key, operator, values = requirement[:3]
    if operator == "In":
        return universe.having_any(key, values)
    if operator == "NotIn":
        return universe.everything & ~universe.having_any(key, values)
    if operator == "Exists":
        return universe.having(key)
    if operator == "DoesNotExist":
        return universe.everything & ~universe.having(key)
    bound = go_integer(values[0]) or 0
    sign = 1 if operator == "Gt" else -1
    numbers = ((value, go_integer(value)) for value in universe.values(key))
    return universe.having_any(
        key,
        [
            value
            for value, number in numbers
            if number is not None and sign * number > sign * bound
        ],
    )


def _meeting_field(requirement: Requirement, universe: Universe, index: NodeIndex) -> int:
    """Fields other than `metadata.name` read as ""; a node without a name skips match fields."""
    (value,) = requirement.values
    nameless = index.named("")
    if requirement.key == NAME_FIELD:
        equal = index.named(value)
    else:
        equal = universe.everything if value == "" else 0
    found = equal if requirement.operator == "In" else universe.everything & ~equal
    return found | nameless


def named_nodes(terms: tuple[Term, ...], index: NodeIndex) -> int | None:
    """The nodes that a selector's terms name, None where one of the terms names none.

    The scheduler looks at no other node: NodeAffinity.PreFilter in
    https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/scheduler/framework/plugins/nodeaffinity/node_affinity.go
    """
    found = 0
    for term in terms:
        named = [
            frozenset(one.values)
            for one in term.requirements
            if one.field and one.key == NAME_FIELD and one.operator == "In"
        ]
        if not named:
            return None
        for name in frozenset.intersection(*named):
            found |= index.named(name)
    return found if terms else None
