"""Colours in light and dark, and the shape of each kind of action."""

from __future__ import annotations

from contactflow.draw.kinds import Kind

_LIGHT = {
    "ground": "#ffffff", "text": "#101828", "quiet": "#5d6675", "frame": "#c9d0da", "frame-fill": "#fafbfc",
    "participant": "#1f6fd1", "participant-fill": "#e7f1fe", "setting": "#7b8794", "setting-fill": "#eff2f5",
    "branch": "#b97900", "branch-fill": "#fff4d9", "integration": "#7d3fc8", "integration-fill": "#f3ebfd",
    "terminate": "#0b7a5f", "terminate-fill": "#dff5ec", "way": "#4a5565", "error": "#a2abb8", "repeat": "#0b8a99",
    "bad": "#d92d20", "bad-fill": "#fdecea", "partly": "#b54708", "taken": "#e0440e", "taken-text": "#ffffff",
}  # fmt: skip
_DARK = {
    "ground": "#161d26", "text": "#eef1f5", "quiet": "#a9b2bf", "frame": "#465160", "frame-fill": "#1b232e",
    "participant": "#6aa9f7", "participant-fill": "#15304f", "setting": "#93a0ae", "setting-fill": "#27303b",
    "branch": "#eab13c", "branch-fill": "#3c2f10", "integration": "#bd93f9", "integration-fill": "#322046",
    "terminate": "#4cc9a4", "terminate-fill": "#123a30", "way": "#b6c0cc", "error": "#6c7786", "repeat": "#3fc1d0",
    "bad": "#ff8a80", "bad-fill": "#48201d", "partly": "#f7b26a", "taken": "#ff7a3d", "taken-text": "#161d26",
}  # fmt: skip

_RULES = """
.cf-flow{background:var(--cf-ground);font-family:Arial,"Liberation Sans",Helvetica,"Noto Sans KR","Noto Sans CJK KR",
"Apple SD Gothic Neo","Malgun Gothic",sans-serif}
.cf-flow text{fill:var(--cf-text)}
.cf-flow .cf-quiet,.cf-flow .cf-row-error text,.cf-flow .cf-row-jump text{fill:var(--cf-quiet)}
.cf-flow .cf-frame{fill:var(--cf-frame-fill);stroke:var(--cf-frame)}
.cf-flow .cf-shape,.cf-flow .cf-mark{stroke:var(--cf-kind);fill:var(--cf-kind-fill);stroke-width:1.4}
.cf-flow .cf-mark{fill:none}
.cf-flow .cf-unreachable .cf-shape{stroke-dasharray:5 3}
.cf-flow .cf-missing{--cf-kind:var(--cf-bad);--cf-kind-fill:var(--cf-bad-fill)}
.cf-flow .cf-path{fill:none;stroke:var(--cf-line);stroke-width:1.5}
.cf-flow .cf-tip{fill:var(--cf-line)}
.cf-flow .cf-line{--cf-line:var(--cf-way)}
.cf-flow .cf-line-repeat{--cf-line:var(--cf-repeat)}
.cf-flow .cf-line-error{--cf-line:var(--cf-error)}
.cf-flow .cf-line-error .cf-path{stroke-width:1;stroke-dasharray:4 3}
.cf-flow .cf-line-uncovered{--cf-line:var(--cf-bad)}
.cf-flow .cf-badge rect{fill:var(--cf-quiet)}
.cf-flow .cf-badge text{fill:var(--cf-ground)}
.cf-flow .cf-badge-partly rect{fill:var(--cf-partly)}
.cf-flow .cf-badge-uncovered rect{fill:var(--cf-bad)}
.cf-flow .cf-step rect{fill:var(--cf-taken)}
.cf-flow .cf-step text{fill:var(--cf-taken-text)}
.cf-flow .cf-hatch{fill:url(#cf-hatch);display:none;pointer-events:none}
.cf-flow .cf-uncovered .cf-hatch{display:inline}
.cf-flow .cf-uncovered .cf-shape{stroke:var(--cf-bad);fill:var(--cf-bad-fill)}
.cf-flow .cf-row-uncovered text{fill:var(--cf-bad)}
.cf-flow .cf-visited .cf-shape{stroke:var(--cf-taken);stroke-width:3}
.cf-flow .cf-taken{--cf-line:var(--cf-taken)}
.cf-flow .cf-taken .cf-path{stroke-width:3;stroke-dasharray:none}
.cf-flow .cf-taken text{fill:var(--cf-taken)}
.cf-flow [tabindex]:focus-visible{outline:2px solid var(--cf-taken)}
"""


def style_sheet() -> str:
    """Return the CSS of a drawing.

    The reader's colour scheme decides between light and dark, unless the drawing has ``data-theme``.
    """
    kinds = "".join(
        f".cf-flow .cf-{kind}{{--cf-kind:var(--cf-{kind});--cf-kind-fill:var(--cf-{kind}-fill)}}"
        for kind in ("participant", "setting", "branch", "integration", "terminate")
    )
    light, dark = _variables(_LIGHT), _variables(_DARK)
    return (
        f".cf-flow{{{light}}}@media (prefers-color-scheme:dark){{.cf-flow:not([data-theme=light]){{{dark}}}}}"
        f".cf-flow[data-theme=dark]{{{dark}}}{kinds}{_RULES.strip()}"
    ).replace("\n", "")


def shape_path(kind: Kind, x: float, y: float, width: float, height: float) -> str:
    """Return the outline of a card: a word balloon, a sheet, a lozenge, a framed box or a pill.

    Parameters
    ----------
    x, y
        Its top left corner, in pixels.
    """
    if kind == "branch":
        cut = min(9.0, height / 2)
        return (
            f"M{x + cut:g} {y:g}h{width - 2 * cut:g}l{cut:g} {cut:g}v{height - 2 * cut:g}l{-cut:g} {cut:g}"
            f"h{2 * cut - width:g}l{-cut:g} {-cut:g}v{2 * cut - height:g}z"
        )
    corner = {"participant": 8.0, "setting": 0.0, "integration": 2.0, "terminate": min(15.0, height / 2)}[kind]
    arc = f"a{corner:g} {corner:g} 0 0 1"
    return (
        f"M{x + corner:g} {y:g}h{width - 2 * corner:g}{arc} {corner:g} {corner:g}v{height - 2 * corner:g}"
        f"{arc} {-corner:g} {corner:g}h{2 * corner - width:g}{arc} {-corner:g} {-corner:g}"
        f"v{2 * corner - height:g}{arc} {corner:g} {-corner:g}z"
    )


def mark_path(kind: Kind, x: float, y: float) -> str:
    """Return the sign of a kind, drawn in a square of 12 pixels whose top left corner is ``x, y``."""
    return {
        "participant": f"M{x:g} {y + 1:g}h12v8h-6l-3.5 3v-3h-2.5z",
        "setting": f"M{x:g} {y + 3:g}h12M{x:g} {y + 9:g}h12M{x + 8:g} {y + 1:g}v4M{x + 4:g} {y + 7:g}v4",
        "branch": f"M{x:g} {y + 6:g}h4l7 -4.5M{x + 4:g} {y + 6:g}l7 4.5",
        "integration": f"M{x + 4:g} {y + 1:g}l-4 5l4 5M{x + 8:g} {y + 1:g}l4 5l-4 5",
        "terminate": f"M{x + 1:g} {y + 1:g}h10v10h-10zM{x + 4:g} {y + 6:g}h4",
    }[kind]


def _variables(colours: dict[str, str]) -> str:
    return ";".join(f"--cf-{name}:{colour}" for name, colour in colours.items())
