"""The options that commands share, and the request that they make together.

Each option keeps its value in the context under its flag's name; `request` gathers them. A value
comes from the command line, else from `DSLINT_<FLAG>`, whatever the command.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import click

from dslint import rulebook
from dslint.cli import _version, _voice
from dslint.finding import SEVERITIES
from dslint.model import InputError
from dslint.run import Request
from dslint.target import NEWEST, VERSIONS

SETTINGS = {"auto_envvar_prefix": "DSLINT"}


def _keep(context: click.Context, parameter: click.Parameter, value: object) -> None:
    context.ensure_object(dict)[parameter.name] = value


_option = functools.partial(click.Option, expose_value=False, callback=_keep)
_argument = functools.partial(click.Argument, expose_value=False, callback=_keep)

# Whoever reads the file says what is wrong with it; click would stop before the others are judged.
_PATH = click.Path(readable=False)

PATHS = (_argument(["paths"], nargs=-1, metavar="[PATH]...", type=_PATH),)
FILES = (_argument(["paths"], nargs=-1, metavar="[FILE]...", type=_PATH),)
PAIR = (_argument(["wanted"], metavar="WORKLOAD"), _argument(["node"], metavar="NODE"), *PATHS)
RULE = (
    _argument(["rule"], required=False, default="", metavar="[ID]"),
    _option(["--facts"], is_flag=True, help="What rules may ask about, besides the manifest."),
)

NODES = (
    _option(
        ["--nodes"],
        multiple=True,
        metavar="FILE",
        type=_PATH,
        help="An inventory: `kubectl get nodes -o json`, or kind: NodeInventory. Repeats.",
    ),
)
TARGET = (
    _option(
        ["--kubernetes-version"],
        default=NEWEST,
        metavar="VERSION",
        help=f"{VERSIONS[0]} to {NEWEST}, the default.",
    ),
    _option(
        ["--feature-gates"],
        multiple=True,
        metavar="A=true,B=false",
        help="Feature gates that the cluster sets.",
    ),
)
SCHEMAS = (
    _option(
        ["--schema"],
        multiple=True,
        metavar="FILE_OR_FOLDER",
        type=_PATH,
        help="CustomResourceDefinitions or JSON Schemas: judge their kinds as well. Repeats.",
    ),
)
RULES = (
    _option(["--select"], multiple=True, metavar="IDS", help="Only these rules: DS1,DS204."),
    _option(["--ignore"], multiple=True, metavar="IDS", help="Not these rules."),
    _option(
        ["--profile"],
        default="placement",
        type=click.Choice(rulebook.PROFILES),
        show_default=True,
        help="placement leaves out DS5 and DS6, strict makes errors of warnings.",
    ),
    _option(
        ["--rules"],
        multiple=True,
        metavar="FOLDER",
        type=_PATH,
        help="A folder of rule files of your own. Repeats.",
    ),
)
CHOICE = (
    _option(["-n", "--namespace"], default="", metavar="NAMESPACE", help="Only this namespace."),
    _option(
        ["-l", "--selector"],
        default="",
        metavar="SELECTOR",
        help="Only workloads whose labels it selects, as kubectl's.",
    ),
    _option(
        ["--workload"],
        multiple=True,
        metavar="WORKLOAD",
        help="Only [Kind/[namespace/]]name; globs. Repeats.",
    ),
)
STATE = (
    _option(
        ["--steady-state"],
        is_flag=True,
        help="Without the taints that come and go: not-ready, pressure, cordon.",
    ),
    _option(
        ["--startup-taint"],
        multiple=True,
        metavar="KEY",
        help="A taint that comes and goes besides: one that an agent takes off. Repeats.",
    ),
)
VOICE = (
    _option(
        ["--format"],
        multiple=True,
        metavar="FORMAT",
        help="text (the default), json, yaml and so on. Repeats.",
    ),
    _option(
        ["--output"],
        multiple=True,
        metavar="FILE",
        type=_PATH,
        help="Where the format of the same rank is written; - is stdout.",
    ),
)
COMMON = (
    _option(["-v", "--verbose"], is_flag=True, help="Name what is skipped, and why."),
    _option(["--no-cache"], is_flag=True, help="Keep nothing for the next run."),
    _version.option(),
    _version.help_option(),
)


def fail_on(default: str | None) -> tuple[click.Option]:
    """The option that says which findings end in exit 1."""
    option = _option(
        ["--fail-on"],
        default=default,
        type=click.Choice([*SEVERITIES, "none"]),
        show_default=True,
        help="Findings from this severity on end in exit 1.",
    )
    return (option,)


def command(
    name: str,
    text: str,
    function: Callable[[click.Context], int],
    *params: Iterable[click.Parameter],
) -> click.Command:
    """The click command that calls `function` with its context, and exits with what it returns."""
    return click.Command(
        name,
        params=[param for group in (*params, COMMON) for param in group],
        callback=click.pass_context(functools.partial(_answer, function)),
        help=text,
        add_help_option=False,
        context_settings=dict(SETTINGS),
    )


def _answer(function: Callable[[click.Context], int], context: click.Context) -> int:
    """The exit code of a command: 2 with the sentence on stderr for what it cannot use."""
    try:
        return function(context)
    except InputError as error:
        _voice.note([str(error)], "error")
        return 2


def request(context: click.Context) -> Request:
    """What the command was asked, from its own options and the defaults of the others."""
    given: Mapping[str, Any] = context.obj
    return Request(
        paths=given.get("paths", ()),
        nodes=given.get("nodes", ()),
        kubernetes=given.get("kubernetes_version", NEWEST),
        gates=_gates(given.get("feature_gates", ())),
        select=_ids(given.get("select", ())),
        ignore=_ids(given.get("ignore", ())),
        profile=given.get("profile", "placement"),
        rules=given.get("rules", ()),
        namespace=given.get("namespace", ""),
        selector=given.get("selector", ""),
        workloads=given.get("workload", ()),
        steady_state=given.get("steady_state", False),
        startup=given.get("startup_taint", ()),
        schemas=given.get("schema", ()),
    )


def _ids(values: Sequence[str]) -> tuple[str, ...]:
    """Ids of rules, or how they begin, in capital letters as all of them are."""
    return tuple(word.upper() for word in _listed(values))


def _listed(values: Sequence[str]) -> tuple[str, ...]:
    """`DS1,DS204` given once or several times, as one list."""
    return tuple(word.strip() for value in values for word in value.split(",") if word.strip())


def _gates(values: Sequence[str]) -> dict[str, bool]:
    """`A=true,B=false` as Kubernetes' own components take it. Raises InputError."""
    gates = {}
    for word in _listed(values):
        name, _, value = (part.strip() for part in word.partition("="))
        if not name or value.lower() not in ("true", "false"):
            raise InputError(
                f"{word!r} sets no feature gate",
                "--feature-gates",
                "a gate is true or false",
                "write NAME=true,NAME=false",
            )
        gates[name] = value.lower() == "true"
    return gates
