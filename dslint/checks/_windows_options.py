"""Security options of Windows containers: credential specs and user names.

Follows validateWindowsSecurityContextOptions in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dslint import syntax
from dslint.model import Complaint, Path
from dslint.workloads import Object

_RULE = "DS131"
_LONGEST_SPEC = 64 * 1024
_LONGEST_DOMAIN = 256
_LONGEST_USER = 104
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_has_control = re.compile(r"[\x00-\x1f\x7f]").search
_is_net_bios = re.compile(r'[^\\/:*?"<>|.][^\\/:*?"<>|]{0,14}').fullmatch
_is_dns = re.compile(rf"{_LABEL}(?:\.{_LABEL})*").fullmatch
_has_forbidden = re.compile(r'["/\\:;|=,+*?<>@\[\]]').search


def windows_options(path: Path, options: Object) -> Iterator[Complaint]:
    """What is wrong with the windowsOptions at `path`."""
    faults: dict[str, Callable[[str], str | None]] = {
        "gmsaCredentialSpecName": syntax.dns_subdomain,
        "gmsaCredentialSpec": _spec_fault,
        "runAsUserName": _user_name_fault,
    }
    for field, judge in faults.items():
        value = options.get(field)
        if isinstance(value, str) and (fault := judge(value)):
            shown = f' "{value}"' if field != "gmsaCredentialSpec" else ""
            yield Complaint(_RULE, (*path, field), f"{field}{shown}: {fault}")


def _spec_fault(spec: str) -> str | None:
    if not spec:
        return "is empty"
    return "is longer than 64 KiB" if len(spec.encode()) > _LONGEST_SPEC else None


def _user_name_fault(name: str) -> str | None:
    """What is wrong with a user name, which may have a domain and a backslash before it."""
    if not name:
        return "is empty"
    if _has_control(name):
        return "has control characters in it"
    domain, slash, user = name.rpartition("\\")
    if "\\" in domain:
        return "has more than one backslash in it"
    return (_domain_fault(domain) if slash else None) or _user_fault(user)


def _domain_fault(domain: str) -> str | None:
    if len(domain.encode()) >= _LONGEST_DOMAIN:
        return f"the domain must be shorter than {_LONGEST_DOMAIN} characters"
    if _is_net_bios(domain) or _is_dns(domain):
        return None
    return f'the domain "{domain}" is neither a NetBIOS nor a DNS name'


def _user_fault(user: str) -> str | None:
    if not user:
        return "the user is empty"
    if len(user.encode()) > _LONGEST_USER:
        return f"the user must be no longer than {_LONGEST_USER} characters"
    if not user.strip(". "):
        return "the user is nothing but periods and spaces"
    return 'the user has a character of "/\\:;|=,+*?<>@[] in it' if _has_forbidden(user) else None
