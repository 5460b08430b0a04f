"""Finds the things of one kind: every module of a package of ours is one thing.

A new predicate, fact, check, output, inventory format or command is a new file in its folder;
nothing lists them. Modules are imported when asked for, never at start-up.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from types import ModuleType


@functools.cache
def names(package: str) -> tuple[str, ...]:
    """The names of the modules in `dslint.<package>`, sorted; nothing in it is imported."""
    folder = importlib.import_module(f"dslint.{package}").__path__
    return tuple(
        sorted(found.name for found in pkgutil.iter_modules(folder) if found.name[0] != "_")
    )


def module(package: str, name: str) -> ModuleType:
    """The module `dslint.<package>.<name>`. Raises ImportError where there is none."""
    return importlib.import_module(f"dslint.{package}.{name}")


@functools.cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Every module of `dslint.<package>`, imported, in the order of their names."""
    return tuple(module(package, name) for name in names(package))
