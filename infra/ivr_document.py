"""Translates ``callcenter.yaml`` into the description that the flow compiler understands."""

from __future__ import annotations

import contactflow.compile as flows
from trunkline.center import AfterClosed, Center, Menu, Offer, Speech, Spoken, Target


def describe_ivr(center: Center) -> flows.IvrDocument:
    """Return the centre's IVR as the flow compiler's document."""
    ivr = center.ivr
    return flows.IvrDocument(
        languages=tuple(
            flows.Language(code, language.locale, language.voice) for code, language in center.languages.items()
        ),
        greeting=_texts(ivr.greeting),
        entry=ivr.entry,
        menus=tuple(_describe_menu(name, menu) for name, menu in ivr.menus.items()),
        closed=_texts(ivr.closed),
        unavailable=_texts(ivr.unavailable),
        invalid_choice=_texts(ivr.invalid_choice),
        recording_notice=_texts(ivr.recording_notice) if center.recording.enabled else None,
        language_menu=_describe_language_menu(center),
        queue_treatment=_describe_treatment(center),
        survey=flows.Survey(_texts(ivr.survey.prompt), _texts(ivr.survey.thanks), _optional_texts(ivr.survey.resolved)),
        record_calls=center.recording.enabled,
        after_closed=None if ivr.after_closed is None else _describe_after_closed(ivr.after_closed),
        inputs=_describe_inputs(center),
        answers=tuple(flows.Answer(topic, answer.asks, answer.verify) for topic, answer in ivr.answers.items()),
        verification=_describe_verification(center),
        transfers=_describe_transfers(center),
        voicemail=_describe_voicemail(center),
        callback=_describe_callback(center),
    )


def entry_hours(center: Center) -> str:
    """Return the name of the opening hours that are checked when a call comes in.

    They are those of the queue that callers of the entry menu reach who choose nothing: the queue that
    every call can end in.
    """
    target, seen = center.ivr.menus[center.ivr.entry].otherwise, {center.ivr.entry}
    while target.menu is not None and target.menu not in seen:
        seen.add(target.menu)
        target = center.ivr.menus[target.menu].otherwise
    queue = target.queue or target.voicemail or next(iter(center.queues))
    return center.queues[queue].hours


def _texts(speech: Speech) -> flows.Texts:
    return {code: _said(said) for code, said in speech.items()}


def _optional_texts(speech: Speech | None) -> flows.Texts | None:
    return None if speech is None else _texts(speech)


def _said(said: str | Spoken) -> flows.Said:
    if isinstance(said, str):
        return said
    return flows.Ssml(said.ssml) if said.ssml is not None else flows.Recorded(said.prompt or "")


def _describe_menu(name: str, menu: Menu) -> flows.Menu:
    return flows.Menu(
        name=name,
        prompt=_texts(menu.prompt),
        options=tuple(flows.Option(key, _describe_target(option)) for key, option in menu.options.items()),
        otherwise=_describe_target(menu.otherwise),
        timeout_seconds=menu.timeout_seconds,
        retries=menu.retries,
        speech=menu.speech,
        interruptible=menu.interruptible,
    )


def _describe_target(target: Target) -> flows.Target:
    if target.queue is not None:
        return flows.ToQueue(target.queue)
    if target.menu is not None:
        return flows.ToMenu(target.menu)
    if target.language is not None:
        return flows.ToLanguage(target.language)
    if target.say is not None:
        return flows.ToSay(_texts(target.say))
    return _describe_after_closed(target)


def _describe_after_closed(target: Target | AfterClosed) -> flows.AfterClosed:
    if target.voicemail is not None:
        return flows.ToVoicemail(target.voicemail)
    if target.transfer is not None:
        return flows.ToTransfer(target.transfer)
    return flows.ToAnswer(target.answer or "")


def _describe_language_menu(center: Center) -> flows.LanguageMenu | None:
    menu = center.ivr.language_menu
    return flows.LanguageMenu(_texts(menu.prompt), menu.options, menu.timeout_seconds) if menu is not None else None


def _describe_inputs(center: Center) -> tuple[flows.Input, ...]:
    return tuple(
        flows.Input(
            name=name,
            prompt=_texts(asked.prompt),
            max_digits=asked.max_digits,
            confirm=_optional_texts(asked.confirm),
            encrypted=asked.encrypted,
            retries=asked.retries,
            timeout_seconds=asked.timeout_seconds,
            invalid=_optional_texts(asked.invalid),
        )
        for name, asked in center.ivr.inputs.items()
    )


def _describe_verification(center: Center) -> flows.Verification | None:
    verification = center.ivr.verification
    if verification is None:
        return None
    return flows.Verification(_texts(verification.wrong), _texts(verification.locked), verification.attempts)


def _describe_transfers(center: Center) -> tuple[flows.Transfer, ...]:
    return tuple(
        flows.Transfer(name, transfer.number, _optional_texts(transfer.say), transfer.timeout_seconds)
        for name, transfer in center.ivr.transfers.items()
    )


def _describe_voicemail(center: Center) -> flows.Voicemail | None:
    voicemail = center.ivr.voicemail
    if voicemail is None:
        return None
    return flows.Voicemail(_texts(voicemail.prompt), _texts(voicemail.thanks), voicemail.max_seconds)


def _describe_callback(center: Center) -> flows.Callback | None:
    """Return how callbacks are agreed; local numbers are those of the country of the centre's first number."""
    callback = center.ivr.callback
    if callback is None:
        return None
    return flows.Callback(
        confirm_number=_texts(callback.confirm_number),
        enter_number=_texts(callback.enter_number),
        accepted=_texts(callback.accepted),
        country=next(iter(center.numbers.values())).country,
        attempts=callback.attempts,
        retry_minutes=callback.retry_minutes,
    )


def _describe_treatment(center: Center) -> flows.QueueTreatment:
    treatment = center.ivr.queue_treatment
    return flows.QueueTreatment(
        message=_texts(treatment.message),
        every_seconds=treatment.every_seconds,
        music=treatment.music,
        position=_optional_texts(treatment.position),
        expected_wait=_optional_texts(treatment.expected_wait),
        offers=tuple(_describe_offer(offer) for offer in treatment.offers),
    )


def _describe_offer(offer: Offer) -> flows.Offer:
    if offer.callback is not None:
        return flows.Offer("callback", offer.after_seconds, _texts(offer.callback), offer.key)
    return flows.Offer("voicemail", offer.after_seconds, _texts(offer.voicemail or {}), offer.key)
