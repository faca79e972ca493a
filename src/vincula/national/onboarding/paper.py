"""The manuals and the infographic as PDF, made when asked for from the same text as the pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from markdown_it.token import Token
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle, getSampleStyleSheet
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    Image,
    KeepTogether,
    ListFlowable,
    ListItem,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from vincula.national.onboarding import drawing, guides

_MARGIN = 20 * mm
_AUTHOR = "Vincula"
_STYLES = getSampleStyleSheet()
_BODY = ParagraphStyle("corpo", parent=_STYLES["BodyText"], fontSize=10.5, leading=15, spaceAfter=6)
_CELL = ParagraphStyle("celula", parent=_BODY, fontSize=9.5, leading=12, spaceAfter=0)
_CAPTION = ParagraphStyle("legenda", parent=_CELL, textColor=colors.HexColor("#555555"), spaceAfter=8)
_CODE = ParagraphStyle("codigo", parent=_STYLES["Code"], fontSize=9, leading=12, leftIndent=0)
_GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.grey),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)
_MARKS = {
    "strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>", "link_close": "</u>",
    "softbreak": " ", "hardbreak": "<br/>",
}  # fmt: skip


@cache
def guide(name: str) -> bytes:
    """A manual on A4. Raises KeyError for a name that is none."""
    out = io.BytesIO()
    document = SimpleDocTemplate(
        out, pagesize=A4, title=guides.BY_NAME[name].title, author=_AUTHOR, lang="pt-BR",
        leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=_MARGIN, bottomMargin=_MARGIN,
    )  # fmt: skip
    document.build(list(_flowables(guides.tokens(name))), onFirstPage=_numbered, onLaterPages=_numbered)
    return out.getvalue()


def _numbered(canvas: Canvas, document: Any) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica", 8)
    canvas.drawRightString(A4[0] - _MARGIN, 10 * mm, f"{drawing.NOTE} Página {canvas.getPageNumber()}")
    canvas.restoreState()


def _flowables(tokens: list[Token]) -> Iterator[Flowable]:
    """What stands at the top level, in order."""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        end = _end(tokens, place)
        inside = tokens[place + 1 : end]
        if token.type == "heading_open":
            yield Paragraph(_inline(inside[0]), _STYLES[f"Heading{token.tag[1:]}"])
        elif token.type == "paragraph_open":
            yield _picture(inside[0]) or Paragraph(_inline(inside[0]), _BODY)
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield _list(token, inside)
        elif token.type == "table_open":
            yield _table(inside)
        elif token.type in ("fence", "code_block"):
            yield Paragraph(escape(token.content).replace("\n", "<br/>"), _CODE)
        place = end + 1


def _picture(token: Token) -> Flowable | None:
    """A paragraph that is one picture: as wide as the text, with what it shows in words below it."""
    children = token.children or []
    if [one.type for one in children] != ["image"]:
        return None
    width = A4[0] - 2 * _MARGIN
    shown = Image(io.BytesIO(guides.picture(children[0])))
    shown.drawHeight, shown.drawWidth = shown.imageHeight * width / shown.imageWidth, width
    return KeepTogether([shown, Paragraph(escape(children[0].content), _CAPTION)])


def _end(tokens: list[Token], place: int) -> int:
    """Where what opens here closes; itself where it does not nest."""
    if tokens[place].nesting != 1:
        return place
    level = tokens[place].level
    return next(
        n for n in range(place + 1, len(tokens)) if tokens[n].level == level and tokens[n].nesting == -1
    )


def _list(token: Token, inside: list[Token]) -> Flowable:
    items: list[Any] = []
    place = 0
    while place < len(inside):
        end = _end(inside, place)
        items.append(ListItem(list(_flowables(inside[place + 1 : end]))))
        place = end + 1
    ordered = token.type == "ordered_list_open"
    return ListFlowable(items, bulletType="1" if ordered else "bullet", leftIndent=16)


def _table(inside: list[Token]) -> Flowable:
    rows: list[list[Paragraph]] = []
    for token in inside:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(Paragraph(_inline(token), _CELL))
    width = (A4[0] - 2 * _MARGIN) / len(rows[0])
    table = Table(rows, colWidths=[width] * len(rows[0]), repeatRows=1)
    table.setStyle(_GRID)
    return table


def _inline(token: Token) -> str:
    """What a paragraph of reportlab understands."""
    parts = []
    for one in token.children or ():
        if one.type == "code_inline":
            parts.append(f'<font face="Courier">{escape(one.content)}</font>')
        elif one.type == "link_open":
            parts.append("<u>")
        else:
            parts.append(_MARKS.get(one.type, escape(one.content)))
    return "".join(parts)


@cache
def infographic() -> bytes:
    """The six steps on one A4, lying."""
    out = io.BytesIO()
    width, height = landscape(A4)
    canvas = Canvas(out, pagesize=(width, height), lang="pt-BR")
    canvas.setTitle(drawing.TITLE)
    canvas.setAuthor(_AUTHOR)
    canvas.setFillColor(colors.HexColor(drawing.BLUE))
    canvas.setFont("Helvetica-Bold", 22)
    canvas.drawString(_MARGIN, height - 22 * mm, drawing.TITLE)
    canvas.setFillColor(colors.HexColor(drawing.INK))
    canvas.setFont("Helvetica", 13)
    canvas.drawString(_MARGIN, height - 30 * mm, drawing.SUBTITLE)
    gap = 6 * mm
    box = (width - 2 * _MARGIN - (drawing.COLUMNS - 1) * gap) / drawing.COLUMNS, 62 * mm
    for place, step in enumerate(drawing.boxes()):
        x = _MARGIN + place % drawing.COLUMNS * (box[0] + gap)
        y = height - 38 * mm - (place // drawing.COLUMNS + 1) * box[1] - place // drawing.COLUMNS * gap
        _paper_box(canvas, f"{step.number}. {step.heading}", step.text, (x, y), box)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(_MARGIN, 12 * mm, drawing.NOTE)
    canvas.save()
    return out.getvalue()


def _paper_box(
    canvas: Canvas, heading: str, text: str, corner: tuple[float, float], size: tuple[float, float]
) -> None:
    canvas.setFillColor(colors.HexColor(drawing.PALE))
    canvas.setStrokeColor(colors.HexColor(drawing.BLUE))
    canvas.roundRect(*corner, *size, 8, fill=1)
    inner = size[0] - 10 * mm
    top = corner[1] + size[1] - 5 * mm
    title = ParagraphStyle(
        "titulo", parent=_BODY, fontName="Helvetica-Bold", textColor=colors.HexColor(drawing.BLUE)
    )
    for flowable in (Paragraph(escape(heading), title), Spacer(1, 2 * mm), Paragraph(escape(text), _BODY)):
        _, height = flowable.wrap(inner, size[1])
        flowable.drawOn(canvas, corner[0] + 5 * mm, top - height)
        top -= height
