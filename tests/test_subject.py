"""What a fact is asked about: read once for all the sites of a workload."""

import pytest

from dslint import sites, tolerations
from dslint.subject import Subject
from dslint.target import Target
from dslint.workloads import Workload


def workload(*keys: str) -> Workload:
    terms = [{"matchExpressions": [{"key": key, "operator": "Exists"}]} for key in keys]
    required = {"nodeSelectorTerms": [*terms, {}]}
    spec = {
        "tolerations": [{"key": key, "operator": "Exists"} for key in keys],
        "affinity": {"nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": required}},
    }
    return Workload.from_object({"kind": "Pod", "spec": spec})


def subjects(one: Workload) -> list[Subject]:
    found = sites.of(one, frozenset({"toleration", "requirement"}))
    return [Subject(site, one, Target()) for site in found]


def test_a_workload_is_read_once_for_all_of_its_sites(monkeypatch: pytest.MonkeyPatch) -> None:
    read, of = [], tolerations.of
    monkeypatch.setattr(tolerations, "of", lambda one: read.append(one) or of(one))
    pods = [workload("a", "b"), workload("c")]
    for pod in pods:
        for subject in subjects(pod):
            assert len(subject.tolerations) == len(subject.living_terms) == len(subjects(pod)) / 2
    assert read == pods
