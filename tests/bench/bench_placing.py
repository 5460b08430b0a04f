"""500 workloads on 5,000 nodes: pairs of workload and node a second, reasons included."""

from collections.abc import Iterator

import dslint
from tests.bench import fleet
from tests.bench.figures import Figure, seconds

WORKLOADS, NODES = 500, 5_000


def figures() -> Iterator[Figure]:
    nodes = list(fleet.nodes(NODES))
    workloads = [dslint.Workload.from_object(one) for one in fleet.workloads(WORKLOADS)]

    def first() -> None:
        dslint.place(workloads[0], dslint.Inventory.from_objects(nodes))

    inventory = dslint.Inventory.from_objects(nodes)

    def again() -> None:
        for workload in workloads:
            dslint.place(workload, inventory)

    def named() -> None:
        for workload in workloads:
            placement = dslint.place(workload, inventory)
            list(placement.lands)
            for refusal in placement.refusals:
                list(refusal.nodes)

    again()
    index, sets, names = seconds(first, 3), seconds(again), seconds(named, 3)
    pairs = WORKLOADS * NODES
    yield Figure(f"the first workload, {NODES:,} nodes indexed for it", index * 1_000, "ms")
    yield Figure(f"{WORKLOADS} workloads x {NODES:,} nodes", sets * 1_000, "ms")
    yield Figure("  pairs a second", pairs / sets / 1e6, "million")
    yield Figure("  pairs a second, every name read", pairs / names / 1e6, "million")
    yield Figure("  pairs a second, index included", pairs / (sets + index) / 1e6, "million")
