"""Claim templates of a StatefulSet: what the claims made from them will ask for.

Their names are judged as names of volumes. Follows ValidateVolumeClaimTemplates in
https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/apps/validation/validation.go
"""

from __future__ import annotations

from collections.abc import Iterator

from dslint.checks._claims import claim_faults
from dslint.checks._walk import items
from dslint.model import Complaint
from dslint.target import Target
from dslint.workloads import Workload, mapping

FIELDS: tuple[str, ...] = ("volumeClaimTemplates",)


def complaints(workload: Workload, target: Target) -> Iterator[Complaint]:
    """What is wrong with `volumeClaimTemplates`, which the server looks at since 1.34.

    https://github.com/kubernetes/kubernetes/pull/132212
    """
    if workload.kind != "StatefulSet" or not target.at_least("1.34"):
        return
    templates = mapping(workload.manifest.get("spec")).get("volumeClaimTemplates")
    for path, claim in items(templates, ("spec", "volumeClaimTemplates")):
        yield from claim_faults((*path, "spec"), mapping(claim.get("spec")), target)
