"""YAML syntax errors in plain words."""

from __future__ import annotations

import yaml

_SYNTAX_ADVICE = (
    ("'\\t'", "spaces for indentation, never tabs"),
    ("mapping values are not allowed", "text with a colon in quotes, and keys of one level indented alike"),
    ("could not find expected ':'", "a colon and a space after each key"),
    ("undefined alias", 'quotes around a key or text that begins with *, as in "*"'),
    ("expected alphabetic or numeric", 'quotes around a key or text that begins with * or &, as in "*"'),
    ("<block end>", "keys of one level indented alike, and text with a special first character in quotes"),
    ("expected ',' or '}'", "a comma between entries and a closing }"),
    ("expected ',' or ']'", "a comma between items and a closing ]"),
    ("end of stream", "a closing quote or bracket for each one opened"),
    ("cannot start any token", "quotes around text that begins with @, ` or %"),
    ("nesting without end", "values that contain other values, not themselves"),
    ("unknown escape", "single quotes around text with backslashes"),
    ("expected a single document", "one document in the file (no second ---)"),
    ("could not determine a constructor", "plain values without ! tags"),
)


def describe_syntax(error: yaml.MarkedYAMLError) -> str:
    """Return what the YAML parser stumbled over."""
    return " ".join(part for part in (error.context, error.problem) if part) or "text that is not YAML"


def explain_syntax(error: yaml.MarkedYAMLError) -> str:
    """Return what to write instead, in plain words."""
    described = describe_syntax(error)
    return next((advice for sign, advice in _SYNTAX_ADVICE if sign in described), "YAML text")
