"""Patches of rules start at a site and end up at the document's root."""

import pytest

from dslint import patches

SITE = ("spec", "tolerations", 1)
SCOPE = {"self": {"key": "a/b~c", "effect": "NoSchedule"}}


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        pytest.param("", "/spec/tolerations/1", id="the site itself"),
        pytest.param("/key", "/spec/tolerations/1/key", id="a part of it"),
        pytest.param("/../-", "/spec/tolerations/-", id="a sibling"),
        pytest.param("/../../nodeName", "/spec/nodeName", id="two levels up"),
    ],
)
def test_pointer(relative, expected):
    assert patches.pointer(relative, SITE) == expected


def test_fills_templates_and_escapes_what_they_put_into_a_pointer():
    stated = [
        {"op": "add", "path": "/../{self.key}", "value": {"effect": "{self.effect}"}},
        {"op": "move", "from": "", "path": "/x"},
    ]
    assert list(patches.from_root(stated, SITE, SCOPE)) == [
        {"op": "add", "path": "/spec/tolerations/a~1b~0c", "value": {"effect": "NoSchedule"}},
        {"op": "move", "from": "/spec/tolerations/1", "path": "/spec/tolerations/1/x"},
    ]
