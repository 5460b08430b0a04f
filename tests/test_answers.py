"""What a run asks more than once: answered once for each manifest at its place, and the same."""

from dslint import source, target, verdict, workloads
from dslint.answers import answering
from dslint.inventory import Inventory

NODES = Inventory.from_objects([{"metadata": {"name": "n"}, "spec": {}}])
TARGET = target.of("1.37")
ALIASED = """\
kind: List
apiVersion: v1
items:
  - &one {apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {nodeSelector: {a: b}}}
  - *one
"""


def test_a_workload_is_placed_once_in_each_form_at_each_place() -> None:
    (document,) = source.read(ALIASED, "-")
    place = answering(TARGET, NODES).place
    assert place is not None
    first, second = (place(one) for one in workloads.of(document))
    assert [one.refusals[0].at.line for one in (first, second)] == [4, 4]
    assert first is not second
    assert [place(one) for one in workloads.of(document)] == [first, second]
    assert place(workloads.of(document)[0]) is first
    assert place(workloads.of(document, admitted=True)[0]) is not first


def test_a_document_is_validated_once() -> None:
    (document,) = source.read(ALIASED, "-")
    answers = answering(TARGET, None)
    assert answers.place is None
    assert answers.say(document) is answers.say(document)
    assert list(answers.say(document)) == verdict.complaints(document, TARGET)
