"""Proves rules by their own examples: good finds nothing, bad finds the marked line.

A rule and the rulebook it is part of come in, sentences about what proves nothing go out. In a
user's rule such an example is an `InputError` with its place.
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dslint import linter, rulebook, source, target, workloads
from dslint.finding import Finding
from dslint.inventory import Inventory
from dslint.model import InputError
from dslint.rule import Rule
from dslint.rulebook import Rulebook
from dslint.workloads import GROUPS, POD_PATHS, mapping

MARK = "# here"
_NODES_OF = frozenset({"node", "inventory"})
_RUN, _NODES = "example.yaml", "nodes.yaml"
_INVENTORY = "apiVersion: dslint.dev/v1\nkind: NodeInventory\n"


@dataclass(frozen=True, slots=True)
class Example:
    """One example as it is judged: a text, and the nodes and version it is judged with.

    `lines` (1-based, each with its file) are those that `# here` marks. `name` tells it from the
    rule's others. For a rule about nodes the text is the inventory, and `run` the manifests that
    are linted with it. `settings` take the place of the rule's own.
    """

    name: str
    text: str
    lines: frozenset[tuple[str, int]]
    nodes: str = ""
    kubernetes: str = target.NEWEST
    run: str = ""
    settings: dict[str, object] = field(default_factory=dict)


_WHY = f"a rule finds nothing in its good examples, and in its bad ones the line with `{MARK}`"
_FIX = "change the example, or what the rule judges by"


def of(rule: Rule) -> Iterator[Example]:
    """The examples of a rule, the good ones (`good-0`, ...) first."""
    for group, examples in (("good", rule.good), ("bad", rule.bad)):
        for number, example in enumerate(examples):
            yield _example(rule, f"{group}-{number}", example)


def _example(rule: Rule, name: str, stated: str | dict[str, object]) -> Example:
    given = stated if isinstance(stated, dict) else {"manifest": stated}
    nodes, run = given.get("nodes", ""), ""
    if not isinstance(nodes, str):
        form = {"apiVersion": "dslint.dev/v1", "kind": "NodeInventory", "nodes": nodes}
        nodes = json.dumps(form, ensure_ascii=False)
    text = str(given["manifest"])
    if not _of_nodes(rule):
        text = _whole(rule, text)
    elif nodes:
        text, nodes, run = _inventory(nodes), "", _whole(rule, text)
    else:
        text = _inventory(text)
    marked = frozenset((*_marked(_NODES if _of_nodes(rule) else _RUN, text), *_marked(_RUN, run)))
    if "encoding" in given:  # bytes that are not UTF-8 stand in a string as lone surrogates
        text = text.encode(str(given["encoding"])).decode("utf-8", "surrogateescape")
    version, settings = str(given.get("kubernetes", target.NEWEST)), given.get("settings")
    return Example(name, text, marked, nodes, version, run, dict(mapping(settings)))


def _marked(file: str, text: str) -> Iterator[tuple[str, int]]:
    for number, line in enumerate(text.split("\n"), 1):
        if MARK in line:
            yield file, number


def _of_nodes(rule: Rule) -> bool:
    """Whether the rule judges nodes: its examples are inventories."""
    return bool(_NODES_OF & set(rule.each))


def _inventory(text: str) -> str:
    """The text as a whole inventory: keys of the short form get its head."""
    data = next(iter(source.read(text, "")), None)
    keys = data.data if data else None
    return text if isinstance(keys, dict) and "kind" in keys else _INVENTORY + text


def _whole(rule: Rule, text: str) -> str:
    """The text as a whole document: keys of a pod spec are put into the rule's first kind."""
    data = next(iter(source.read(text, "")), None)
    keys = data.data if data else None
    if not isinstance(keys, dict) or {"kind", "apiVersion"} & set(keys) or rule.judged == "reader":
        return text
    kind = rule.kinds[0] if rule.kinds else "DaemonSet"
    added = [text.rstrip("\n")]
    if "containers" not in keys:
        added.append("containers: [{name: app, image: example.com/app:1}]")
    if GROUPS.get(kind) == "batch" and "restartPolicy" not in keys:
        added.append("restartPolicy: Never")
    return _wrapped(kind, "\n".join(added))


