"""Says a report: in which formats, where to, in colour or not; and what the exit code is.

stdout gets the report alone; notes, what was skipped and what could not be read go to stderr. A
file of `--output` is written whole or not at all. A reader that goes away is no error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from types import ModuleType

import click

from dslint import discover
from dslint.cli import _file, _stream
from dslint.finding import SEVERITIES, Finding
from dslint.model import InputError
from dslint.outputs._sheet import clean
from dslint.report import Report

STDOUT = "-"
REFERENCE = "no inventory was named: this is the built-in reference fleet; add --nodes FILE"
Voice = tuple[ModuleType, str]
"""A format's module, and the file that it goes to (`-`: stdout)."""


def voices(context: click.Context, report: type[Report]) -> tuple[Voice, ...]:
    """The formats that were asked for and where each goes.

    Raises InputError for one that there is none of, or that cannot fill that report, and for a
    file that cannot be written.
    """
    formats, outputs = context.obj["format"] or ("text",), context.obj["output"]
    if len(outputs) > len(formats):
        raise InputError(
            f"{len(outputs)} outputs for {len(formats)} formats",
            "--output",
            "each output takes the format of the same rank",
            "give a --format for each --output",
        )
    places = [*outputs, *[STDOUT] * (len(formats) - len(outputs))]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice is not None:
        raise InputError(
            f"two formats are for {'stdout' if twice == STDOUT else twice}",
            "--output" if outputs else "--format",
            "they would run together" if twice == STDOUT else "the second would replace the first",
            "name a file of its own for each, with --output FILE",
        )
    chosen = tuple(
        (_format(name, report), place) for name, place in zip(formats, places, strict=True)
    )
    for place in outputs:
        if place != STDOUT:
            _file.check(place)
    return chosen


def _format(name: str, report: type[Report]) -> ModuleType:
    known = discover.names("outputs")
    if name in known:
        found = discover.module("outputs", name)
        if report in found.FILLS:
            return found
    able = [one for one in known if report in discover.module("outputs", one).FILLS]
    what = "cannot show this report" if name in known else "is no format of dslint"
    raise InputError(f"{name} {what}", "--format", "", f"use one of {', '.join(able)}")


def say(report: Report, chosen: Iterable[Voice]) -> None:
    """Writes the report in each of the formats; raises InputError for a file it cannot write."""
    rendered = [(place, _rendered(report, form, place)) for form, place in chosen]
    _file.write([one for one in rendered if one[0] != STDOUT])
    for place, text in rendered:
        if place == STDOUT:
            _print(text)


def note(sentences: Iterable[str], label: str = "note") -> None:
    """Says something beside the report, on stderr."""
    for sentence in sentences:
        _stream.err(f"{label}: {_printable(sentence)}\n")


def skipped(context: click.Context, skips: Iterable[tuple[str, str]]) -> None:
    """Names on stderr what was passed over, where `-v` asks for it."""
    if context.obj["verbose"]:
        note((f"{where}: {reason}" for where, reason in skips), "skipped")


def verdict(findings: Iterable[Finding], unread: Iterable[str], fail_on: str | None) -> int:
    """The exit code: 2 where something was not judged, 1 for a finding that counts, else 0."""
    missing = list(unread)
    note(missing, "error")
    if missing:
        return 2
    counts = SEVERITIES[: SEVERITIES.index(fail_on) + 1] if fail_on in SEVERITIES else ()
    return int(any(finding.severity in counts for finding in findings))


def _printable(text: str) -> str:
    """`text` without what could steer a terminal; its line ends stay."""
    return "\n".join(clean(line) for line in text.split("\n"))


def _rendered(report: Report, form: ModuleType, place: str) -> str:
    """The report in a format; text for a terminal is drawn in its width and colours."""
    colour, terminal = _colour(), _is_terminal()
    if place != STDOUT or form.__name__ != "dslint.outputs.text" or not (colour or terminal):
        return str(form.render(report))
    import shutil  # spares start-up: it loads every compressor

    # without a terminal and without COLUMNS there is no width to keep to
    return str(form.draw(report, shutil.get_terminal_size((10_000, 24)).columns, colour))


def _is_terminal() -> bool:
    # Python leaves stdout out where the process has none
    return sys.stdout is not None and sys.stdout.isatty() and not os.environ.get("CI")


def _colour() -> bool:
    """Whether to colour: NO_COLOR forbids it, FORCE_COLOR wants it, else only on a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return _is_terminal() and os.environ.get("TERM") != "dumb"


def _print(text: str) -> None:
    error = _stream.out(text)
    if error is not None:
        raise _file.unwritten("stdout", error) from error
