"""From nodes to the short form: the fewest lines that say the same.

Plain v1.Node dicts go in, the data of a `kind: NodeInventory` goes out. What most have moves to
`defaults`; nodes that differ in a counting number of their names alone become a pool. Nothing
raises; a node without a name stays without one, which the form does not allow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from dslint.inventories import Node, _taint
from dslint.inventories.short import API_VERSION, HOSTNAME, KIND, is_cordon

_numbered = re.compile(r"(.*?)([0-9]{1,9})([^0-9]*)").fullmatch
_Entry = dict[str, object]


def shortened(nodes: Iterable[Node]) -> dict[str, object]:
    """The short form of the nodes, its keys in the order in which people write them."""
    entries = [_entry(node) for node in nodes]
    defaults = {
        key: shared for key in ("labels", "allocatable") if (shared := _shared(key, entries))
    }
    single, pools = _pooled([_without(entry, defaults) for entry in entries])
    parts = {"defaults": defaults, "nodes": single, "pools": pools}
    return {"apiVersion": API_VERSION, "kind": KIND, **{k: v for k, v in parts.items() if v}}


def _entry(node: Node) -> _Entry:
    metadata, spec, status = (_map(node.get(part)) for part in ("metadata", "spec", "status"))
    name, cordoned = metadata.get("name"), spec.get("unschedulable") is True
    taints = spec.get("taints")
    found = {
        "name": name,
        "labels": {
            k: v for k, v in _map(metadata.get("labels")).items() if (k, v) != (HOSTNAME, name)
        },
        "taints": [
            _written(taint)
            for taint in (taints if isinstance(taints, list) else ())
            if isinstance(taint, Mapping) and not (cordoned and is_cordon(taint))
        ],
        "unschedulable": cordoned,
        # a node without allocatable has its capacity as such
        "allocatable": _map(status.get("allocatable", status.get("capacity"))),
    }
    return {key: value for key, value in found.items() if value}


def _map(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, Mapping) else {}


def _written(taint: Mapping[str, object]) -> object:
    text = _taint.written(taint)
    known = {key: taint[key] for key in ("key", "value", "effect") if taint.get(key)}
    read = {key: value for key, value in _taint.parsed(text).items() if value}
    return text if read == known else known


def _shared(key: str, entries: list[_Entry]) -> dict[str, object]:
    """The commonest value of each name that all have under the key; others can say theirs."""
    maps = [_map(entry.get(key)) for entry in entries]
    names = [name for name in (maps[0] if maps else {}) if all(name in one for one in maps)]
    counted = {name: Counter(str(one[name]) for one in maps) for name in names}
    return {
        name: found
        for name, ((found, times), *_) in ((n, c.most_common(1)) for n, c in counted.items())
        if times > 1
    }


def _without(entry: _Entry, defaults: Mapping[str, dict[str, object]]) -> _Entry:
    cut = {
        key: {k: v for k, v in value.items() if defaults.get(key, {}).get(k) != v}
        if isinstance(value, dict)
        else value
        for key, value in entry.items()
    }
    return {key: value for key, value in cut.items() if value}


def _pooled(entries: list[_Entry]) -> tuple[list[_Entry], list[_Entry]]:
    """The entries that stand alone, in their order, and the pools, in that of their first node."""
    groups: dict[str, list[tuple[str, int]]] = {}
    for position, entry in enumerate(entries):
        match = _numbered(str(entry.get("name", "")))
        if match:
            rest = {key: value for key, value in entry.items() if key != "name"}
            groups.setdefault(repr((match[1], match[3], rest)), []).append((match[2], position))
    pools: dict[int, _Entry] = {}
    taken: set[int] = set()
    for run in (run for group in groups.values() for run in _runs(group) if len(run) > 1):
        first = min(position for _, position in run)
        match = _numbered(str(entries[first]["name"]))
        name = f"{match[1]}{{{run[0][0]}..{run[-1][0]}}}{match[3]}" if match else ""
        pools[first] = {**entries[first], "name": name}
        taken.update(position for _, position in run)
    single = [entry for position, entry in enumerate(entries) if position not in taken]
    return single, [pools[position] for position in sorted(pools)]


def _runs(group: list[tuple[str, int]]) -> Iterator[list[tuple[str, int]]]:
    """Numbers, each with a position, that follow one another and are written alike."""
    padded = {len(number) for number, _ in group if len(number) > 1 and number[0] == "0"}
    written = [(len(one[0]) if len(one[0]) in padded else 0, int(one[0]), one) for one in group]
    counted = enumerate(sorted(written))
    for _, run in groupby(counted, key=lambda at: (at[1][0], at[1][1] - at[0])):
        yield [one for _, (_, _, one) in run]
