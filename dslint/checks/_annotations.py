"""How much annotations weigh: the server allows 256 KiB for all keys and values of one map.

Follows ValidateAnnotationsSize in
https://github.com/kubernetes/apimachinery/blob/master/pkg/api/validation/objectmeta.go
"""

from __future__ import annotations

from dslint.workloads import mapping, text

_MOST = 256 * 1024


def overweight(annotations: object) -> str | None:
    """What is wrong with the size of the annotations, in bytes as Go counts them."""
    entries = mapping(annotations)
    size = sum(len(text(key)) + len(text(value)) for key, value in entries.items())
    if size * 4 <= _MOST:  # no character has more than four bytes
        return None
    size = sum(_bytes(key) + _bytes(value) for key, value in entries.items())
    return f"have {size} bytes, {_MOST} are allowed" if size > _MOST else None


def _bytes(value: object) -> int:
    return len(text(value).encode("utf-8", "surrogatepass"))
