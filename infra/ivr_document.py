"""Translates ``callcenter.yaml`` into the description that the flow compiler understands."""

from __future__ import annotations

import contactflow.compile as flows
from trunkline.center import Center, Menu, Target


def describe_ivr(center: Center) -> flows.IvrDocument:
    """Return the centre's IVR as the flow compiler's document."""
    ivr = center.ivr
    return flows.IvrDocument(
        languages=tuple(
            flows.Language(code, language.locale, language.voice) for code, language in center.languages.items()
        ),
        greeting=ivr.greeting,
        entry=ivr.entry,
        menus=tuple(_describe_menu(name, menu) for name, menu in ivr.menus.items()),
        closed=ivr.closed,
        unavailable=ivr.unavailable,
        invalid_choice=ivr.invalid_choice,
        recording_notice=ivr.recording_notice if center.recording.enabled else None,
        language_menu=_describe_language_menu(center),
        queue_treatment=flows.QueueTreatment(ivr.queue_treatment.message, ivr.queue_treatment.every_seconds),
        survey=flows.Survey(ivr.survey.prompt, ivr.survey.thanks),
        record_calls=center.recording.enabled,
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
    queue = target.queue or next(iter(center.queues))
    return center.queues[queue].hours


def _describe_menu(name: str, menu: Menu) -> flows.Menu:
    return flows.Menu(
        name=name,
        prompt=menu.prompt,
        options=tuple(flows.Option(key, _describe_target(option)) for key, option in menu.options.items()),
        otherwise=_describe_target(menu.otherwise),
        timeout_seconds=menu.timeout_seconds,
        retries=menu.retries,
        speech=menu.speech,
    )


def _describe_target(target: Target) -> flows.Target:
    if target.queue is not None:
        return flows.ToQueue(target.queue)
    if target.menu is not None:
        return flows.ToMenu(target.menu)
    if target.answer is not None:
        return flows.ToAnswer(target.answer)
    assert target.language is not None
    return flows.ToLanguage(target.language)


def _describe_language_menu(center: Center) -> flows.LanguageMenu | None:
    menu = center.ivr.language_menu
    return flows.LanguageMenu(menu.prompt, menu.options, menu.timeout_seconds) if menu is not None else None
