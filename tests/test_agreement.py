"""Every recorded answer of Kubernetes, played; `make agree` prints the same counts."""

import pytest

from scripts import agree

# How many cases each recording has: a part that silently shrinks proves less than it says.
CASES = {
    "pairs": 20_000,
    "pairs_more": 2_992,
    "pairs_kubelet": 500,
    "pairs_comparison_operators": 2_000,
    "admission": 200,
    "control_plane": 600,
    "validity": 619,
}


@pytest.mark.parametrize("name", agree.PLAYERS)
def test_dslint_agrees_with_what_kubernetes_answered(name: str) -> None:
    part = agree.play(name, agree.RECORDINGS / f"{name}.jsonl.gz", agree.PLAYERS[name])
    assert part.disagreements == ()
    assert part.compared == CASES[name]


def test_every_recording_is_played() -> None:
    recorded = {path.name.removesuffix(".jsonl.gz") for path in agree.RECORDINGS.glob("*.gz")}
    assert recorded == set(agree.PLAYERS)
