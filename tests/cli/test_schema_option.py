"""`--schema`: objects of kinds that are not Kubernetes' own are judged or skipped."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Run = Callable[..., tuple[int, str, str]]
Write = Callable[[str, str], str]

CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  names: {kind: Thing, plural: things}
  scope: Namespaced
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, required: [size], properties: {size: {type: integer}}}
"""
THING = """\
apiVersion: example.com/v1
kind: Thing
metadata: {name: a}
spec:
  size: "1"
---
apiVersion: example.com/v1
kind: Other
metadata: {name: a}
"""


@pytest.mark.parametrize("command", ["lint", "check"])
def test_a_kind_with_a_schema_is_judged(command: str, run: Run, write: Write) -> None:
    crd, thing = write("crds/crd.yaml", CRD), write("thing.yaml", THING)
    code, out, err = run(command, thing, "-v", "--schema", crd)
    assert code == 1
    assert "thing.yaml:5:9: error DS102 wrong-type: size is `1`, a string" in out
    assert "1 finding (1 error) in 1 file, 0 workloads; 1 skipped" in out
    skipped = "skipped: thing.yaml:7: kind Other of example.com/v1 is not one of Kubernetes' own"
    assert skipped in err.splitlines()


def test_a_kind_without_a_schema_is_skipped(run: Run, write: Write) -> None:
    code, out, _ = run("lint", write("thing.yaml", THING))
    assert code == 0
    assert "no findings in 1 file, 0 workloads; 2 skipped" in out


def test_a_folder_without_a_schema_is_an_error(run: Run, write: Write) -> None:
    code, out, err = run("lint", write("thing.yaml", THING), "--schema", "thing.yaml")
    assert (code, out) == (2, "")
    assert err.startswith("error: --schema: thing.yaml holds neither")
