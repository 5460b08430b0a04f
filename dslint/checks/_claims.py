"""What a PersistentVolumeClaim's spec says, in a volume or in a StatefulSet's claim template.

Follows ValidatePersistentVolumeClaimSpec in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import labels, quantity, syntax
from dslint.checks._walk import absent, part, strings, unsupported, word
from dslint.gates import enabled
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, mapping

_RULE = "DS199"
_ACCESS_MODES = ("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod")
_VOLUME_MODES = ("Block", "Filesystem")


def claim_faults(path: Path, spec: Object, target: Target) -> Iterator[Complaint]:
    """What is wrong with the claim's spec at `path`."""
    alone = enabled(target, "ReadWriteOncePod")
    yield from _access_modes(
        (*path, "accessModes"),
        spec.get("accessModes"),
        _ACCESS_MODES if alone else _ACCESS_MODES[:-1],
    )
    judges = labels.judges_values(target)
    yield from labels.selector_faults(spec.get("selector"), (*path, "selector"), _RULE, judges)
    yield from _storage(path, spec)
    classes = ["storageClassName"]
    if enabled(target, "VolumeAttributesClass"):
        classes.append("volumeAttributesClassName")
    for field in classes:
        name = spec.get(field)
        if isinstance(name, str) and name and (fault := syntax.dns_subdomain(name)):
            yield Complaint(_RULE, (*path, field), f'{field} "{name}": {fault}')
    mode = spec.get("volumeMode")
    if isinstance(mode, str) and mode not in _VOLUME_MODES:
        yield unsupported(_RULE, (*path, "volumeMode"), mode, _VOLUME_MODES)
    yield from _data_sources(path, spec)


def _access_modes(path: Path, modes: object, choices: tuple[str, ...]) -> Iterator[Complaint]:
    if modes is None or modes == []:
        yield Complaint(_RULE, path, "the claim has no access mode", fix="give ReadWriteOnce, say")
        return
    given = [mode for _, mode in strings(modes)]
    for mode in given:
        if mode not in choices:
            yield unsupported(_RULE, path, mode, choices, at=(*path, given.index(mode)))
    if "ReadWriteOncePod" in given and set(given) & set(_ACCESS_MODES) != {"ReadWriteOncePod"}:
        yield Complaint(
            _RULE,
            path,
            "the claim has ReadWriteOncePod beside other access modes",
            fix="keep ReadWriteOncePod alone, or remove it",
        )


def _storage(path: Path, spec: Object) -> Iterator[Complaint]:
    """The size asked for; the server names it `resources[storage]`."""
    requests = mapping(mapping(spec.get("resources")).get("requests"))
    size, named = requests.get("storage"), (*path, "resources[storage]")
    at = (*path, "resources", "requests", "storage")
    if "storage" not in requests:
        yield Complaint(
            _RULE,
            named,
            "the claim asks for no storage",
            at=at,
            fix="set resources.requests.storage",
        )
        return
    read = quantity.parse(size)
    if read is not None and quantity.compare(read, quantity.ZERO) <= 0:
        yield Complaint(
            _RULE,
            named,
            f"the claim asks for {size} of storage",
            at=at,
            fix="ask for more than nothing",
        )


def _data_sources(path: Path, spec: Object) -> Iterator[Complaint]:
    plain, typed = part(spec, "dataSource"), part(spec, "dataSourceRef")
    for field, source in (("dataSource", plain), ("dataSourceRef", typed)):
        if source is not None:
            yield from _data_source((*path, field), source)
    if plain is None or typed is None:
        return
    if typed.get("namespace") or _essence(plain) != _essence(typed):
        yield Complaint(
            _RULE,
            path,
            "dataSource and dataSourceRef do not say the same",
            at=(*path, "dataSource"),
            fix="keep one of the two",
        )


def _data_source(path: Path, source: Object) -> Iterator[Complaint]:
    for field in ("name", "kind"):
        if absent(source, field):
            yield Complaint(_RULE, (*path, field), f"{path[-1]} has an empty {field}")
    group = source.get("apiGroup")
    if absent(source, "apiGroup") and word(source, "kind") not in (None, "PersistentVolumeClaim"):
        yield Complaint(
            _RULE,
            path,
            f"{path[-1]} is a {word(source, 'kind') or 'nothing'} of no apiGroup",
            fix="give its apiGroup, or use a PersistentVolumeClaim",
        )
    elif isinstance(group, str) and group and (fault := syntax.dns_subdomain(group)):
        yield Complaint(_RULE, (*path, "apiGroup"), f'apiGroup "{group}": {fault}')
    namespace = source.get("namespace")
    if isinstance(namespace, str) and namespace and (fault := syntax.dns_label(namespace)):
        yield Complaint(_RULE, (*path, "namespace"), f'namespace "{namespace}": {fault}')


def _essence(source: Object) -> tuple[object, object, object]:
    return source.get("apiGroup"), source.get("kind") or "", source.get("name") or ""
