"""The small grammars of Kubernetes: names, label keys and values, port names, IP addresses.

Each function takes the text and returns what is wrong with it, in the API server's own words, or
None where it is well formed; an empty text is judged like any other. Lengths count bytes, as Go's
`len` does. Answers are remembered, because the same names return all through a file.
Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/validation.go
"""

from __future__ import annotations

import functools
import re

_LABEL = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
_UNDERSCORED = r"_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?"
_NAME_PART = r"(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]"

# unicode.IsSpace of Go, which is not str.isspace of Python.
_SPACE = "\t\n\v\f\r \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)

_words = re.compile(f"[^{_SPACE}]+").findall
_is_label = re.compile(_LABEL).fullmatch
_is_subdomain = re.compile(rf"{_LABEL}(?:\.{_LABEL})*").fullmatch
_is_underscored = re.compile(rf"{_UNDERSCORED}(?:\.{_UNDERSCORED})*").fullmatch
_is_label_1035 = re.compile(r"[a-z](?:[-a-z0-9]*[a-z0-9])?").fullmatch
_is_name_part = re.compile(_NAME_PART).fullmatch
_is_config_key = re.compile(r"[-._a-zA-Z0-9]+").fullmatch
_is_env_name = re.compile(r"[-._a-zA-Z][-._a-zA-Z0-9]*").fullmatch
_is_relaxed_env_name = re.compile(r"[ -<>-~]+").fullmatch
_is_identifier = re.compile(r"[A-Za-z_][A-Za-z0-9_]*").fullmatch
_is_header = re.compile(r"[-A-Za-z0-9]+").fullmatch
_is_percent = re.compile(r"[0-9]+%").fullmatch
_is_port_charset = re.compile(r"[-a-z0-9]+").fullmatch
_is_url_path = re.compile(r"[A-Za-z0-9/\-._~%!$&'()*+,;=:]+").fullmatch

_LABEL_SAYS = (
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-',"
    " and must start and end with an alphanumeric character"
)
_SUBDOMAIN_SAYS = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or"
    " '.', and must start and end with an alphanumeric character"
)
_UNDERSCORED_SAYS = (
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-'"
    " or '.', and must start and end with an alphanumeric character"
)
_LABEL_1035_SAYS = (
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an"
    " alphabetic character, and end with an alphanumeric character"
)
_NAME_SAYS = (
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an"
    " alphanumeric character"
)
_VALUE_SAYS = f"a valid label must be an empty string or {_NAME_SAYS.removeprefix('must ')}"
_ENV_SAYS = (
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-',"
    " or '.', and must not start with a digit"
)
_RELAXED_ENV_SAYS = (
    "a valid environment variable name must consist only of printable ASCII characters"
    " other than '='"
)


@functools.lru_cache(maxsize=4096)
def dns_label(text: str) -> str | None:
    """What is wrong with an RFC 1123 label (`IsDNS1123Label`)."""
    if _is_label(text):
        return _length(text, 63)
    return "must not contain dots" if _is_subdomain(text) else _LABEL_SAYS


@functools.lru_cache(maxsize=4096)
def dns_subdomain(text: str) -> str | None:
    """What is wrong with an RFC 1123 subdomain, most objects' name (`IsDNS1123Subdomain`)."""
    return _length(text, 253) if _is_subdomain(text) else _SUBDOMAIN_SAYS


@functools.lru_cache(maxsize=4096)
def dns_subdomain_with_underscore(text: str) -> str | None:
    """What is wrong with a DNS search path (`IsDNS1123SubdomainWithUnderscore`)."""
    return _length(text, 253) if _is_underscored(text) else _UNDERSCORED_SAYS


@functools.lru_cache(maxsize=4096)
def dns_1035_label(text: str) -> str | None:
    """What is wrong with a DNS-1035 label, a Service's name (`IsDNS1035Label`)."""
    return _length(text, 63) if _is_label_1035(text) else _LABEL_1035_SAYS


@functools.lru_cache(maxsize=4096)
def qualified_name(text: str) -> str | None:
    """What is wrong with a label key, `[prefix/]name` (`IsQualifiedName`, `IsLabelKey`)."""
    prefix, slash, name = text.rpartition("/")
    if "/" in prefix:
        return f"a valid label key {_NAME_SAYS}, with an optional DNS subdomain prefix and '/'"
    if slash and not prefix:
        return "prefix part must be non-empty"
    fault = dns_subdomain(prefix) if slash else None
    if fault:
        return f"prefix part {fault}"
    if not name:
        return "name part must be non-empty"
    fault = _length(name, 63) if _is_name_part(name) else _NAME_SAYS
    return f"name part {fault}" if fault else None


label_key = qualified_name


@functools.lru_cache(maxsize=4096)
def prefixed_name(text: str) -> str | None:
    """What is wrong with a label key that needs its prefix (`IsDomainPrefixedKey`)."""
    fault = qualified_name(text)
    if fault or "/" in text:
        return fault
    return 'must be a domain-prefixed key (such as "acme.io/foo")'


@functools.lru_cache(maxsize=4096)
def annotation_key(text: str) -> str | None:
    """What is wrong with an annotation's key: a label key, the case of its prefix not counting.

    Source: `ValidateAnnotations` of apimachinery's pkg/api/validation/objectmeta.go.
    """
    return qualified_name(text.lower())


