"""What a ``callcenter.yaml`` tells an offline test: its bot's phrases and keys, and where each action comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from cli.flow.inputs import CENTER, CENTER_SUFFIXES, FlowFile, Source
from cli.flow.known_flows import find_flows
from contactflow.testing import FlowLibrary, HostDefaults, PhraseBot, Place

Sources = Mapping[Place, tuple[str, Source]]
"""File and source of a flow's action."""


ALWAYS_OPEN, NEVER_OPEN = "${hours.tests_always_open}", "${hours.tests_never_open}"
"""Hours of operation that are deployed for test cases, so that these do not depend on the time of day."""


def build_host(paths: Sequence[Path], *, agent_answers_after_seconds: float | None = None) -> HostDefaults:
    """Return what answers offline: a quiet day, and the bot of the call centres among ``paths``."""
    centers = [path for path in paths or (CENTER,) if path.suffix.lower() in CENTER_SUFFIXES]
    return HostDefaults(
        hours={ALWAYS_OPEN: True, NEVER_OPEN: False},
        bot=build_bot(centers[0]) if centers else None,
        agent_answers_after_seconds=agent_answers_after_seconds,
    )


def build_bot(path: Path) -> PhraseBot | None:
    """Return the bot that the menus of a call centre listen by, None where it cannot be read."""
    from contactflow.compile import intent_name, key_intent_name
    from trunkline.center import CenterError, load_center

    try:
        menus = load_center(path).ivr.menus
    except CenterError:
        return None
    options = [(name, key, option) for name, menu in menus.items() for key, option in menu.options.items()]
    return PhraseBot(
        {
            phrase: intent_name(name, key)
            for name, key, option in options
            for phrases in option.phrases.values()
            for phrase in phrases
        },
        {key: key_intent_name(key) for _, key, _ in options},
    )


def build_library(files: Sequence[FlowFile]) -> FlowLibrary:
    """Return the flows that could be read, found by all that other flows call them by."""
    flows = {file.name: file.flow for file in files if file.flow is not None}
    names = {id(flow): name for name, flow in flows.items()}
    return FlowLibrary(flows, {key: names[id(flow)] for key, flow in find_flows(files).items() if id(flow) in names})


def map_sources(files: Iterable[FlowFile]) -> Sources:
    """Return where the actions of the flows come from."""
    return {
        Place(file.name, identifier): (str(file.path), source)
        for file in files
        for identifier, source in file.sources.items()
    }
