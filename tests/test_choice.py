"""kubectl's way to choose workloads: selectors, namespaces, names."""

import pytest

from dslint import choice
from dslint.model import InputError
from dslint.workloads import Workload


def workload(name: str, kind: str = "DaemonSet", namespace: str = "", **labels: str) -> Workload:
    metadata = {"name": name, "namespace": namespace, "labels": labels}
    return Workload.from_object({"apiVersion": "apps/v1", "kind": kind, "metadata": metadata})


LABELS = workload("a", app="web", tier="front", empty="")

SELECTORS = {
    "": True,
    "app=web": True,
    "app==web": True,
    "app = web": True,
    "app=api": False,
    "app!=web": False,
    "app!=api": True,
    "other!=x": True,
    "app in (web,api)": True,
    "app in ( api , web )": True,
    "app in (api)": False,
    "app notin (api)": True,
    "app notin (web)": False,
    "other notin (x)": True,
    "other in (x)": False,
    "app": True,
    "other": False,
    "!app": False,
    "!other": True,
    "empty=": True,
    "empty": True,
    "app=web,tier in (front,back),!other": True,
    "app=web,tier=back": False,
}


@pytest.mark.parametrize(("selector", "selects"), SELECTORS.items(), ids=repr)
def test_a_selector_selects_by_the_workloads_own_labels(selector: str, selects: bool) -> None:
    assert choice.chosen([LABELS], selector=selector) == ((LABELS,) if selects else ())


@pytest.mark.parametrize(
    "selector", ["app in web", "a=b,", ",", "=b", "a in (b", "a b", "a=b=c", "in (a)", "a>1"]
)
def test_a_selector_that_is_none_is_an_input_error(selector: str) -> None:
    with pytest.raises(InputError, match="--selector"):
        choice.parse_selector(selector)


NAMES = {
    "web": ["DaemonSet/default/web", "Deployment/prod/web"],
    "w*": ["DaemonSet/default/web", "Deployment/prod/web", "Pod/default/worker"],
    "we?": ["DaemonSet/default/web", "Deployment/prod/web"],
    "Deployment/web": ["Deployment/prod/web"],
    "deploy/web": ["Deployment/prod/web"],
    "deployments/*": ["Deployment/prod/web"],
    "prod/web": ["Deployment/prod/web"],
    "ds/default/web": ["DaemonSet/default/web"],
    "*/default/*": ["DaemonSet/default/web", "Pod/default/worker"],
    "Pod/web": [],
    "a/b/c/web": [],
}
WORKLOADS = (
    workload("web"),
    workload("web", "Deployment", "prod"),
    workload("worker", "Pod"),
)


@pytest.mark.parametrize(("pattern", "ids"), NAMES.items(), ids=NAMES)
def test_a_name_names(pattern: str, ids: list[str]) -> None:
    assert [one.id for one in choice.chosen(WORKLOADS, patterns=[pattern])] == ids


def test_a_namespace_is_the_whole_one() -> None:
    assert [one.id for one in choice.chosen(WORKLOADS, "prod")] == ["Deployment/prod/web"]
    assert choice.chosen(WORKLOADS, "pro") == ()


def test_one_workload_is_found() -> None:
    assert choice.one(WORKLOADS, "worker") is WORKLOADS[2]


REFUSED = {
    "web": "2 workloads are named so: DaemonSet/default/web, Deployment/prod/web",
    "wroker": "the nearest name is worker",
    "zzz": "there are: web, worker",
}


@pytest.mark.parametrize(("name", "says"), REFUSED.items(), ids=REFUSED)
def test_a_name_of_none_or_several_is_an_input_error(name: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        choice.one(WORKLOADS, name)
    assert says in str(refused.value)


def test_long_lists_of_names_are_cut() -> None:
    many = [workload(f"w-{number}") for number in range(20)]
    with pytest.raises(InputError, match="and 10 more"):
        choice.one(many, "w-*")
    assert choice.near_names("zzz", (one.name for one in many)).endswith("w-9, and 10 more")
    with pytest.raises(InputError, match="the manifests hold no workload"):
        choice.one([], "a")
