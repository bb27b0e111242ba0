"""Every text of a described IVR, with its key path."""

from __future__ import annotations

from collections.abc import Iterator

from contactflow.compile.document import IvrDocument
from contactflow.compile.speech import Texts
from contactflow.compile.targets import ToSay


def texts_of(document: IvrDocument) -> Iterator[tuple[str, Texts]]:
    """Yield the key path and the text, in each language, of everything that an IVR says."""
    for path, texts in _optional_texts_of(document):
        if texts is not None:
            yield f"{document.root}.{path}", texts


def _optional_texts_of(document: IvrDocument) -> Iterator[tuple[str, Texts | None]]:
    yield "greeting", document.greeting
    yield "closed", document.closed
    yield "unavailable", document.unavailable
    yield "invalid_choice", document.invalid_choice
    yield "recording_notice", document.recording_notice
    if document.language_menu is not None:
        yield "language_menu.prompt", document.language_menu.prompt
    yield from _menu_texts(document)
    yield from _service_texts(document)
    yield from _waiting_texts(document)
    if document.survey is not None:
        yield "survey.prompt", document.survey.prompt
        yield "survey.thanks", document.survey.thanks
        yield "survey.resolved", document.survey.resolved


def _menu_texts(document: IvrDocument) -> Iterator[tuple[str, Texts | None]]:
    for menu in document.menus:
        path = f"menus.{menu.name}"
        yield f"{path}.prompt", menu.prompt
        for option in menu.options:
            if isinstance(option.target, ToSay):
                yield f"{path}.options.{option.key}.say", option.target.texts
        if isinstance(menu.otherwise, ToSay):
            yield f"{path}.otherwise.say", menu.otherwise.texts


def _service_texts(document: IvrDocument) -> Iterator[tuple[str, Texts | None]]:
    for asked in document.inputs:
        yield f"inputs.{asked.name}.prompt", asked.prompt
        yield f"inputs.{asked.name}.confirm", asked.confirm
        yield f"inputs.{asked.name}.invalid", asked.invalid
    if document.verification is not None:
        yield "verification.wrong", document.verification.wrong
        yield "verification.locked", document.verification.locked
    for transfer in document.transfers:
        yield f"transfers.{transfer.name}.say", transfer.say
    if document.voicemail is not None:
        yield "voicemail.prompt", document.voicemail.prompt
        yield "voicemail.thanks", document.voicemail.thanks
    if document.callback is not None:
        yield "callback.confirm_number", document.callback.confirm_number
        yield "callback.enter_number", document.callback.enter_number
        yield "callback.accepted", document.callback.accepted


def _waiting_texts(document: IvrDocument) -> Iterator[tuple[str, Texts | None]]:
    treatment = document.queue_treatment
    if treatment is None:
        return
    yield "queue_treatment.message", treatment.message
    yield "queue_treatment.position", treatment.position
    yield "queue_treatment.expected_wait", treatment.expected_wait
    for number, offer in enumerate(treatment.offers):
        yield f"queue_treatment.offers[{number}].{offer.kind}", offer.texts
