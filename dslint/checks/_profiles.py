"""Seccomp and AppArmor profiles as a security context names them.

Follows validateSeccompProfileField and ValidateAppArmorProfileField in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import syntax
from dslint.checks._paths import descending
from dslint.checks._walk import unsupported, word
from dslint.model import Complaint, Path
from dslint.workloads import Object

_RULE = "DS131"
_TYPES = ("Localhost", "RuntimeDefault", "Unconfined")
_LONGEST = 4095


def seccomp(path: Path, profile: Object | None) -> Iterator[Complaint]:
    """What is wrong with a seccompProfile."""
    if profile is None:
        return
    yield from _type(path, profile)
    yield from _name(path, profile, localhost=profile.get("type") == "Localhost")
    file = profile.get("localhostProfile")
    if (
        profile.get("type") == "Localhost"
        and isinstance(file, str)
        and (fault := descending(file))
    ):
        yield Complaint(
            _RULE,
            (*path, "localhostProfile"),
            f'localhostProfile "{file}" {fault}',
            fix="name a file below the kubelet's seccomp folder",
        )


def app_armor(path: Path, profile: Object | None) -> Iterator[Complaint]:
    """What is wrong with an appArmorProfile."""
    if profile is None:
        return
    yield from _type(path, profile)
    # Of a profile of no known type the server says no more than that.
    if profile.get("type") in _TYPES:
        yield from _name(path, profile, localhost=profile.get("type") == "Localhost")
    name = profile.get("localhostProfile")
    if profile.get("type") != "Localhost" or not isinstance(name, str):
        return
    if name != syntax.trimmed(name):
        fault = "has white space around it"
    elif not name:
        fault = "is empty"
    elif len(name.encode()) > _LONGEST:
        fault = f"is longer than {_LONGEST} characters"
    else:
        return
    yield Complaint(_RULE, (*path, "localhostProfile"), f'localhostProfile "{name}" {fault}')


def _type(path: Path, profile: Object) -> Iterator[Complaint]:
    kind = word(profile, "type")
    if kind is not None and kind not in _TYPES:
        yield unsupported(_RULE, (*path, "type"), kind, _TYPES)


def _name(path: Path, profile: Object, localhost: bool) -> Iterator[Complaint]:
    """That a profile is named where its type is Localhost, and nowhere else."""
    kind, named = word(profile, "type"), profile.get("localhostProfile") is not None
    if kind is None or named == localhost:
        return
    yield Complaint(
        _RULE,
        (*path, "localhostProfile"),
        f"{path[-1]} is of type {kind} and has " + ("a" if named else "no") + " localhostProfile",
        at=(*path, "localhostProfile") if named else path,
        fix="remove localhostProfile" if named else "name the profile with localhostProfile",
    )
