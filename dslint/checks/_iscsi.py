"""What an iscsi volume asks of its fields: qualified names, a unit number, a secret for CHAP.

Follows validateISCSIVolumeSource in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dslint.checks._walk import number
from dslint.model import Complaint, Path
from dslint.workloads import Object

_RULE = "DS199"
_FORMS = {
    "iqn": re.compile(r"iqn\.[0-9]{4}-[0-9]{2}\.[A-Za-z0-9.-]+:[^,;*&$|\t\n\f\r ]+\Z"),
    "eui": re.compile(r"\Aeui.[A-Za-z0-9]{16}\Z"),
    "naa": re.compile(r"\Anaa.[A-Za-z0-9]{32}\Z"),
}
_MOST_UNITS = 255
_LONGEST = 64


def faults(path: Path, source: Object, volume: Object) -> Iterator[Complaint]:
    """What is wrong with the iscsi source at `path` of `volume`."""
    for field, named in (("iqn", "iqn"), ("initiatorName", "initiatorname")):
        value = source.get(field)
        if isinstance(value, str) and (value or field != "iqn") and not _is_qualified(value):
            yield Complaint(
                _RULE,
                (*path, named),
                f'{field} "{value}" is no iqn, eui or naa name',
                at=(*path, field),
                fix="write it as iqn.2001-04.com.example:storage",
            )
    unit = number(source.get("lun"))
    if unit is not None and not 0 <= unit <= _MOST_UNITS:
        yield Complaint(_RULE, (*path, "lun"), f"lun {unit} is not between 0 and {_MOST_UNITS}")
    authenticated = (
        source.get("chapAuthDiscovery") is True or source.get("chapAuthSession") is True
    )
    if authenticated and source.get("secretRef") is None:
        yield Complaint(
            _RULE,
            (*path, "secretRef"),
            "iscsi asks for CHAP authentication and has no secretRef",
            fix="name the Secret with the credentials",
        )
    yield from length(path, source, volume)


def _is_qualified(name: str) -> bool:
    form = _FORMS.get(name[:3])
    return form is not None and form.search(name) is not None


def length(path: Path, source: Object, volume: Object) -> Iterator[Complaint]:
    """What is wrong with the length of the volume's name and the portal, in any iscsi source."""
    name, portal = volume.get("name") or "", source.get("targetPortal") or ""
    if source.get("initiatorName") is None or len(f"{name}:{portal}".encode()) <= _LONGEST:
        return
    yield Complaint(
        _RULE,
        (*path[:-1], "name"),
        f"{name}:{portal} is longer than {_LONGEST} characters, and initiatorName is set",
        fix="give the volume a shorter name",
    )
