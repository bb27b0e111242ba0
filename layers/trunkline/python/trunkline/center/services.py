"""Checking what is asked for, answered, transferred and offered: everything named exists and is used."""

from __future__ import annotations

from collections.abc import Iterator

from .place import Place

_OFFER_APART_SECONDS = 10


def check_services(center: Place) -> None:
    """Note inputs, answers, transfers, prompts and offers that lead nowhere, or that nothing leads to."""
    ivr = center["ivr"]
    targets = list(targets_of(ivr))
    _check_targets(center, targets)
    _check_answers(center)
    _check_inputs(ivr)
    _check_offers(ivr)
    _check_needs(ivr, targets)
    _check_uses(ivr["answers"], _named(targets, "answer"), "an option with answer: {name}, or no such answer")
    _check_uses(ivr["transfers"], _named(targets, "transfer"), "an option with transfer: {name}, or no such transfer")


def targets_of(ivr: Place) -> Iterator[Place]:
    """Yield every place that says where a caller goes: options, what follows silence, and closing."""
    for _, menu in ivr["menus"].entries():
        yield from (option for _, option in menu["options"].entries())
        yield menu["otherwise"]
    yield ivr["after_closed"]


def _check_targets(center: Place, targets: list[Place]) -> None:
    ivr = center["ivr"]
    for target in targets:
        target["answer"].refer(ivr["answers"].names() or [], "an answer defined under ivr.answers")
        target["transfer"].refer(ivr["transfers"].names() or [], "a transfer defined under ivr.transfers")
        target["voicemail"].refer(center["queues"].names(), "a queue defined under queues")


def _check_answers(center: Place) -> None:
    inputs = center["ivr"]["inputs"]
    endpoint = center["self_service"]["endpoint"]
    used = False
    for _, answer in center["ivr"]["answers"].entries():
        for key, encrypted in (("asks", False), ("verify", True)):
            name = answer[key]
            known = name.refer(inputs.names() or [], "an input defined under ivr.inputs")
            if known and (inputs[name.text or ""]["encrypted"].value is True) is not encrypted:
                _blame_secrecy(name, encrypted)
        if answer["source"].text == "endpoint":
            used = True
            if endpoint.value is None:
                answer["source"].blame("endpoint, but none is described", "self_service.endpoint with its url")
    if endpoint.value is not None and not used:
        endpoint.blame("an endpoint that no answer uses", "an answer with source: endpoint, or no endpoint")


def _blame_secrecy(name: Place, encrypted: bool) -> None:
    if encrypted:
        name.blame(f"{name.text}, which is not encrypted", "an input with encrypted: true, because it proves who calls")
    else:
        name.blame(f"{name.text}, which is encrypted", "an input that can be read, or verify: instead of asks:")


def _check_inputs(ivr: Place) -> None:
    answers = [answer for _, answer in ivr["answers"].entries()]
    used = _named(answers, "asks") | _named(answers, "verify")
    _check_uses(ivr["inputs"], used, "an answer with asks: {name} or verify: {name}, or no such input")


def _check_offers(ivr: Place) -> None:
    treatment = ivr["queue_treatment"]
    treatment["music"].refer(ivr["prompts"].names() or [], "a recording defined under ivr.prompts")
    before = 0
    for offer in treatment["offers"].items():
        after = offer["after_seconds"].number
        if after is None:
            continue
        if before and after < before + _OFFER_APART_SECONDS:
            offer["after_seconds"].blame(
                f"{after}, after an offer at {before}",
                f"offers in order of time, at least {_OFFER_APART_SECONDS} seconds apart",
            )
        before = after


def _check_needs(ivr: Place, targets: list[Place]) -> None:
    """Note a section that something needs, or that nothing needs."""
    offers = list(ivr["queue_treatment"]["offers"].items())
    verifying = next((answer["verify"] for _, answer in ivr["answers"].entries() if answer["verify"].text), None)
    leaving = [place["voicemail"] for place in (*targets, *offers)]
    calling_back = [offer["callback"] for offer in offers]
    _check_need(ivr["verification"], verifying, "verification", "an answer with verify:")
    _check_need(ivr["voicemail"], _first(leaving), "voicemail", "an option, after_closed or an offer with voicemail:")
    _check_need(ivr["callback"], _first(calling_back), "callback", "an offer with callback:")


def _check_need(section: Place, wanted: Place | None, name: str, user: str) -> None:
    if wanted is not None and section.value is None:
        wanted.blame(None, f"the key ivr.{name}, which says how that goes")
    if wanted is None and section.value is not None:
        section.blame(f"a {name} that nothing needs", f"{user}, or no ivr.{name}")


def _first(places: list[Place]) -> Place | None:
    return next((place for place in places if place.value is not None), None)


def _named(targets: list[Place], key: str) -> set[str]:
    return {name for target in targets if (name := target[key].text)}


def _check_uses(section: Place, used: set[str], expected: str) -> None:
    for name, place in section.entries():
        if name not in used:
            place.blame("nothing that leads to it", expected.format(name=name))
