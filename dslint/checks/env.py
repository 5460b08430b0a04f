"""Environment variables: their names and where their values come from.

Follows ValidateEnv and ValidateEnvFrom in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dslint import syntax
from dslint.checks._paths import goes_up
from dslint.checks._references import ENV_FIELDS, field_faults, resource_faults
from dslint.checks._sources import by_name, sources_of
from dslint.checks._walk import having, items, part, quoted, word
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping

_RULE = "DS124"

FIELDS: tuple[str, ...] = ("env", "envFrom")


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with `env` and `envFrom` of the containers."""
    for path, variables, _ in having(workload, target, "env"):
        for at, variable in items(variables, path):
            yield from _name((*at, "name"), variable.get("name"), target)
            source = part(variable, "valueFrom")
            if source is None:
                continue
            yield from _value_from((*at, "valueFrom"), variable, source, target)
            if "fileKeyRef" in source and enabled(target, "EnvFiles"):
                yield from _file_volume((*at, "valueFrom"), source, workload, target)
    for path, sources, _ in having(workload, target, "envFrom"):
        for at, source in items(sources, path):
            yield from _env_from(at, source, target)


def _name(path: Path, name: object, target: Target) -> Iterator[Complaint]:
    if not isinstance(name, str):
        return
    fault = syntax.env_name(name, enabled(target, "RelaxedEnvironmentVariableValidation"))
    if fault:
        yield Complaint(_RULE, path, f'environment variable "{name}": {fault}')


def _value_from(
    path: Path, variable: Object, source: Object, target: Target
) -> Iterator[Complaint]:
    judges = _judges(target)
    given = [kind for kind in judges if part(source, kind) is not None]
    for kind in given:
        yield from judges[kind]((*path, kind), part(source, kind) or {}, target)
    name = variable.get("name", "")
    if not given and not any(source.get(kind) for kind in judges):
        yield Complaint(
            _RULE,
            path,
            f"valueFrom of {name} has no source",
            key=True,
            fix=f"give one of {quoted(judges)}",
        )
    elif given and variable.get("value"):
        yield Complaint(
            _RULE,
            path,
            f"{name} has both a value and valueFrom.{given[0]}",
            key=True,
            fix="keep one of the two",
        )
    elif len(given) > 1:
        yield Complaint(
            _RULE,
            path,
            f"{name} has its value from {' and from '.join(given)}",
            key=True,
            fix="keep one of them",
        )


_Judge = Callable[[Path, Object, Target], Iterator[Complaint]]


def _judges(target: Target) -> dict[str, _Judge]:
    return _WITH_FILES if enabled(target, "EnvFiles") else _WITHOUT_FILES


def _field(path: Path, reference: Object, target: Target) -> Iterator[Complaint]:
    return field_faults(_RULE, path, reference, ENV_FIELDS, target)


def _resource(path: Path, reference: Object, _target: Target) -> Iterator[Complaint]:
    return resource_faults(_RULE, path, reference, in_volume=False)


def _object_key(path: Path, reference: Object, _target: Target) -> Iterator[Complaint]:
    """A key of a ConfigMap or Secret: a missing name is an invalid one."""
    name, key = reference.get("name"), reference.get("key")
    if name is None or isinstance(name, str):
        yield from _object_name((*path, "name"), name or "")
    if isinstance(key, str) and (fault := syntax.config_key(key)):
        yield Complaint(_RULE, (*path, "key"), f'key "{key}": {fault}')


def _object_name(path: Path, name: str, prefix: bool = False) -> Iterator[Complaint]:
    judged = syntax.masked_prefix(name) if prefix else name
    if not name:
        yield Complaint(_RULE, path, f"{path[-2]} names no object", fix="give its name")
    elif fault := syntax.dns_subdomain(judged):
        yield Complaint(_RULE, path, f'{path[-2]} name "{name}": {fault}')


def _file(path: Path, reference: Object, _target: Target) -> Iterator[Complaint]:
    key, volume, file = (word(reference, field) for field in ("key", "volumeName", "path"))
    # Such a key was never judged as strictly as names were before 1.32.
    if key is not None and (fault := syntax.env_name(key)):
        yield Complaint(_RULE, (*path, "key"), f'key "{key}": {fault}')
    if volume is not None and (fault := syntax.dns_label(volume)):
        yield Complaint(_RULE, (*path, "volumeName"), f'volumeName "{volume}": {fault}')
    if file is not None and (not file or goes_up(file)):
        yield Complaint(
            _RULE,
            (*path, "path"),
            f'path "{file}" is empty or goes up with ".."',
            fix="name a file inside the volume",
        )


_WITHOUT_FILES: dict[str, _Judge] = {
    "fieldRef": _field,
    "resourceFieldRef": _resource,
    "configMapKeyRef": _object_key,
    "secretKeyRef": _object_key,
}
_WITH_FILES: dict[str, _Judge] = {**_WITHOUT_FILES, "fileKeyRef": _file}


def _env_from(path: Path, source: Object, target: Target) -> Iterator[Complaint]:
    """One entry of envFrom; where it has not one source, the server names the whole list."""
    if source.get("prefix"):
        yield from _name((*path, "prefix"), source.get("prefix"), target)
    given = [kind for kind in ("configMapRef", "secretRef") if source.get(kind) is not None]
    for kind in given:
        reference = part(source, kind) or {}
        name = reference.get("name")
        if name is None or isinstance(name, str):
            yield from _object_name((*path, kind, "name"), name or "", prefix=True)
    if len(given) != 1:
        yield Complaint(
            _RULE,
            path[:-1],
            "an entry of envFrom has " + (" and ".join(given) or "no source"),
            at=path,
            fix="give one of configMapRef and secretRef",
        )


def _file_volume(
    path: Path, source: Object, workload: Workload, target: Target
) -> Iterator[Complaint]:
    """A fileKeyRef reads from an emptyDir of the pod (validateFileKeyRefVolumes)."""
    name = mapping(source.get("fileKeyRef")).get("volumeName")
    if not isinstance(name, str) or not name:
        return
    volume = by_name(workload, target).get(name)
    if volume is not None and sources_of(volume)[0] == "emptyDir":
        return
    yield Complaint(
        _RULE,
        (*path, "fileKeyRef", "volumeName"),
        f'volume "{name}" ' + ("does not exist" if volume is None else "is no emptyDir"),
        fix="name an emptyDir volume of the pod",
    )
