"""The answers to a PDQ question: PRPA_IN201306UV02 (to its cancel: `render_mcci` of `formats.hl7`).

Text, not trees: an answer is written some ten times faster so. Every value is escaped where it is put in. The default
namespace and no prefix (cadsus-services.md, section 9, rule 1); the envelope is put around it by `formats.soap`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from vincula.formats.hl7.header import render_acknowledgement, render_header, render_id
from vincula.formats.pdq.person import Match, render_subject
from vincula.formats.pdq.query import Continuation, Query
from vincula.formats.pdq.release import Release
from vincula.formats.soap import Mensagem

ANSWER = "PRPA_IN201306UV02"


def render_answer(
    query: Query,
    persons: Sequence[Match],
    *,
    release: Release,
    total: int,
    remaining: int,
    message_id: str,
    now: datetime,
) -> str:
    """The persons found, in their order: OK, or NF where there is none.

    `total` and `remaining`: how many the question finds in all, and how many come after these. For a continuation
    `query` is that of `continued`. `now`: local time of the installation.
    """
    if not persons:
        return render_not_found(query, message_id=message_id, now=now)
    subjects = "".join([render_subject(match, release) for match in persons])
    acknowledgement = render_acknowledgement(query.target, "AA")
    return _render(
        query,
        acknowledgement,
        subjects,
        ("OK", total, len(persons), remaining),
        message_id=message_id,
        now=now,
    )


def render_not_found(query: Query, *, message_id: str, now: datetime) -> str:
    """Nobody found: NF with the three quantities as 0 and no subject (rule 3)."""
    acknowledgement = render_acknowledgement(query.target, "AA")
    return _render(query, acknowledgement, "", ("NF", 0, 0, 0), message_id=message_id, now=now)


def render_application_error(
    asked: Query | Continuation,
    messages: Sequence[Mensagem],
    *,
    message_id: str,
    now: datetime,
    in_query: bool = False,
) -> str:
    """A refusal as pure IHE writes it: AE, or QE where it is the question that is wrong (`in_query`).

    Several clients read it as "no results" (section 8): only for who asked for it; to others, a fault.
    """
    acknowledgement = render_acknowledgement(asked.target, "AE", messages)
    quantities = ("QE" if in_query else "AE", 0, 0, 0)
    return _render(asked, acknowledgement, "", quantities, message_id=message_id, now=now)


def _render(
    asked: Query | Continuation,
    acknowledgement: str,
    subjects: str,
    quantities: tuple[str, int, int, int],
    *,
    message_id: str,
    now: datetime,
) -> str:
    code, total, current, remaining = quantities
    echo = asked.echo if isinstance(asked, Query) else ""
    return (
        f"{render_header(ANSWER, asked.target, acknowledgement, message_id, now)}"
        '<controlActProcess classCode="CACT" moodCode="EVN"><code code="PRPA_TE201306UV02"/>\n'
        f"{subjects}<queryAck>{render_id(asked.query_id.root, asked.query_id.extension, 'queryId')}"
        f'<queryResponseCode code="{code}"/><resultTotalQuantity value="{total}"/>'
        f'<resultCurrentQuantity value="{current}"/><resultRemainingQuantity value="{remaining}"/></queryAck>\n'
        f"{echo}</controlActProcess>\n</{ANSWER}>"
    )
