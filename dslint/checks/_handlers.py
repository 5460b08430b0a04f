"""What a probe or a lifecycle hook does: exec, httpGet, tcpSocket, grpc or sleep.

Follows validateHandler in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint import syntax
from dslint.checks._walk import absent, items, number, part, quoted, unsupported, word
from dslint.model import Complaint, Path
from dslint.workloads import Object

_SCHEMES = ("HTTP", "HTTPS")
_MOST = 65535


def handler_faults(
    rule: str, path: Path, owner: Object, known: tuple[str, ...]
) -> Iterator[Complaint]:
    """What is wrong with the handler in `owner`, which has to be one of those that are `known`.

    The first one given is judged and the others are one too many, as the server does it.
    """
    given = [kind for kind in known if owner.get(kind) is not None]
    if not given:
        fix = f"give one of {quoted(known)}"
        yield Complaint(rule, path, f"{path[-1]} has no handler", key=True, fix=fix)
        return
    handler = part(owner, given[0])
    if handler is not None:
        yield from _faults(rule, (*path, given[0]), handler)
    for kind in given[1:]:
        yield Complaint(
            rule,
            (*path, kind),
            f"{path[-1]} has both {given[0]} and {kind}",
            key=True,
            fix="keep one handler",
        )


def _faults(rule: str, path: Path, handler: Object) -> Iterator[Complaint]:
    if path[-1] == "exec":
        if absent(handler, "command"):
            yield Complaint(rule, (*path, "command"), "exec has no command", fix="give a command")
    elif path[-1] != "sleep":
        yield from _port(rule, (*path, "port"), handler.get("port"))
    if path[-1] == "httpGet":
        yield from _http(rule, path, handler)


def _port(rule: str, path: Path, port: object) -> Iterator[Complaint]:
    value = number(port)
    if value is not None and not 0 < value <= _MOST:
        yield Complaint(
            rule,
            path,
            f"{path[-2]} port {value} is not between 1 and {_MOST}",
            fix="name the port, or use one from 1 to 65535",
        )
    elif isinstance(port, str) and (fault := syntax.port_name(port)):
        yield Complaint(rule, path, f'{path[-2]} port "{port}": {fault}')


def _http(rule: str, path: Path, handler: Object) -> Iterator[Complaint]:
    scheme = handler.get("scheme")
    if scheme and isinstance(scheme, str) and scheme not in _SCHEMES:
        yield unsupported(rule, (*path, "scheme"), scheme, _SCHEMES)
    for at, header in items(handler.get("httpHeaders"), (*path, "httpHeaders")):
        name = word(header, "name")
        if name is not None and (fault := syntax.header_name(name)):
            yield Complaint(
                rule, (*path, "httpHeaders"), f'header "{name}": {fault}', at=(*at, "name")
            )