def _wrapped(kind: str, pod: str) -> str:
    """A manifest of that kind around the keys of its pod spec."""
    group = GROUPS.get(kind, "apps")
    head = [
        f"apiVersion: {group + '/' if group else ''}v1",
        f"kind: {kind}",
        "metadata: {name: example}",
    ]
    path = POD_PATHS[kind]
    for depth, part in enumerate(path):
        head.append(f"{'  ' * depth}{part}:")
        head += ["  " * (depth + 1) + line for line in _beside(kind, path[: depth + 1])]
    indent = "  " * len(path)
    return "\n".join([*head, *(indent + line if line else "" for line in pod.split("\n"))]) + "\n"


def _beside(kind: str, path: tuple[str | int, ...]) -> list[str]:
    """What a valid manifest of the kind needs beside its pod spec, in the map at `path`."""
    if path[-1] == "template":
        return ["metadata: {labels: {app: example}}"]
    if path == ("spec",) and kind == "CronJob":
        return ["schedule: '@daily'"]
    if path == ("spec",) and GROUPS.get(kind, "apps") == "apps":
        service = ["serviceName: example"] if kind == "StatefulSet" else []
        return ["selector: {matchLabels: {app: example}}", *service]
    return []


def findings(book: Rulebook, rule: Rule, example: Example) -> list[Finding]:
    """What the rule alone finds in an example."""
    set_up = replace(rule, settings={**rule.settings, **example.settings})
    rules = {**book.rules, rule.id: set_up} if example.settings else book.rules
    alone = replace(book, rules=rules, chosen=frozenset({rule.id}))
    version = target.of(example.kubernetes)
    if _of_nodes(rule):
        run = [one for read in source.read(example.run, _RUN) for one in workloads.of(read)]
        inventory = Inventory.parse(example.text, _NODES)
        return linter.judge_inventory(inventory, alone, version, run)
    nodes = Inventory.parse(example.nodes, _NODES) if example.nodes else None
    return linter.judge(source.read(example.text, _RUN), alone, version, nodes)


def fault(book: Rulebook, rule: Rule, example: Example) -> str:
    """Why an example proves nothing, "" for one that proves what it should."""
    found = {(finding.file, finding.line) for finding in findings(book, rule, example)}
    if example.name.startswith("good"):
        return f"{rule.id} finds something in this good example" if found else ""
    if not found:
        return f"{rule.id} finds nothing in this bad example"
    if example.lines and found != example.lines:
        line = _line(example, min(found))
        return f"{rule.id} points at another line of this bad example than `{MARK}`: {line!r}"
    return ""


def _line(example: Example, at: tuple[str, int]) -> str:
    """The text of a line that was found in an example."""
    file, line = at
    text = example.nodes if file == _NODES and example.nodes else example.text
    return text.splitlines()[line - 1].strip()


def prove(book: Rulebook, rules: Iterable[Rule]) -> None:
    """Raises InputError, at the example, for the first of those rules that is not proved."""
    for rule in rules:
        for example in of(rule):
            said = fault(book, rule, example)
            if said:
                raise InputError(said, _place(rule, example.name), _WHY, _FIX)


def _place(rule: Rule, name: str) -> str:
    """`file:line:column` of an example in its rule's file."""
    file = rule.source.rpartition(":")[0]
    group, _, number = name.partition("-")
    for document in source.read(pathlib.Path(file).read_bytes(), file):
        if isinstance(document.data, dict) and document.data.get("id") == rule.id:
            place = document.at((group, int(number)))
            return f"{file}:{place.line}:{place.column}"
    return rule.source


def load(folders: Sequence[str] = ()) -> Rulebook:
    """The built-in rules and those of the folders, which are proved by their examples.

    Raises InputError, with its place, for a rule file that cannot be used or proves nothing.
    """
    loaded = rulebook.load(folders)
    builtin = rulebook.load().rules
    prove(loaded, (rule for name, rule in loaded.rules.items() if name not in builtin))
    return loaded
