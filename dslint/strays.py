"""Says of an unknown field what was meant by it: a misspelled one, or one that stands elsewhere.

A field that no struct of the target's version has comes in, the complaint about it goes out, with
a patch where the repair is certain. An API server refuses such a field under strict validation
(kubectl's default), and prunes it otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping

from dslint.edits import pointer
from dslint.model import Complaint, Path, format_path
from dslint.nearest import nearest, slip
from dslint.sheet import Schema, Sheet
from dslint.workloads import POD_PATHS

_PLACEMENT = frozenset({"affinity", "nodeSelector", "tolerations"})
_FEW = 8  # as many fields as one sentence can list


def complaint(sheet: Sheet, fields: Mapping[str, Schema], path: Path) -> Complaint:
    """DS321 for what places a pod and stands outside the pod spec, DS101 for every other field.

    `fields` are those of the struct that the field at `path` stands in.
    """
    name, pod = str(path[-1]), POD_PATHS.get(sheet.kind)
    misplaced = name in _PLACEMENT and pod is not None and path[:-1] != pod
    meant = None if misplaced else slip(name, fields)
    home = (*pod, name) if misplaced and pod is not None else _home(sheet, fields, path)
    to = home if misplaced else (*path[:-1], meant) if meant else None
    return Complaint(
        "DS321" if misplaced else "DS101",
        sheet.full(path),
        f'unknown field "{format_path(path)}"',
        key=True,
        fix=f"write {meant}" if meant else _advice(name, fields, home),
        edit=_move(sheet, path, to) if to else None,
        pruned=True,
    )


def _advice(name: str, fields: Mapping[str, Schema], home: Path | None) -> str | None:
    """What to do about a field that is no slip: where it belongs, or what it may have meant."""
    if home:
        return f"move {name} to {format_path(home)}"
    near = nearest(name, fields)
    if near:
        return f"write {near}, if that is meant"
    return f"remove it; known are {', '.join(sorted(fields))}" if len(fields) <= _FEW else None


def _home(sheet: Sheet, fields: Mapping[str, Schema], path: Path) -> Path | None:
    """Where a field of that name belongs: in a struct around it, in the pod spec, or beside it."""
    name = str(path[-1])
    pod = POD_PATHS.get(sheet.kind, ())
    around = [*reversed([*sheet.structs(path[:-1])]), *reversed([*sheet.structs(pod)])]
    for place, known in around:
        if name in known:
            return (*place, name)
    for beside, part in fields.items():
        if name in sheet.resolved(part).get("properties", {}):
            return (*path[:-1], beside, name)
    return None


def _move(sheet: Sheet, path: Path, to: Path) -> tuple[dict[str, object], ...] | None:
    """The patch that moves a field, where its new parent is there and has no such field yet."""
    parent: object = sheet.data
    for part in to[:-1]:
        if isinstance(parent, dict):
            parent = parent.get(part)
        elif isinstance(parent, list) and isinstance(part, int):
            parent = parent[part]
    if not isinstance(parent, dict) or to[-1] in parent:
        return None
    origin, target = pointer(sheet.full(path)), pointer(sheet.full(to))
    return ({"op": "move", "from": origin, "path": target},)
