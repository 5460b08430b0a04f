"""Paths inside a volume: relative, and never up.

Follows validateLocalDescendingPath and ValidateLocalNonReservedPath in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go
"""

from __future__ import annotations


def goes_up(path: str) -> bool:
    """Whether one of its steps is `..`."""
    return ".." in path and ".." in path.split("/")


def descending(path: str) -> str | None:
    """What is wrong with a path that has to stay inside; it may be empty."""
    if path.startswith("/"):
        return "is absolute"
    return 'goes up with ".."' if goes_up(path) else None


def unreserved(path: str) -> str | None:
    """What is wrong with a file's path inside a volume, where `..data` is the kubelet's own."""
    fault = descending(path)
    if fault is None and path.startswith(".."):
        return 'starts with ".."'
    return fault
