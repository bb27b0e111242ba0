"""Words for what a flow says, asks and names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any, cast

from contactflow.model.names import name_resource
from contactflow.run import effects as fx

_TAG = re.compile(r"<[^<>]*>")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def press(collect: fx.Collect, typed: str) -> str:
    """Return the keys that a flow gets of what was typed: up to its terminator or length, after a cancel key.

    Examples
    --------
    >>> press(fx.Collect(None, 4, 5, 5, "#", True, cancel_key="*"), "12*3456789#")
    '3456'
    """
    keys = ""
    for key in typed:
        if key == collect.cancel_key:
            keys = ""
        elif key in (collect.terminator or ""):
            break
        else:
            keys += key
        if len(keys) >= collect.max_digits:
            break
    return keys


def word_message(say: fx.Say) -> str:
    """Return what a caller hears of a message: words without their markup, a recording by its name in brackets."""
    words = say.text or say.ssml
    if not words:
        return f"[{name_resource(say.prompt_id or say.media_uri or '')}]"
    return " ".join(_TAG.sub(" ", words).split()) or "[silence]"


def word_question(collect: fx.Collect) -> str:
    """Return which keys a flow waits for, and how long."""
    if collect.max_digits == 1 and not collect.store:
        return f"one key within {collect.timeout_seconds:g} s"
    ends = f", then {collect.terminator}" if collect.terminator else ""
    return f"up to {collect.max_digits} keys{ends}, within {collect.timeout_seconds:g} s"


def name_action(identifier: str) -> str:
    """Return an action's identifier, the first digits of it where it is a UUID.

    Examples
    --------
    >>> name_action("welcome"), name_action("4f7bfe49-a7af-4a0a-a1ad-87c19de19351")
    ('welcome', '4f7bfe49')
    """
    return identifier[:8] if _UUID.fullmatch(identifier) else identifier


def word_setting(effect: fx.Effect) -> str:
    """Return a setting in words."""
    word = _SETTINGS.get(type(effect))
    return _word_fields(effect) if word is None else word(effect)


def _word_values(given: Mapping[str, Any]) -> str:
    return "sets " + ", ".join(f"{name} = {value}" for name, value in given.items())


def _word_recording(effect: fx.SetRecording) -> str:
    recorded = [*effect.participants, *(["the automated part"] if effect.ivr else [])]
    return f"records {' and '.join(recorded)}" if recorded else "stops recording"


def _word_fields(effect: fx.Effect) -> str:
    given = {item.name: getattr(effect, item.name) for item in fields(cast("Any", effect))}
    told = ", ".join(f"{name} {value}" for name, value in given.items() if value not in (None, (), {}, ""))
    name = re.sub("(?<!^)(?=[A-Z])", " ", type(effect).__name__).lower()
    return f"{name}: {told}" if told else name


_SETTINGS: Mapping[type[fx.Effect], Callable[[Any], str]] = {
    fx.SetVoice: lambda effect: f"speaks with the voice {effect.voice}",
    fx.SetAttributes: lambda effect: _word_values(effect.attributes),
    fx.SetContactData: lambda effect: _word_values(effect.values),
    fx.SetRecording: _word_recording,
    fx.SetLogging: lambda effect: f"flow logs {'on' if effect.enabled else 'off'}",
    fx.SetHook: lambda effect: f"on {effect.event}: the flow {name_resource(effect.flow_id)}",
    fx.SetCallbackNumber: lambda effect: f"will call back {effect.number}",
}
