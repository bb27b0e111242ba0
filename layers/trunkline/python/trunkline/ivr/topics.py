"""Questions that the centre answers by itself: what each one asks, where its answer lies, how it is said. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from trunkline.ivr.hours import speak_opening_hours
from trunkline.ivr.inputs import InputRule, check_digits, read_rule
from trunkline.ivr.wording import WordingError, fill_sentence, list_fields

WITHHELD = "withheld"
"""Stands for the number of a caller who withheld it; no customer has it."""
ENDPOINT_SECONDS = 2
"""Seconds that the team's endpoint has for an answer, where ``callcenter.yaml`` sets none."""
LONGEST_SECRET = 8192
"""Longest encrypted input in characters; the digits of a PIN make about 1,500."""
_NEVER_READ = frozenset({"pin_hash", "pin_attempts", "pin_attempted_at"})


class QuestionError(ValueError):
    """The question cannot be looked up: it is not of this centre, or what the caller keyed does not fit it."""


@dataclass(frozen=True)
class Topic:
    """A question of ``ivr.answers``.

    Parameters
    ----------
    key
        Its name there.
    source
        ``hours``, ``customer`` (the Customers table) or ``endpoint`` (the team's own).
    found
        The answer by language, with names in braces.
    path
        Where the endpoint answers it, with ``{digits}``, ``{phone}`` or ``{language}`` in it.
    asks
        Name of the input that the caller keys first; empty where there is none.
    verify
        Name of the encrypted input that proves who calls; empty where anybody may know.
    """

    key: str
    source: str
    found: Mapping[str, str] = field(default_factory=dict)
    path: str = ""
    asks: str = ""
    verify: str = ""


@dataclass(frozen=True)
class Question:
    """What one caller wants to know.

    Parameters
    ----------
    topic
        Which question.
    language
        Code of a language of the centre.
    phone
        The caller's number in E.164 form; empty where it was withheld.
    digits
        What the caller keyed in the clear.
    secret
        What the caller keyed, as Amazon Connect encrypted it.
    verified
        Whether this call's caller has been verified already, as the flow says: it sets its contact attribute
        ``verified`` only after the workflow answered so, and nobody else but this account may invoke the function.
    """

    topic: Topic
    language: str
    phone: str = ""
    digits: str = ""
    secret: str = ""
    verified: bool = False

    @property
    def needs_proof(self) -> bool:
        """Whether the caller still has to show who they are."""
        return bool(self.topic.verify) and not self.verified

    def may_be_answered(self, outcome: str) -> bool:
        """Whether the caller may hear the answer, now that the workflow verified them with ``outcome``."""
        return outcome == "true" or not self.needs_proof


def find_topic(center: Mapping[str, Any], key: str) -> Topic:
    """Return the topic ``key`` of the centre.

    Raises
    ------
    QuestionError
        Naming the topics that there are.
    """
    answers: Mapping[str, Any] = (center.get("ivr") or {}).get("answers") or {}
    given = answers.get(key)
    if not isinstance(given, Mapping):
        raise QuestionError(f"no topic {key[:40]!r} in ivr.answers; known are {', '.join(sorted(answers)) or 'none'}")
    texts = {name: given.get(name) or "" for name in ("source", "path", "asks", "verify")}
    return Topic(key, found=given.get("found") or {}, **texts)


def spoken_language(center: Mapping[str, Any], language: str) -> str:
    """Return ``language`` where the centre speaks it, or else the centre's first one."""
    languages = list(center.get("languages") or {"en": {}})
    return language if language in languages else str(languages[0])


def make_request(question: Question, center: Mapping[str, Any]) -> dict[str, Any]:
    """Return the input of the workflow ``self_service``.

    Parameters
    ----------
    question
        What the caller wants to know.
    center
        The centre's document.

    Returns
    -------
    dict
        ``source``, ``verify``, ``verified``, ``phone``, ``secret``, ``fields`` and ``names`` (what is read of the
        customer: what the answer says and nothing else), ``url``, ``timeout_seconds`` and ``retries``.

    Raises
    ------
    QuestionError
        If the digits do not fit the input that the topic asks for, or the secret is too long for one.
    """
    if len(question.secret) > LONGEST_SECRET:
        raise QuestionError(f"encrypted input of {len(question.secret)} characters: longer than any PIN's")
    endpoint = (center.get("self_service") or {}).get("endpoint") or {}
    names = _name_fields(question)
    return {
        "source": question.topic.source,
        "verify": question.needs_proof,
        "verified": "true" if question.verified else "",
        "phone": question.phone or WITHHELD,
        "secret": question.secret if question.needs_proof else "",
        "fields": ", ".join(names),
        "names": names,
        "url": _make_url(question, center, str(endpoint.get("url") or "")),
        "timeout_seconds": endpoint.get("timeout_seconds") or ENDPOINT_SECONDS,
        "retries": endpoint.get("retries") or 0,
    }


def say_answer(question: Question, data: Mapping[str, Any], center: Mapping[str, Any]) -> str:
    """Return the answer in the caller's language.

    Raises
    ------
    WordingError
        If there is no sentence in that language, or what was found does not fill it.
    """
    if question.topic.source == "hours":
        hours = speak_opening_hours(center, question.language)
        if not hours:
            raise WordingError("the centre has no opening hours")
        return hours
    return fill_sentence(_sentence(question), data, question.language)


def _sentence(question: Question) -> str:
    sentence = question.topic.found.get(question.language)
    if not isinstance(sentence, str):
        raise WordingError(f"ivr.answers.{question.topic.key}.found.{question.language}: give a text")
    return sentence


def _name_fields(question: Question) -> dict[str, str]:
    if question.topic.source != "customer":
        return {"#0": "customer_id"}
    fields = [name for name in list_fields(_sentence(question)) if name not in _NEVER_READ]
    return {f"#{index}": name for index, name in enumerate(dict.fromkeys(["customer_id", *fields]))}


def _make_url(question: Question, center: Mapping[str, Any], base: str) -> str:
    if question.topic.source != "endpoint":
        return ""
    if not base:
        raise QuestionError("self_service.endpoint.url is missing, but a topic has source: endpoint")
    digits = _check_digits(question, center)
    filled = {"digits": digits, "phone": question.phone, "language": question.language}
    fields = list_fields(question.topic.path)
    missing = [name for name in fields if not filled.get(name)]
    if missing:
        raise QuestionError(f"ivr.answers.{question.topic.key}.path: {{{missing[0]}}} is not known of this caller")
    path = question.topic.path.format_map({name: quote(filled[name], safe="") for name in fields})
    return f"{base.rstrip('/')}/{path.lstrip('/')}"


def _check_digits(question: Question, center: Mapping[str, Any]) -> str:
    """Return the digits that the topic asks for; nothing else gets into an address."""
    if not question.topic.asks:
        return ""
    check = check_digits(read_rule(center, question.topic.asks) or InputRule(), question.digits)
    if not check.valid:
        raise QuestionError(f"the digits for {question.topic.asks} are refused: {check.reason}")
    return check.spoken.replace(" ", "")
