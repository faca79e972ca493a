"""The infographic, our own: six numbered boxes, in the order in which they are gone through. The PDF is `paper`."""

from __future__ import annotations

from html import escape
from textwrap import wrap

from vincula.national.onboarding.facts import Facts
from vincula.national.onboarding.rules import Step, steps

TITLE = "ACESSO AO CADSUS WEB"
SUBTITLE = "Os seis passos de uma operadora de plano de saúde"
NOTE = "Vincula: não é um sistema oficial."
BLUE, PALE, INK = "#0d4195", "#eef3fc", "#1b1b1b"
COLUMNS = 3
_BOX, _GAP, _TOP = (340, 224), 24, 110
_WIDTH = COLUMNS * _BOX[0] + (COLUMNS + 1) * _GAP


def boxes() -> tuple[Step, ...]:
    """The steps as nobody in particular sees them."""
    return steps(Facts(entered=False))


def svg() -> str:
    """The drawing, whose text is text: it can be read aloud and searched."""
    told = boxes()
    rows = -(-len(told) // COLUMNS)
    height = _TOP + rows * (_BOX[1] + _GAP) + 40
    words = " ".join(f"{one.number}. {one.heading}: {one.text}" for one in told)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" viewBox="0 0 {_WIDTH} {height}"'
        f' role="img" aria-labelledby="t d" font-family="Arial, Helvetica, sans-serif" fill="{INK}">',
        f'<title id="t">{TITLE}: {SUBTITLE}</title><desc id="d">{escape(words)}</desc>',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_GAP}" y="46" font-size="32" font-weight="700" fill="{BLUE}">{TITLE}</text>',
        f'<text x="{_GAP}" y="80" font-size="20">{SUBTITLE}</text>',
        *(_box(one, place) for place, one in enumerate(told)),
        f'<text x="{_GAP}" y="{height - 14}" font-size="15">{NOTE}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _box(step: Step, place: int) -> str:
    x = _GAP + place % COLUMNS * (_BOX[0] + _GAP)
    y = _TOP + place // COLUMNS * (_BOX[1] + _GAP)
    heading = wrap(step.heading, 21)
    lines = wrap(step.text, 35)
    below = y + 88  # of a heading of two lines
    return "".join(
        (
            f'<rect x="{x}" y="{y}" width="{_BOX[0]}" height="{_BOX[1]}" rx="10" fill="{PALE}" stroke="{BLUE}"/>',
            f'<circle cx="{x + 30}" cy="{y + 32}" r="18" fill="{BLUE}"/>',
            f'<text x="{x + 30}" y="{y + 39}" font-size="20" font-weight="700" fill="#ffffff"'
            f' text-anchor="middle">{step.number}</text>',
            _text(x + 60, y + 32, heading, 18, 23, "700"),
            _text(x + 16, below, lines, 17, 24, "400"),
        )
    )


def _text(x: int, y: int, lines: list[str], size: int, leading: int, weight: str) -> str:
    spans = "".join(
        f'<tspan x="{x}" y="{y + n * leading}">{escape(one)}</tspan>' for n, one in enumerate(lines)
    )
    return f'<text font-size="{size}" font-weight="{weight}">{spans}</text>'
