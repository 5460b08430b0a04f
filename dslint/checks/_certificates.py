"""Projected trust bundles and pod certificates: signers, key types, lifetimes and paths.

Follows validateProjectionSources and ValidateSignerName in
https://github.com/kubernetes/kubernetes/tree/master/pkg/apis/core/validation
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import labels, syntax
from dslint.checks._annotations import overweight
from dslint.checks._files import inside
from dslint.checks._walk import number, unsupported, word
from dslint.model import Complaint, Path
from dslint.target import Target
from dslint.workloads import Object, mapping

PATHS = {
    "clusterTrustBundle": ("path",),
    "podCertificate": ("credentialBundlePath", "keyPath", "certificateChainPath"),
}
"""The fields of a projection that name a file of the volume."""

_RULE = "DS199"
_KEY_TYPES = ("RSA3072", "RSA4096", "ECDSAP256", "ECDSAP384", "ECDSAP521", "ED25519")
_HOUR, _DAY = 3600, 86400
_MOST_DAYS = 91
_LONGEST_SIGNER = 571


def trust_bundle(path: Path, source: Object, _target: Target) -> Iterator[Complaint]:
    """What is wrong with a clusterTrustBundle projection."""
    name, signer = source.get("name"), source.get("signerName")
    if (name is None) == (signer is None):
        yield Complaint(
            _RULE,
            path,
            "clusterTrustBundle has "
            + ("no name" if name is None else "both name and signerName"),
            fix="give one of name and signerName",
        )
    elif isinstance(name, str):
        yield from _bundle_name(path, name, source)
    elif isinstance(signer, str):
        yield from _signer((*path, "signerName"), signer)
        selector = source.get("labelSelector")
        yield from labels.selector_faults(selector, (*path, "labelSelector"))
    yield from inside((*path, "path"), word(source, "path"))


def _bundle_name(path: Path, name: str, source: Object) -> Iterator[Complaint]:
    """A bundle of a signer is named `example.com:signer:rest`, any other as most objects are."""
    signer, _, rest = name.rpartition(":")
    fault = syntax.dns_subdomain(rest)
    if ":" in name and not signer:
        fault = 'a ClusterTrustBundle without signer must not have ":" in its name'
    if fault:
        yield Complaint(_RULE, (*path, "name"), f'clusterTrustBundle name "{name}": {fault}')
    if source.get("labelSelector") is not None:
        yield Complaint(
            _RULE,
            (*path, "labelSelector"),
            "clusterTrustBundle has both name and labelSelector",
            fix="remove labelSelector",
        )


def pod_certificate(path: Path, source: Object, _target: Target) -> Iterator[Complaint]:
    """What is wrong with a podCertificate projection."""
    signer, key_type = word(source, "signerName"), word(source, "keyType")
    if signer is not None:
        yield from _signer((*path, "signerName"), signer)
    if key_type is not None and key_type not in _KEY_TYPES:
        yield unsupported(_RULE, (*path, "keyType"), key_type, _KEY_TYPES)
    yield from _lifetime((*path, "maxExpirationSeconds"), source)
    yield from _annotations((*path, "userAnnotations"), source.get("userAnnotations"))
    given = [field for field in PATHS["podCertificate"] if source.get(field)]
    for field in given:
        yield from inside((*path, field), source.get(field))
    if not given:
        yield Complaint(
            _RULE,
            path,
            "podCertificate writes no file",
            fix="give credentialBundlePath, keyPath or certificateChainPath",
        )


def _lifetime(path: Path, source: Object) -> Iterator[Complaint]:
    seconds, signer = number(source.get("maxExpirationSeconds")), source.get("signerName")
    host = str(signer).partition("/")[0]
    reserved = f".{host}".endswith(".kubernetes.io")
    most = _DAY if reserved else _MOST_DAYS * _DAY
    if seconds is not None and not _HOUR <= seconds <= most:
        yield Complaint(
            _RULE, path, f"maxExpirationSeconds {seconds} is not between {_HOUR} and {most}"
        )


def _annotations(path: Path, annotations: object) -> Iterator[Complaint]:
    """Keys need a prefix, and all together may not be longer than an object's annotations."""
    for key in mapping(annotations):
        if fault := syntax.annotation_key(key) or syntax.prefixed_name(key.lower()):
            yield Complaint(_RULE, path, f'user annotation "{key}": {fault}', at=(*path, key))
    if fault := overweight(annotations):
        yield Complaint(_RULE, path, f"the user annotations {fault}")


def _signer(path: Path, name: str) -> Iterator[Complaint]:
    fault = _signer_fault(name)
    if fault:
        yield Complaint(
            _RULE, path, f'signer "{name}": {fault}', fix="write it as example.com/signer-name"
        )


def _signer_fault(name: str) -> str | None:
    domain, slash, rest = name.partition("/")
    if not slash or "/" in rest:
        return "must be a domain and a path with one slash between"
    if "." not in domain:
        return "the domain must have two parts or more"
    if len(name) > _LONGEST_SIGNER:
        return f"must be no more than {_LONGEST_SIGNER} characters"
    faults = [*map(syntax.dns_label, domain.split(".")), syntax.dns_subdomain(domain)]
    faults += map(syntax.dns_subdomain, rest.split("."))
    return next((fault for fault in faults if fault), None)
