"""The rules: loaded from the pack or from folders of rule files, looked up by id, and chosen.

Rule files (or the single file that a wheel carries in their place) come in, a frozen `Rulebook`
goes out. A rule file that cannot be used is an `InputError` with its place (see rulefile.py).
"""

from __future__ import annotations

import functools
import json
import os
import pathlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from dslint import discover
from dslint.model import InputError
from dslint.rule import Rule, made, told

Profile = Literal["placement", "all", "strict"]
PROFILES: tuple[Profile, ...] = get_args(Profile)

HERE = pathlib.Path(__file__).parent
PACK = HERE / "data" / "rules.json"
FOLDER = HERE.parent / "rules"
# Running a daemon well and security: right for many, noise for who asks where pods land.
_OFF_BY_DEFAULT = ("DS5", "DS6")


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All rules by id, and the ids of those in force. `strict` makes errors of warnings."""

    rules: Mapping[str, Rule]
    chosen: frozenset[str]
    strict: bool = False

    def concerns(self, rule: str) -> bool:
        """Whether what is said under that id is wanted; an id without a file is not hidden."""
        return rule in self.chosen or rule not in self.rules


def load(folders: Sequence[str | os.PathLike[str]] = ()) -> Rulebook:
    """The built-in rules and those of the folders (searched for *.yaml and *.yml), all in force.

    Raises InputError, with file, line and column, for a folder or a rule file that cannot be used.
    """
    builtin = _builtin()
    return (
        Rulebook(rules := with_folders(builtin, folders), frozenset(rules)) if folders else builtin
    )


def with_folders(rulebook: Rulebook, folders: Iterable[str | os.PathLike[str]]) -> dict[str, Rule]:
    """The rules of the rulebook and of the folders by id. Raises InputError as `load` does."""
    from dslint import rulefile  # spares start-up: the wheel's pack is checked already

    rules = dict(rulebook.rules)
    for folder in {os.path.realpath(folder): folder for folder in folders}.values():
        for rule in rulefile.read_folder(pathlib.Path(folder), rules):
            rules[rule.id] = rule
    return rules


@functools.cache
def _builtin() -> Rulebook:
    """The built-in rules: a checkout's own files, else the pack that the wheel carries."""
    if FOLDER.is_dir() and (HERE.parent / "pyproject.toml").is_file():
        rules = with_folders(Rulebook({}, frozenset()), [FOLDER])
    else:
        rules = {rule.id: rule for rule in unpack(PACK.read_bytes())}
    return Rulebook(dict(sorted(rules.items())), frozenset(rules))


def pack(folder: str | os.PathLike[str]) -> bytes:
    """The rules of a folder as the one file that a wheel carries: same rules, same bytes.

    Raises InputError for a rule file that cannot be used.
    """
    rules = with_folders(Rulebook({}, frozenset()), [folder])
    entries = [
        told(replace(rule, source=pathlib.PurePath(rule.source).name))
        for _, rule in sorted(rules.items())
    ]
    return json.dumps(entries, sort_keys=True, separators=(",", ":")).encode()


def unpack(data: bytes) -> list[Rule]:
    """The rules of a pack, in the order of their ids."""
    # msgspec would read it twice as fast, and takes longer than that to be imported
    return [made(entry) for entry in json.loads(data)]


def choose(
    rulebook: Rulebook,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    profile: str = "placement",
) -> Rulebook:
    """The rulebook with those rules in force that the ids or prefixes name.

    The longer prefix wins, and `ignore` over an equal one. Where nothing is selected the profile
    decides. Raises InputError for an unknown profile, or a prefix that begins no rule's id.
    """
    if profile not in PROFILES:
        raise InputError(
            f"there is no profile {profile}", "--profile", "", f"use one of {', '.join(PROFILES)}"
        )
    for option, prefixes in (("--select", select), ("--ignore", ignore)):
        _known(rulebook, option, prefixes)
    off = _OFF_BY_DEFAULT if profile == "placement" and not select else ()
    chosen = frozenset(
        rule
        for rule in rulebook.rules
        if _longest(rule, select or ("",)) > _longest(rule, (*ignore, *off))
    )
    return replace(rulebook, chosen=chosen, strict=profile == "strict")


def _longest(rule: str, prefixes: Iterable[str]) -> int:
    return max((len(prefix) for prefix in prefixes if rule.startswith(prefix)), default=-1)


def _known(rulebook: Rulebook, option: str, prefixes: Iterable[str]) -> None:
    groups = tuple(f"DS{digit}" for digit in (0, 1, 2, 3, 4, 5, 6, 9))
    for prefix in prefixes:
        if prefix in groups or (
            prefix and any(rule.startswith(prefix) for rule in rulebook.rules)
        ):
            continue
        raise InputError(
            f"no rule's id begins with {prefix or repr(prefix)}",
            option,
            "it would choose nothing",
            "name an id or the beginning of one; `dslint rules` lists them",
        )


def describe_facts() -> list[dict[str, object]]:
    """Every fact: name, summary, description, type, and whether it needs an inventory."""
    import inspect  # spares start-up: only `dslint rules --facts` asks

    described: list[dict[str, object]] = []
    for module in discover.modules("facts"):
        text = inspect.getdoc(module.fact) or ""
        described.append(
            {
                "name": module.__name__.rpartition(".")[2],
                "summary": (inspect.getdoc(module) or "").split("\n")[0],
                "description": text,
                "type": str(module.fact.__annotations__["return"]),
                "needs_inventory": getattr(module, "NEEDS_INVENTORY", False),
            }
        )
    return described


def in_force(rulebook: Rulebook) -> Iterator[Rule]:
    """The chosen rules that their files judge, in the order of their ids."""
    return (
        rule for rule in rulebook.rules.values() if rule.id in rulebook.chosen and not rule.judged
    )
