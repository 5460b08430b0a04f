"""Writes docs/rules/: a page for each rule, and a list of them, from the files in rules/.

`python -m scripts.rule_pages` (`make docs`) writes them and removes pages of rules that are gone.
A test holds the pages to the rules, so that neither changes alone. InputError where a rule file
cannot be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml

from dslint import rulebook
from dslint.rule import Rule

FOLDER = Path(__file__).parent.parent / "docs" / "rules"
GROUPS = {
    "DS0": "Reading",
    "DS1": "Validity",
    "DS2": "Tolerations and taints",
    "DS3": "Affinity and selectors",
    "DS4": "Placement on an inventory",
    "DS5": "Running a daemon well",
    "DS6": "Security",
    "DS9": "Inventory",
}
HEAD = "<!-- Made by `make docs` from rules/: edit the rule. -->\n\n"


def pages() -> Mapping[str, str]:
    """The text of each file in docs/rules/ by its name."""
    rules = rulebook.load().rules.values()
    return {"README.md": _contents(list(rules))} | {f"{rule.id}.md": page(rule) for rule in rules}


def page(rule: Rule) -> str:
    """The page of one rule."""
    return HEAD + "\n\n".join(_parts(rule)) + "\n"


def _parts(rule: Rule) -> Iterator[str]:
    yield f"# {rule.id} {rule.name}"
    yield f"**{rule.severity}**{''.join(f' · {trait}' for trait in _traits(rule))}"
    yield _folded(rule.summary)
    yield f"**Why.** {_folded(rule.why)}"
    yield f"**Fix.** {_folded(rule.fix)}"
    for heading, examples in (("Good", rule.good), ("Bad", rule.bad)):
        if examples:
            yield f"## {heading}"
        for example in examples:
            yield _example(example)
    if rule.references:
        yield "## References"
        yield "\n".join(f"- <{reference}>" for reference in rule.references)


def _traits(rule: Rule) -> Iterator[str]:
    if rule.rejected:
        yield "an API server refuses it"
    if rule.needs_inventory:
        yield "needs an inventory"
    if rule.edit is not None:
        yield "has one right repair"
    if rule.kinds:
        yield f"only for {', '.join(rule.kinds)}"
    if rule.since:
        yield f"since Kubernetes {rule.since}"
    if rule.until:
        yield f"until Kubernetes {rule.until}"


def _example(example: str | dict[str, object]) -> str:
    text = example if isinstance(example, str) else _shown(example)
    fence = "~~~~" if "```" in text else "```"
    return f"{fence}yaml\n{text.rstrip()}\n{fence}"


def _shown(example: dict[str, object]) -> str:
    """The manifest as it is written, and beneath it the nodes and the version to judge it by."""
    rest = {key: value for key, value in example.items() if key != "manifest"}
    return f"{str(example['manifest']).rstrip()}\n---\n{yaml.safe_dump(rest, sort_keys=False)}"


def _contents(rules: list[Rule]) -> str:
    text = f"{HEAD}# Rules\n\n`dslint rules ID` prints the same in a terminal.\n"
    for prefix, title in GROUPS.items():
        members = [rule for rule in rules if rule.id.startswith(prefix)]
        if members:
            text += (
                f"\n## {prefix}xx {title}\n\n| rule | severity | what it finds |\n|---|---|---|\n"
            )
        for rule in members:
            summary = _folded(rule.summary).replace("|", "\\|")
            text += f"| [{rule.id} {rule.name}]({rule.id}.md) | {rule.severity} | {summary} |\n"
    return text


def _folded(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    """Writes every page, and removes those of rules that are gone."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in FOLDER.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(wanted) - 1} rules in docs/rules")


if __name__ == "__main__":
    main()
