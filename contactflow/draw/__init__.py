"""Draws flows, so that a call's way through one can be read at a glance: SVG and Mermaid."""

from contactflow.draw.mermaid import draw_mermaid
from contactflow.draw.overlay import OverlayError
from contactflow.draw.svg import draw_svg
from contactflow.draw.words import LANGUAGES, Language

__all__ = ["LANGUAGES", "Language", "OverlayError", "draw_mermaid", "draw_svg"]
