"""Where a flow asks for what nobody else may hear: numbers of cards, PINs, security codes.

What is asked for is told by the words of the question, in the languages of the house and the commonest others, by
the identifier of the action, and by the attribute that the answer goes to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from contactflow.lint.scene import Scene, parameters
from contactflow.model import Action, stores_input

INPUT = "StoredCustomerInput"
_OTHER_CARDS = re.compile(
    r"\b(gift|loyalty|member(ship)?|library|reward(s)?|club|business|punch|season)\s+cards?\b", re.I
)
_REFUSAL = re.compile(r"\b(do not|don't|never|not)\s+(enter|give|say|key|share|tell)\b[^.]*", re.I)
_WORDS = re.compile(
    r"\b(credit|debit|bank|payment|charge)[\s_-]*cards?\b|\bcard[\s_-]*(number|no|num|digits|details)\b|\bcvv2?\b|\bcvc\b"
    r"|\bcard[\s_-]*(security|verification)[\s_-]*code\b|\b(three|four|3|4)[\s-]*digit (security|verification) code\b"
    r"|\bsecurity code (on|of|from) (the|your)\b|\b(the|your|my|digit|secret|account|phone|bank)\s+pin\b"
    r"|\bpin\s*(number|code)\b|\bpersonal identification number\b|\bpass(code|word)\b|\bsocial security\b|\bssn\b"
    r"|kreditkarte|kartennummer|geheimzahl|carte (bancaire|de cr[eé]dit)|code secret|tarjeta de (cr[eé]dito|d[eé]bito)"
    r"|n[uú]mero de (su )?tarjeta|contrase[nñ]a|c[oó]digo pin|cart[aã]o de cr[eé]dito|carta di credito"
    r"|카드\s*번호|신용\s*카드|체크\s*카드|비밀\s*번호|보안\s*코드|주민\s*(등록)?\s*번호|カード番号|暗証番号|卡号|密码",
    re.I,
)
_CAPITAL_PIN = re.compile(r"\bP\.?I\.?N\b")
_NAMES = re.compile(
    r"^(pin|cvv2?|cvc|ssn|passcode|password|pan)$|\b(card (number|no|num|pan)|credit card|debit card|cc number"
    r"|pin (code|number)|card security code|(customer|account|user|entered|caller|card) pin)\b"
)


@dataclass(frozen=True, slots=True)
class SecretInput:
    """An action that asks for a secret and keeps the answer."""

    action: Action
    encrypted: bool
    evidence: str


def find_secret_inputs(scene: Scene) -> Iterator[SecretInput]:
    """Yield the actions that ask for a secret and keep what is entered."""
    for action in scene.of_type("GetParticipantInput"):
        if stores_input(action):
            evidence = _evidence(scene, action)
            if evidence is not None:
                encrypted = bool(parameters(action).get("InputEncryption"))
                yield SecretInput(action, encrypted, evidence)


def names_secret(name: str) -> bool:
    """Return whether a name is one that people give to a secret.

    Examples
    --------
    >>> [name for name in ("cardNumber", "PIN", "pinned", "shipping") if names_secret(name)]
    ['cardNumber', 'PIN']
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\W_]+", " ", name).strip().casefold()
    return _NAMES.search(words) is not None


def _evidence(scene: Scene, action: Action) -> str | None:
    said = _words(parameters(action)) or _said_before(scene, action)
    found = _asks_for_secret(said)
    if found:
        return f"the caller is asked for {found!r}"
    if names_secret(action.identifier):
        return f"the action is called {action.identifier!r}"
    taken = next((name for name in _taking_attributes(scene, action) if names_secret(name)), None)
    return None if taken is None else f"the attribute {taken!r} takes it"


def _asks_for_secret(text: str) -> str | None:
    plain = _OTHER_CARDS.sub(" ", _REFUSAL.sub(" ", re.sub(r"<[^>]*>", " ", text)))
    found = _WORDS.search(plain) or _CAPITAL_PIN.search(plain)
    return found.group() if found else None


def _words(fields: Any) -> str:
    return " ".join(str(fields[name]) for name in ("Text", "SSML") if isinstance(fields.get(name), str)).strip()


def _said_before(scene: Scene, action: Action) -> str:
    sources = {edge.source for edge in scene.graph.into[action.identifier]}
    messages = [scene.action(name) for name in sources if scene.action(name).type == "MessageParticipant"]
    return " ".join(_words(parameters(one)) for one in messages)


def _taking_attributes(scene: Scene, action: Action) -> Iterator[str]:
    following = action.next_action
    if following not in scene.graph.out or following is None:
        return
    reached = scene.graph.reach((following,), through=lambda name: not _is_question(scene.action(name)))
    for one in scene.of_type("UpdateContactAttributes"):
        attributes = parameters(one).get("Attributes")
        if one.identifier in reached and isinstance(attributes, dict):
            yield from (name for name, value in attributes.items() if INPUT in str(value))


def _is_question(action: Action) -> bool:
    return action.type == "GetParticipantInput" and stores_input(action)
