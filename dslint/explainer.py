"""One workload and one node, step by step: every predicate, what decides, what would change it.

The placement of the pair is walked in the scheduler's order. The edit is proved by placing the
edited manifest; where that does not land, none is given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dslint import placer, source, text_edit
from dslint.edits import Patch, pointer
from dslint.inventory import Inventory
from dslint.model import Document, Path, format_path
from dslint.placement import Placement
from dslint.predicates import ordered
from dslint.question import Line, Question, Repair, ask
from dslint.report import ExplainReport, Step
from dslint.target import Target
from dslint.workloads import Workload, mapping

# A repair may bring another predicate into play: without nodeName the scheduler decides.
_ROUNDS = 3


def explain(workload: Workload, node: Mapping[str, object], target: Target) -> ExplainReport:
    """Everything about one workload on one node, a plain v1.Node dict."""
    inventory = Inventory.from_objects([node])
    placement = placer.place(workload, inventory, target)
    question = asked(workload, inventory, target)
    name = inventory.index.names[0]
    steps = tuple(_steps(question, placement))
    report = ExplainReport(
        target.kubernetes,
        workload.kind,
        workload.namespace,
        workload.name,
        name,
        name in placement.lands,
        steps,
        not_judged=placement.not_judged,
        evicted_after=placement.evicted_after.get(name),
    )
    return report if report.lands else _with_repair(report, workload, inventory, target)


def asked(workload: Workload, inventory: Inventory, target: Target) -> Question:
    """The question whose answer decides: the kubelet's where the pod names its node."""
    question = ask(workload, inventory.index, target)
    return replace(question, by_kubelet=bool(workload.pod.get("nodeName")))


def _deciding(question: Question, predicate: str) -> Question:
    """The question that decides about one predicate: a DaemonSet's controller asks its own."""
    by_controller = question.workload.kind == "DaemonSet" and predicate in placer.CONTROLLER
    return replace(question, by_kubelet=False) if by_controller else question


def _steps(question: Question, placement: Placement) -> Iterator[Step]:
    for name, module in ordered():
        lines: tuple[Line, ...] = tuple(module.trace(_deciding(question, name)))
        refusals = [one for one in placement.refusals if one.predicate == name]
        because = "; ".join(one.because for one in refusals) or _passed(lines)
        at = refusals[0].at if refusals else question.workload.at()
        yield Step(name, not refusals, because, at, tuple(map(_shown, lines)))


def _passed(lines: Sequence[Line]) -> str:
    return lines[0].text if len(lines) == 1 else "admits"


def _shown(line: Line) -> str:
    near = f" ({line.miss})" if line.miss and not line.holds else ""
    return f"{'true ' if line.holds else 'false'} {line.text}{near}"


def _with_repair(
    report: ExplainReport, workload: Workload, inventory: Inventory, target: Target
) -> ExplainReport:
    question = asked(workload, inventory, target)
    first = _repairs(question)
    hints = tuple(
        dict.fromkeys(
            line.miss
            for name, module in ordered()
            for line in module.trace(_deciding(question, name))
            if line.miss and not line.holds
        )
    )
    report = report._replace(hints=hints, kubectl=_kubectl(first, report.node))
    patch = _proved(workload, inventory, target)
    if patch is None:
        return report
    report, document = report._replace(edit=_edit(workload, patch)), workload.document
    if document is None:
        return report
    from_root = _from_root(patch, workload.root)
    new = text_edit.edited(document, from_root)
    if new is not None:
        return report._replace(diff=text_edit.diff(document, new), edited=new)
    return report._replace(edited=json.dumps(text_edit.patched(document.data, from_root)))


def edited(report: ExplainReport, workload: Workload) -> Document | None:
    """The workload's document after the report's edit; as it is where there is none."""
    document = workload.document
    if document is None or report.edited is None:
        return document
    index = 0 if report.diff is None else document.index
    found = source.read(report.edited, document.file)
    return next((one for one in found if one.index == index), None)


def _repairs(question: Question) -> list[Repair]:
    each = [(module, _deciding(question, name)) for name, module in ordered()]
    return [
        module.repair(one)
        for module, one in each
        if any(refused.nodes for refused in module.refusals(one))
    ]


def _kubectl(repairs: Sequence[Repair], node: str) -> str | None:
    """The commands for the node's side, None where one of the predicates has none."""
    commands: list[str] = []
    for repair in repairs:
        if repair.commands is None:
            return None
        commands += [command.replace("{node}", node) for command in repair.commands]
    return " && ".join(commands) or None


def _proved(workload: Workload, inventory: Inventory, target: Target) -> Patch | None:
    """The patch, from the manifest's root, after which the workload lands on the only node."""
    patch: Patch = ()
    for _ in range(_ROUNDS):
        repairs = _repairs(asked(workload, inventory, target))
        if not repairs or any(repair.patch is None for repair in repairs):
            return None
        prefix = pointer(workload.pod_path)
        found = tuple(part for repair in repairs for part in repair.patch or ())
        found = tuple({**part, "path": f"{prefix}{part['path']}"} for part in found)
        patch += found
        try:
            workload = _patched(workload, found, _below(found, prefix))
        except LookupError:  # no pod spec to change: an API server refuses the manifest
            return None
        if placer.place(workload, inventory, target).lands:
            return patch
    return None


def _patched(workload: Workload, patch: Patch, in_pod: Patch) -> Workload:
    return replace(
        workload,
        manifest=text_edit.patched(workload.manifest, patch),
        pod=mapping(text_edit.patched(workload.pod, in_pod)),
    )


def _below(patch: Patch, prefix: str) -> Patch:
    return tuple({**part, "path": str(part["path"]).removeprefix(prefix)} for part in patch)


def _from_root(patch: Patch, root: Path) -> Patch:
    return tuple({**part, "path": f"{pointer(root)}{part['path']}"} for part in patch)


def _edit(workload: Workload, patch: Patch) -> tuple[str, object]:
    """The field that changes and its new value, None where it goes; of several what holds them."""
    edited = text_edit.patched(workload.manifest, patch)
    paths = [_resolved(str(part["path"]), edited) for part in patch]
    common = paths[0]
    for path in paths[1:]:
        same = [one == other for one, other in zip(common, path, strict=False)]
        common = common[: same.index(False) if False in same else len(same)]
    return format_path(common), _value(edited, common)


def _resolved(path: str, data: object) -> Path:
    """A JSON Pointer as a path; `-` is the last item of its list."""
    found: list[str | int] = []
    for part in text_edit.parts(path):
        if isinstance(data, list):
            found.append(len(data) - 1 if part == "-" else int(part))
        else:
            found.append(part)
        data = _value(data, (found[-1],))
    return tuple(found)


def _value(data: object, path: Path) -> object:
    for part in path:
        if isinstance(data, dict):
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return None
    return data
