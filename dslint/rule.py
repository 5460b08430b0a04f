"""A rule as plain frozen values, and the validators of its schemas, built when first asked.

Made by rulefile.py or from the wheel's pack. A schema that is none raises ValueError where it is
compiled; rulefile.py has refused it before.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

from dslint.finding import Severity

if TYPE_CHECKING:
    import jsonschema_rs

Schema = Mapping[str, object] | bool
Patch = tuple[Mapping[str, object], ...]
Accepts = Callable[[object], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Raise:
    """A severity and message that take the rule's place where everything named here matches."""

    severity: Severity | None = None
    message: str = ""
    each: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    where: dict[str, Schema] = field(default_factory=dict)
    facts: dict[str, Schema] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A rule as its file has it.

    `items` and `raises` are the file's `for` and `raise`, words that Python keeps. `kinds` is
    empty where every workload is meant. `judged` is empty for a rule that is judged by what its
    file says, and else names who judges it. `source` is `file:line` of the rule file.
    """

    id: str
    name: str
    severity: Severity
    summary: str
    why: str
    fix: str
    kinds: tuple[str, ...] = ()
    each: tuple[str, ...] = ()
    holds: Schema | None = None
    where: dict[str, Schema] = field(default_factory=dict)
    facts: dict[str, Schema] = field(default_factory=dict)
    items: str = ""
    at: str | None = None
    message: str = ""
    edit: Patch | Mapping[str, str] | None = None
    raises: tuple[Raise, ...] = ()
    settings: dict[str, object] = field(default_factory=dict)
    since: str = ""
    until: str = ""
    judged: Literal["", "reader", "schema", "checks"] = ""
    rejected: bool = False
    needs_inventory: bool = False
    good: tuple[str | dict[str, object], ...] = ()
    bad: tuple[str | dict[str, object], ...] = ()
    references: tuple[str, ...] = ()
    source: str = ""


def describe(rule: Rule) -> dict[str, object]:
    """What `dslint rules --format json` says of a rule; `kinds` is empty where all are meant."""
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "rejected": rule.rejected,
        "summary": rule.summary,
        "why": rule.why,
        "kinds": list(rule.kinds),
        "fixable": rule.edit is not None,
        "needs_inventory": rule.needs_inventory,
        "references": list(rule.references),
    }


def made(data: Mapping[str, Any]) -> Rule:
    """The rule that a pack's entry says, or a rule file that was checked; keys as `Rule` has."""
    raises = tuple(Raise(**_frozen(entry)) for entry in data.get("raises", ()))
    return Rule(**{**_frozen(data), "raises": raises})


def told(rule: Rule | Raise) -> dict[str, Any]:
    """What a rule says beside its defaults, as JSON: `made` makes the rule of it again."""
    said: dict[str, Any] = {}
    for field_ in fields(rule):
        value = getattr(rule, field_.name)
        made_anew = field_.default_factory
        if value != (field_.default if made_anew is MISSING else made_anew()):
            said[field_.name] = value
    if "raises" in said:
        said["raises"] = [told(entry) for entry in said["raises"]]
    return said


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    """JSON with tuples for the lists that are fields of their own."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


@functools.cache
def validator(rule: Rule, *path: str | int) -> Callable[[object], bool]:
    """Whether a value satisfies the schema at that path of the rule (`"facts", "shadowed_by"`)."""
    here: object = rule
    for part in path:
        here = _step(here, part)
    return compiled(here)


def compiled(schema: object) -> Callable[[object], bool]:
    """Whether a value satisfies the schema, in linear time. Raises ValueError if it is none."""
    return _engine(schema).is_valid


def failing_part(rule: Rule, value: object) -> tuple[str | int, ...]:
    """Where in `value` the rule's `holds` failed first."""
    errors = _engine(rule.holds).iter_errors(value)
    return next((tuple(error.instance_path) for error in errors), ())


def _engine(schema: object) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs  # spares start-up: the dearest import of all

    # A schema is a map or a boolean; whatever else it is, the engine says that it is none.
    plain = dict(schema) if isinstance(schema, Mapping) else bool(schema)
    return jsonschema_rs.Draft202012Validator(
        plain, pattern_options=jsonschema_rs.RegexOptions(), offline=True
    )


def _step(here: object, part: str | int) -> object:
    if isinstance(here, tuple) and isinstance(part, int):
        return here[part]
    return here[part] if isinstance(here, Mapping) else getattr(here, str(part))
