"""Breaks manifests and inventories until dslint breaks: `python -m scripts.fuzz [SECONDS [SEED]]`.

Texts are those of fixtures/ and of the recorded validity cases, changed at random places. Whatever
comes out must be findings or an InputError, within a second, and the same when asked twice. The
first text that breaks this is kept in fuzz-<seed>.yaml, and the program exits with 1.
"""

from __future__ import annotations

import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import dslint
from dslint.model import InputError

ROOT = Path(__file__).parent.parent
SCRAPS = (
    b"{", b"}", b"[", b"]", b"&a ", b"*a", b"<<: ", b"- ", b": ", b"? ", b"|\n", b">-\n", b"---\n",
    b"...\n", b"%YAML 1.2\n", b"\t", b"\r", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80",
    b"'", b'"', b"#", b"!!binary ", b"null", b"~", b"yes", b"0o7", b"1e999", b".inf", b"-0",
    b"9" * 40, b"a" * 300, b"2024-01-01", "\u2028".encode(), "\U0001f600".encode(), b"\n" * 50,
)  # fmt: skip


def texts() -> list[bytes]:
    """What is changed: every fixture, and the manifests that a real API server was asked about."""
    found = [path.read_bytes() for path in sorted((ROOT / "fixtures").glob("*/*.yaml"))]
    found += [path.read_bytes() for path in sorted((ROOT / "fixtures").glob("*/*.json"))]
    recorded = ROOT / "tests" / "recordings" / "validity.jsonl.gz"
    with gzip.open(recorded, "rt", encoding="utf-8") as file:
        found += [json.loads(line)["yaml"].encode() for line in file]
    return found


def changed(choice: random.Random, text: bytes, other: bytes) -> bytes:
    """The text with up to six changes: scraps put in, parts cut, doubled, or lent by another."""
    for _ in range(choice.randint(1, 6)):
        start = choice.randrange(len(text) + 1)
        end = min(len(text), start + choice.choice((0, 1, 2, 8, 40, 200)))
        begin = choice.randrange(len(other) + 1)
        middle = choice.choice(
            (b"", choice.choice(SCRAPS), text[start:end] * 2, other[begin : begin + 80])
        )
        text = text[:start] + middle + text[end:]
    return text


def linted(text: bytes, _folder: Path) -> object:
    """The text as a manifest."""
    return dslint.lint(text, filename="fuzz.yaml"), dslint.validity(text)


def loaded(text: bytes, folder: Path) -> object:
    """The text as an inventory, or the error that says why it is none."""
    path = folder / "nodes.yaml"
    path.write_bytes(text)
    try:
        return dslint.Inventory.load(path).names
    except InputError as error:
        return str(error)


TARGETS: tuple[Callable[[bytes, Path], object], ...] = (linted, loaded)


def fault(text: bytes, folder: Path) -> str | None:
    """What dslint does wrong with the text, None where nothing."""
    for target in TARGETS:
        start = time.process_time()  # others may keep the machine busy
        try:
            first, second = target(text, folder), target(text, folder)
        except (Exception, RecursionError) as error:  # noqa: BLE001  # any escape is the find
            return f"{target.__name__}: {type(error).__name__}: {error}"
        if time.process_time() - start > 2:
            return f"{target.__name__}: more than a second"
        if first != second:
            return f"{target.__name__}: two answers to one question"
    return None


def main(arguments: Sequence[str]) -> int:
    """Fuzzes for so many seconds; 1 where something broke, and its text is kept."""
    limit = float(arguments[0]) if arguments else 60.0
    seed = int(arguments[1]) if len(arguments) > 1 else time.time_ns() % 1_000_000
    choice, known, count = random.Random(seed), texts(), 0
    end = time.monotonic() + limit
    with tempfile.TemporaryDirectory() as folder:
        fault(known[0], Path(folder))  # loads rules and schemas, which is no text's fault
        while time.monotonic() < end:
            text = changed(choice, choice.choice(known), choice.choice(known))
            count += 1
            if said := fault(text, Path(folder)):
                kept = Path(f"fuzz-{seed}.yaml")
                kept.write_bytes(text)
                print(f"seed {seed}, text {count:,}: {said}\nkept in {kept}")
                return 1
    print(f"seed {seed}: {count:,} broken texts, nothing broke")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
