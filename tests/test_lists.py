"""What kubectl says of a List that it cannot take apart, and of items that are no objects."""

import pytest

from dslint import lists
from dslint.model import format_path
from dslint.target import Target

POD = {"apiVersion": "v1", "kind": "Pod"}


def listed(*items: object, kind: str = "List", version: str = "v1") -> dict[str, object]:
    return {"apiVersion": version, "kind": kind, "items": [*items]}


# Source: decodeToList of kubernetes/apimachinery, pkg/apis/meta/v1/unstructured/helpers.go
@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(POD, [], id="no list"),
        pytest.param([POD], [], id="no map"),
        pytest.param(listed(), [], id="empty"),
        pytest.param(listed(POD), [], id="right"),
        pytest.param(listed({"a": 1}), [("DS007", "items[0]")], id="headless"),
        pytest.param(listed({"Kind": "Pod"}), [("DS007", "items[0]")], id="headless in kubectl"),
        pytest.param(listed({"kind": "Pod"}), [], id="half a header is the item's fault"),
        pytest.param(listed(POD, None), [("DS102", "items[1]")], id="null"),
        pytest.param(listed("a"), [("DS102", "items[0]")], id="string"),
        pytest.param(listed(1.5), [("DS102", "items[0]")], id="number"),
        pytest.param(listed(listed(True)), [("DS102", "items[0].items[0]")], id="list in a list"),
        pytest.param(listed({"a": 1}, kind="PodList"), [], id="a typed list lends its kind"),
        pytest.param(listed([], kind="PodList"), [("DS102", "items[0]")], id="typed list"),
        pytest.param(listed(POD, version="v2"), [("DS136", "apiVersion")], id="no such version"),
        pytest.param(listed(POD, version="apps/v1"), [], id="a version that is served"),
        pytest.param(
            listed(kind="HorizontalPodAutoscalerList", version="autoscaling/v2beta2"),
            [("DS104", "apiVersion")],
            id="removed version",
        ),
        pytest.param({"kind": "List", "items": [POD]}, [], id="kubectl needs no version"),
        pytest.param({**POD, "kind": "List"}, [("DS103", "items")], id="no items"),
        pytest.param({**POD, "kind": "List", "items": None}, [], id="items are null"),
        pytest.param({**POD, "kind": "List", "items": {}}, [("DS102", "items")], id="a map"),
        pytest.param({**POD, "kind": "PodList"}, [("DS103", "items")], id="typed without items"),
        pytest.param({"apiVersion": "a.b/v1", "kind": "AllowList"}, [], id="foreign kind"),
        pytest.param(listed({}, kind="AllowList", version="a.b/v1"), [], id="foreign list"),
    ],
)
def test_faults_of_a_list(data: object, expected: list[tuple[str, str]]) -> None:
    found = lists.complaints(data, Target())
    assert [(one.rule, format_path(one.path)) for one in found] == expected
