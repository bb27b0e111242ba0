"""Pictures of the centre's flows, for the console."""

from __future__ import annotations

from contactflow.compile import compile_ivr
from contactflow.draw import LANGUAGES, draw_svg
from trunkline.center import Center

from .ivr_document import describe_ivr
from .placeholders import placeholder_resources


def draw_flows(center: Center) -> dict[str, str]:
    """Draw every flow in every language of the console.

    Returns
    -------
    dict
        SVG by file: ``drawings/<language>/<flow>.svg``.
    """
    flows = compile_ivr(describe_ivr(center), placeholder_resources(center))
    return {
        f"drawings/{language}/{flow.name}.svg": draw_svg(
            flow.parse(), title=flow.name, language=language, sources=flow.sources
        )
        for language in LANGUAGES
        for flow in flows
    }