@functools.lru_cache(maxsize=4096)
def label_value(text: str) -> str | None:
    """What is wrong with a label's value; it may be empty (`IsValidLabelValue`)."""
    return _length(text, 63) if not text or _is_name_part(text) else _VALUE_SAYS


@functools.lru_cache(maxsize=4096)
def domain_path(text: str) -> str | None:
    """What is wrong with a path behind a domain, `acme.io/foo` (`IsDomainPrefixedPath`)."""
    host, _, path = text.partition("/")
    if not host or not path:
        return 'must be a domain-prefixed path (such as "acme.io/foo")'
    fault = dns_subdomain(host)
    if fault or _is_url_path(path):
        return fault
    return "Invalid path: only RFC 3986's path characters are allowed after the first '/'"


@functools.lru_cache(maxsize=4096)
def port_name(text: str) -> str | None:
    """What is wrong with a container port's name (`IsValidPortName`)."""
    if not _is_port_charset(text):
        return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)"
    if not re.search("[a-z]", text):
        return "must contain at least one letter (a-z)"
    if "--" in text:
        return "must not contain consecutive hyphens"
    if text[0] == "-" or text[-1] == "-":
        return "must not begin or end with a hyphen"
    return _length(text, 15)


@functools.lru_cache(maxsize=4096)
def env_name(text: str, relaxed: bool = True) -> str | None:
    """What is wrong with an environment variable's name.

    `relaxed` is how Kubernetes 1.32 and newer judge it (`IsRelaxedEnvVarName`), else as before
    (`IsEnvVarName`).
    """
    if not relaxed:
        return _dots(text) if _is_env_name(text) else _ENV_SAYS
    if not text:
        return "environment variable name must be non-empty"
    return None if _is_relaxed_env_name(text) else _RELAXED_ENV_SAYS


@functools.lru_cache(maxsize=4096)
def config_key(text: str) -> str | None:
    """What is wrong with a key of a ConfigMap or Secret (`IsConfigMapKey`)."""
    if not _is_config_key(text):
        return (
            "a valid config key must consist of alphanumeric characters, '-', '_' or '.',"
            " and must not be empty"
        )
    return _length(text, 253) or _dots(text)


def identifier(text: str) -> str | None:
    """What is wrong with an identifier as C has them (`IsCIdentifier`)."""
    if _is_identifier(text):
        return None
    return (
        "a valid C identifier must start with alphabetic character or '_', followed by a string"
        " of alphanumeric characters or '_'"
    )


def header_name(text: str) -> str | None:
    """What is wrong with an HTTP header's name (`IsHTTPHeaderName`)."""
    if _is_header(text):
        return None
    return "a valid HTTP header must consist of alphanumeric characters or '-'"


def percent(text: str) -> str | None:
    """What is wrong with a percentage, `25%` (`IsValidPercent`)."""
    if _is_percent(text):
        return None
    return "a valid percent string must be a numeric string followed by an ending '%'"


@functools.lru_cache(maxsize=1024)
def ip_address(text: str, strict: bool = True) -> str | None:
    """What is wrong with an IP address, IPv4 or IPv6.

    `strict` is Kubernetes with StrictIPCIDRValidation (on since 1.36): no leading zeros and no
    IPv4 address inside an IPv6 one.
    Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/validation/ip.go
    """
    import ipaddress  # spares start-up: few manifests name an address

    try:
        address = ipaddress.ip_address(text if strict else _without_leading_zeros(text))
    except ValueError:
        if strict and ip_address(text, strict=False) is None:
            return "must not have leading 0s"
        return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
    if "%" in text:
        return "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
    if strict and isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return "must not be an IPv4-mapped IPv6 address"
    return None


def trimmed(text: str) -> str:
    """The text without white space around it, as Go's strings.TrimSpace takes it away."""
    return text.strip(_SPACE)


def words(text: str) -> list[str]:
    """The parts of the text between white space, as Go's strings.Fields gives them."""
    return _words(text)


def masked_prefix(prefix: str) -> str:
    """The prefix of a name as it is judged: a dash at its end hides the byte before it.

    Of a letter of several bytes a broken rest is left, which no name may have in it.
    Source: `maskTrailingDash` of apimachinery's pkg/api/validation/generic.go.
    """
    if len(prefix) < 2 or not prefix.endswith("-"):
        return prefix
    return prefix[:-2] + ("a" if prefix[-2].isascii() else "\ufffda")


def _without_leading_zeros(text: str) -> str:
    """The address as Go before 1.17 read it, where `010.0.0.1` is 10.0.0.1."""
    return re.sub(r"(?<![0-9A-Fa-f])0+(?=[0-9A-Fa-f])", "", text)


def _length(text: str, limit: int) -> str | None:
    return f"must be no more than {limit} characters" if len(text) > limit else None


def _dots(text: str) -> str | None:
    """Names that a path would read as a folder (`hasChDirPrefix`)."""
    if text in {".", ".."}:
        return f"must not be '{text}'"
    return "must not start with '..'" if text.startswith("..") else None
