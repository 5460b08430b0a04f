"""What a fact is asked about: one site, with everything that an answer may depend on.

Made by judgement.py, read by facts/. A fact is a pure function of it to plain data.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from dslint.placement import Placement
from dslint.sites import Site
from dslint.target import Target
from dslint.workloads import Object, Workload, mapping, text

if TYPE_CHECKING:
    # spares start-up: types alone
    from dslint.inventory import Inventory
    from dslint.selectors import Term
    from dslint.toleration_index import TolerationIndex
    from dslint.tolerations import Toleration


class Subject(NamedTuple):
    """One site and the settings of the rule that asks.

    `inventory` and `placement` are None where no inventory was given. `workloads` is the whole
    run, for the sites `inventory` and `node` alone, for which `workload` is an empty one, and
    `placements` are theirs, in the same order, for the site `inventory`.
    """

    site: Site
    workload: Workload
    target: Target
    settings: Mapping[str, object] = MappingProxyType({})
    inventory: Inventory | None = None
    placement: Placement | None = None
    workloads: tuple[Workload, ...] = ()
    placements: tuple[Placement, ...] = ()

    @property
    def value(self) -> Object:
        """The site's value where it is a map, else {}."""
        return mapping(self.site.value)

    @property
    def key(self) -> str:
        """The site's key (a toleration, requirement or node selector entry has one), else ""."""
        return text(self.value.get("key"))

    @property
    def tolerations(self) -> tuple[Toleration, ...]:
        """The tolerations of the workload's pods, read once for all of its sites."""
        return _tolerations(self.workload)

    @property
    def toleration_index(self) -> TolerationIndex:
        """The same tolerations by the taints that they tolerate, made once likewise."""
        from dslint.tolerations import compares  # spares start-up, too

        return _toleration_index(self.workload, compares(self.target))

    @property
    def may_overlap(self) -> bool:
        """Whether another toleration of the manifest has the site's key, or none: a quick look.

        False for a pod that a controller made: who wrote its list cannot be told any more.
        """
        keys, own = _toleration_keys(self.workload), self.key
        return keys.get(own, 0) > 1 or bool(own and keys.get(""))

    @property
    def living_terms(self) -> tuple[Term, ...]:
        """The terms of the required node affinity that some node matches, read once likewise."""
        return _living_terms(self.workload)


# Workloads are told apart by identity, and their sites are judged one workload after the other.
_once = functools.lru_cache(maxsize=1)


@_once
def _tolerations(workload: Workload) -> tuple[Toleration, ...]:
    from dslint import tolerations  # spares start-up: few facts read them

    return tolerations.of(workload)


@_once
def _toleration_index(workload: Workload, comparison: bool) -> TolerationIndex:
    from dslint.toleration_index import TolerationIndex  # spares start-up, too

    return TolerationIndex(_tolerations(workload), comparison)


@_once
def _toleration_keys(workload: Workload) -> Mapping[str, int]:
    if mapping(workload.manifest.get("metadata")).get("ownerReferences"):
        return {}
    return Counter(text(one.get("key")) for one in workload.tolerations)


@_once
def _living_terms(workload: Workload) -> tuple[Term, ...]:
    from dslint import requirement_sets  # spares start-up, too

    return requirement_sets.living(workload.pod)
