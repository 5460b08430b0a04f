"""Every rule about placement: 500 workloads on 5,000 nodes, alike, and then all different."""

import json
from collections.abc import Iterator

from dslint import linter, rulebook, source, target, workloads
from dslint.inventory import Inventory
from tests.bench import fleet
from tests.bench.figures import Figure, seconds

WORKLOADS, NODES = 500, 5_000


def figures() -> Iterator[Figure]:
    book, wanted = rulebook.choose(rulebook.load(), ["DS4"]), target.of(target.NEWEST)
    text = "\n---\n".join(map(json.dumps, fleet.workloads(WORKLOADS)))
    documents = source.read(text, "-")
    run = [one for document in documents for one in workloads.of(document)]
    nodes = list(fleet.nodes(NODES))
    # Each real node has some bytes more or less than the next: no two are of one class.
    own = [_with_memory(node, number) for number, node in enumerate(nodes)]
    for what, objects in (("alike", nodes), ("all different", own)):
        inventory = Inventory.from_objects(objects)

        def judged(inventory: Inventory = inventory) -> None:
            linter.judge(documents, book, wanted, inventory)
            linter.judge_inventory(inventory, book, wanted, run)

        judged()
        yield Figure(f"DS4, {WORKLOADS} x {NODES:,} nodes {what}", seconds(judged, 3) * 1e3, "ms")


def _with_memory(node: fleet.Object, number: int) -> fleet.Object:
    allocatable = {**node["status"]["allocatable"], "memory": str(2**34 + number)}
    return {**node, "status": {"allocatable": allocatable}}
