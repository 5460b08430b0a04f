"""Text to documents with the place of every key, and an inventory as kubectl prints it."""

import json
import pathlib
import tempfile
from collections.abc import Iterator

import yaml

import dslint
from dslint import source
from tests.bench import fleet
from tests.bench.figures import Figure, seconds

DOCUMENTS, NODES = 2_000, 5_000


def figures() -> Iterator[Figure]:
    text = yaml.safe_dump_all(fleet.workloads(DOCUMENTS), sort_keys=False).encode()
    size = len(text) / 1e6
    ours = seconds(lambda: source.read(text, "bench.yaml"), 3)
    yield Figure(f"{DOCUMENTS:,} manifests, {size:.1f} MB, with places", size / ours, "MB/s")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    theirs = seconds(lambda: list(yaml.load_all(text, loader)), 3)
    yield Figure("  PyYAML's loader, without places", size / theirs, "MB/s")
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "nodes.json"
        path.write_text(json.dumps({"kind": "List", "items": list(fleet.nodes(NODES))}, indent=4))
        size = path.stat().st_size / 1e6
        loaded = seconds(lambda: dslint.Inventory.load(path), 3)
    yield Figure(f"{NODES:,} nodes, {size:.1f} MB of JSON, to an inventory", size / loaded, "MB/s")
