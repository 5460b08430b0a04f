"""The grammars of names, keys, values and addresses, each against a table of texts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dslint import syntax

Grammar = Callable[[str], str | None]

GOOD: list[tuple[Grammar, str]] = [
    (syntax.dns_label, "a" * 63),
    (syntax.dns_label, "0-9"),
    (syntax.dns_subdomain, "a.b-c.0"),
    (syntax.dns_subdomain, "a" * 253),
    (syntax.dns_subdomain_with_underscore, "_tcp.my_name.example"),
    (syntax.dns_1035_label, "a1-b"),
    (syntax.qualified_name, "app"),
    (syntax.qualified_name, "a.b/C_d.E"),
    (syntax.label_key, "a" * 253 + "/" + "n" * 63),
    (syntax.prefixed_name, "acme.io/foo"),
    (syntax.annotation_key, "Example.COM/Key"),
    (syntax.label_value, ""),
    (syntax.label_value, "A.b_c-1"),
    (syntax.domain_path, "acme.io/foo/bar?".rstrip("?")),
    (syntax.port_name, "http-8080"),
    (syntax.env_name, "9 any-Thing"),
    (syntax.config_key, "..data".replace("..", ".")),
    (syntax.identifier, "_x9"),
    (syntax.header_name, "X-Header"),
    (syntax.percent, "125%"),
    (syntax.ip_address, "10.0.0.1"),
    (syntax.ip_address, "2001:DB8::0001"),
]
BAD: list[tuple[Grammar, str, str]] = [
    (syntax.dns_label, "a.b", "must not contain dots"),
    (syntax.dns_label, "A", "lowercase RFC 1123 label"),
    (syntax.dns_label, "a" * 64, "no more than 63"),
    (syntax.dns_label, "a\n", "lowercase RFC 1123 label"),
    (syntax.dns_subdomain, "-a", "lowercase RFC 1123 subdomain"),
    (syntax.dns_subdomain, "a..b", "lowercase RFC 1123 subdomain"),
    (syntax.dns_subdomain, "a" * 254, "no more than 253"),
    (syntax.dns_subdomain, "", "lowercase RFC 1123 subdomain"),
    (syntax.dns_subdomain_with_underscore, "a_", "'_', '-'"),
    (syntax.dns_1035_label, "1a", "DNS-1035"),
    (syntax.dns_1035_label, "a" * 64, "no more than 63"),
    (syntax.qualified_name, "a/b/c", "a valid label key"),
    (syntax.qualified_name, "/b", "prefix part must be non-empty"),
    (syntax.qualified_name, "A.b/c", "prefix part a lowercase"),
    (syntax.qualified_name, "a/", "name part must be non-empty"),
    (syntax.qualified_name, "", "name part must be non-empty"),
    (syntax.qualified_name, "a b", "name part must consist"),
    (syntax.qualified_name, "n" * 64, "name part must be no more"),
    (syntax.prefixed_name, "foo", "domain-prefixed key"),
    (syntax.prefixed_name, "-/foo", "prefix part"),
    (syntax.annotation_key, "a b", "name part"),
    (syntax.label_value, "-a", "a valid label must be"),
    (syntax.label_value, "a" * 64, "no more than 63"),
    (syntax.domain_path, "foo", "domain-prefixed path"),
    (syntax.domain_path, "A/foo", "RFC 1123 subdomain"),
    (syntax.domain_path, "a/f oo", "Invalid path"),
    (syntax.port_name, "", "only alpha-numeric"),
    (syntax.port_name, "80", "at least one letter"),
    (syntax.port_name, "a--b", "consecutive"),
    (syntax.port_name, "-a", "begin or end"),
    (syntax.port_name, "a" * 16, "no more than 15"),
    (syntax.env_name, "", "non-empty"),
    (syntax.env_name, "a=b", "printable ASCII"),
    (syntax.env_name, "é", "printable ASCII"),
    (syntax.config_key, "a b", "a valid config key"),
    (syntax.config_key, "k" * 254, "no more than 253"),
    (syntax.config_key, "..a", "must not start with '..'"),
    (syntax.config_key, "..", "must not be '..'"),
    (syntax.identifier, "1a", "C identifier"),
    (syntax.header_name, "a b", "HTTP header"),
    (syntax.percent, "5.5%", "percent"),
    (syntax.ip_address, "10.0.0", "valid IP address"),
    (syntax.ip_address, "fe80::1%eth0", "valid IP address"),
    (syntax.ip_address, "010.0.0.1", "leading 0s"),
    (syntax.ip_address, "::ffff:1.2.3.4", "IPv4-mapped"),
]


def named(part: object) -> str:
    """The name of a grammar, the beginning of a text: the same in every worker."""
    return getattr(part, "__name__", str(part))[:40]


@pytest.mark.parametrize(("grammar", "text"), GOOD, ids=named)
def test_well_formed(grammar: Grammar, text: str) -> None:
    assert grammar(text) is None


@pytest.mark.parametrize(("grammar", "text", "says"), BAD, ids=named)
def test_malformed(grammar: Grammar, text: str, says: str) -> None:
    assert says in (grammar(text) or "")


@pytest.mark.parametrize(
    ("text", "accepted"),
    [("A.b-c", True), ("9a", False), ("..", False), ("..a", False), ("a=", False)],
)
def test_env_name_of_old_versions(text: str, accepted: bool) -> None:
    assert (syntax.env_name(text, relaxed=False) is None) is accepted


@pytest.mark.parametrize("text", ["010.000.0.1", "::ffff:1.2.3.4", "0.0.0.0", "::"])
def test_ip_address_as_it_was_read_before_strict_validation(text: str) -> None:
    assert syntax.ip_address(text, strict=False) is None


def test_takes_away_what_go_calls_white_space() -> None:
    assert syntax.trimmed("\t\u2003a b\x85\u3000") == "a b"
    assert syntax.words("\t\u2003a b\x85\x1cc") == ["a", "b", "\x1cc"]
    assert syntax.trimmed("\x1ca\u200b") == "\x1ca\u200b"  # isspace of Python, and of none
