"""Sets of nodes as integers, one bit for each class of nodes that are alike.

A `NodeIndex` is made from plain v1.Node dicts. It holds two `Universe`s: one whose bits are
classes (nodes equal in everything but name and labels that nearly every node has its own value
of), one whose bits are single nodes, for workloads that ask for a name or such a label. Predicates
work on either and never loop over workloads times nodes. Never raises on a malformed node.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Any, TypeVar, TypeVarTuple, overload

from dslint.bitsets import FEW, bits_of, flags_of, set_bits
from dslint.node_facts import SYSTEM_LABEL, NodeFacts, Resources, Taint, facts_of, system_of

_Arguments = TypeVarTuple("_Arguments")
_Answer = TypeVar("_Answer")

# Below this many nodes a label with a value of its own on each costs nothing as part of the class.
_SMALL = 64


@dataclass(frozen=True, eq=False)
class Universe:
    """What each bit of a set stands for, and the sets that predicates ask for.

    `facts` is one entry a bit, `unknown` the labels that the facts leave out (they differ on
    nearly every node). Each set is an `int`; those that were asked for once are kept.
    """

    facts: Sequence[NodeFacts]
    unknown: frozenset[str] = frozenset()

    @functools.cached_property
    def everything(self) -> int:
        """The set of all nodes."""
        return (1 << len(self.facts)) - 1

    @functools.cached_property
    def _labels(self) -> dict[str, dict[str, list[int]]]:
        return {}

    def values(self, key: str) -> Mapping[str, list[int]]:
        """The values that nodes have under a label key, each with the bits of those nodes."""
        if key not in self._labels:
            found: dict[str, list[int]] = {}
            for bit, fact in enumerate(self.facts):
                if key in fact.labels:
                    found.setdefault(fact.labels[key], []).append(bit)
            self._labels[key] = found
        return self._labels[key]

    @functools.cached_property
    def _sets(self) -> dict[tuple[str, str | None], int]:
        return {}

    def having(self, key: str, value: str | None = None) -> int:
        """The nodes that have the label, with that value where one is given."""
        asked = (key, value)
        if asked not in self._sets:
            values = self.values(key)
            bits = values.get(value, ()) if value is not None else _joined(values.values())
            self._sets[asked] = bits_of(bits, len(self.facts))
        return self._sets[asked]

    def having_any(self, key: str, values: Iterable[str]) -> int:
        """The nodes whose label has one of the values."""
        found = 0
        for value in values:
            found |= self.having(key, value)
        return found

    @functools.cached_property
    def memory(self) -> dict[object, Any]:
        """What others worked out about these nodes: see `remembered`."""
        return {}

    @functools.cached_property
    def cordoned(self) -> int:
        """The nodes with `spec.unschedulable: true`."""
        return bits_of(
            [bit for bit, fact in enumerate(self.facts) if fact.unschedulable], len(self.facts)
        )

    @functools.cached_property
    def taints(self) -> Mapping[Taint, int]:
        """Each distinct taint and the nodes that have it, in the order of the inventory."""
        found: dict[Taint, list[int]] = {}
        for bit, fact in enumerate(self.facts):
            for taint in fact.taints:
                bits = found.setdefault(taint, [])
                if not bits or bits[-1] != bit:
                    bits.append(bit)
        return {taint: bits_of(bits, len(self.facts)) for taint, bits in found.items()}

    @functools.cached_property
    def repeated_taints(self) -> Sequence[tuple[Taint, int]]:
        """For each further time that a taint stands on a node: the taint and those nodes."""
        found: dict[tuple[Taint, int], list[int]] = {}
        for bit, fact in enumerate(self.facts):
            seen: dict[Taint, int] = {}
            for taint in fact.taints if len(fact.taints) > 1 else ():
                time = seen.get(taint, 0)
                seen[taint] = time + 1
                if time:
                    found.setdefault((taint, time), []).append(bit)
        return [(taint, bits_of(bits, len(self.facts))) for (taint, _), bits in found.items()]

    @functools.cached_property
    def resources(self) -> Mapping[Resources | None, int]:
        """Each distinct set of resources and the nodes that have it."""
        found: dict[Resources | None, list[int]] = {}
        for bit, fact in enumerate(self.facts):
            found.setdefault(fact.resources, []).append(bit)
        return {stated: bits_of(bits, len(self.facts)) for stated, bits in found.items()}


def remembered(
    ask: Callable[[Universe, *_Arguments], _Answer],
) -> Callable[[Universe, *_Arguments], _Answer]:
    """A function of a universe that answers each question once, as long as the universe lives."""

    def answer(universe: Universe, *arguments: *_Arguments) -> _Answer:
        question = (ask, arguments)
        if question not in universe.memory:
            universe.memory[question] = ask(universe, *arguments)
        found: _Answer = universe.memory[question]
        return found

    return answer


@dataclass(frozen=True, eq=False)
class NodeIndex:
    """The nodes of an inventory in order, their classes, and sets over both.

    `class_of` is the number of each node's class.
    """

    names: tuple[str, ...]
    facts: Sequence[NodeFacts]
    class_of: Sequence[int]
    classes: Universe

    @functools.cached_property
    def nodes(self) -> Universe:
        """The universe of single nodes, made when a workload asks for a name."""
        return Universe(self.facts)

    @functools.cached_property
    def positions(self) -> Mapping[str, int]:
        """The number of each node by its name."""
        return {name: number for number, name in enumerate(self.names)}

    @functools.cached_property
    def sizes(self) -> Sequence[int]:
        """How many nodes each class has."""
        sizes = [0] * len(self.classes.facts)
        for number in self.class_of:
            sizes[number] += 1
        return sizes

    @functools.cached_property
    def by_kubelets(self) -> Universe:
        """The nodes as their kubelets see them: `kubernetes.io/os` is the kubelet's own system.

        A node without any label is left as it is: rejectPodAdmissionBasedOnOSSelector in
        https://github.com/kubernetes/kubernetes/blob/v1.36.0/pkg/kubelet/lifecycle/predicate.go
        """
        return Universe(
            [
                fact._replace(labels={**fact.labels, SYSTEM_LABEL: system_of(fact)})
                if fact.labels
                else fact
                for fact in self.facts
            ]
        )

    def of_system(self, system: str) -> int:
        """The set, in the universe of nodes, of those whose kubelet runs on that system."""
        found = [bit for bit, fact in enumerate(self.facts) if system_of(fact) == system]
        return bits_of(found, len(self.facts))

    def named(self, name: str) -> int:
        """The set, in the universe of nodes, of the node of that name."""
        position = self.positions.get(name)
        return 0 if position is None else 1 << position

    def select(self, bits: int, by_class: bool) -> NodeNames:
        """The names of a set of one of the two universes."""
        return NodeNames(self, bits, by_class)


class NodeNames(Sequence[str]):
    """The names of a set of nodes in inventory order, made only when somebody reads them.

    Equal to a tuple or another sequence of the same names; immutable and picklable.
    """

    __slots__ = ("_index", "bits", "by_class")

    def __init__(self, index: NodeIndex, bits: int, by_class: bool) -> None:
        self._index, self.bits, self.by_class = index, bits, by_class

    def __iter__(self) -> Iterator[str]:
        # classes of one node each have the numbers of their nodes
        single = not self.by_class or len(self._index.sizes) == len(self._index.names)
        if single and self.bits.bit_count() <= FEW:
            return map(self._index.names.__getitem__, set_bits(self.bits))
        flags = flags_of(self.bits)
        if self.by_class:
            flags = flags.ljust(len(self._index.sizes), b"\0")
            return compress(self._index.names, map(flags.__getitem__, self._index.class_of))
        return compress(self._index.names, flags)

    def __len__(self) -> int:
        if self.by_class and len(self._index.sizes) != len(self._index.names):
            return sum(compress(self._index.sizes, flags_of(self.bits)))
        return self.bits.bit_count()

    def __contains__(self, name: object) -> bool:
        position = self._index.positions.get(name) if isinstance(name, str) else None
        if position is None:
            return False
        return bool(
            self.bits >> (self._index.class_of[position] if self.by_class else position) & 1
        )

    @overload
    def __getitem__(self, item: int) -> str: ...
    @overload
    def __getitem__(self, item: slice) -> tuple[str, ...]: ...
    def __getitem__(self, item: int | slice) -> str | tuple[str, ...]:
        return tuple(self)[item]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[str, ...]], tuple[tuple[str, ...]]]:
        return tuple, (tuple(self),)


def index_of(nodes: Iterable[Mapping[str, object]]) -> NodeIndex:
    """The index of plain v1.Node dicts; of nodes with the same name the first counts."""
    named: dict[str, NodeFacts] = {}
    for node in nodes:
        metadata = node.get("metadata")
        name = metadata.get("name") if isinstance(metadata, Mapping) else None
        name = name if isinstance(name, str) else ""
        if name not in named:
            named[name] = facts_of(node)
    facts = list(named.values())
    unknown = _own_labels(facts)
    numbers: dict[object, int] = {}
    classes: list[NodeFacts] = []
    class_of: list[int] = []
    for fact in facts:
        labels = {key: value for key, value in fact.labels.items() if key not in unknown}
        alike = (frozenset(labels.items()), *fact[1:])
        number = numbers.setdefault(alike, len(classes))
        if number == len(classes):
            classes.append(fact._replace(labels=labels))
        class_of.append(number)
    return NodeIndex(tuple(named), facts, class_of, Universe(classes, unknown))


def _own_labels(facts: Sequence[NodeFacts]) -> frozenset[str]:
    """The keys under which more than half of the nodes have a value that no other node has."""
    if len(facts) <= _SMALL:
        return frozenset()
    values: dict[str, set[str]] = {}
    for fact in facts:
        for key, value in fact.labels.items():
            values.setdefault(key, set()).add(value)
    return frozenset(key for key, found in values.items() if len(found) > len(facts) // 2)


def _joined(lists: Iterable[list[int]]) -> list[int]:
    return [bit for bits in lists for bit in bits]
