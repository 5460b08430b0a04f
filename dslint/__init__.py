"""dslint answers: is this Kubernetes manifest right, and on which nodes will it run.

The functions and values that other programs use. Each is loaded when it is asked for, so that the
command line pays for nothing that it does not need.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dslint.finding import Finding
    from dslint.inventory import Inventory
    from dslint.library import lint, place, validity
    from dslint.model import InputError
    from dslint.placement import Placement, Refusal
    from dslint.workloads import Workload

__version__ = "0.1.0"
__all__ = [
    "Finding",
    "InputError",
    "Inventory",
    "Placement",
    "Refusal",
    "Workload",
    "lint",
    "place",
    "validity",
]

_HOMES = {
    "Finding": "finding",
    "InputError": "model",
    "Inventory": "inventory",
    "Placement": "placement",
    "Refusal": "placement",
    "Workload": "workloads",
    "lint": "library",
    "place": "library",
    "validity": "library",
}


def __getattr__(name: str) -> object:
    """The public name, from the module that has it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'dslint' has no attribute {name!r}")
    found: object = getattr(importlib.import_module(f"dslint.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """The public names, those that are not loaded yet included."""
    return sorted({*globals(), *__all__})
