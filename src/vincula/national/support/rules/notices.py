"""Notices to operadoras ("Aviso para Operadoras"): what they hold, and what is mailed (R064, R065). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.national.support.rules.declaring import is_link
from vincula.national.support.rules.letters import CHANNELS, DO_NOT_REPLY

TITLE = Line("TITULO_INVALIDO", "o título", 200, "Dê um título ao aviso.")
LINKS, LINK = 10, 500  # how many, and of how many characters
Link = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """`links`: text and address. A draft has no `publicado_em`; `enviados` mails were queued when it was published."""

    id: int
    titulo: str
    texto: str
    links: tuple[Link, ...]
    data: date
    publicado_em: datetime | None
    enviados: int


def links(text: str) -> Outcome[tuple[Link, ...]]:
    """One link in a line, "texto | https://…" or the address alone. Refused: LINK_INVALIDO, LINKS_DEMAIS."""
    found: list[Link] = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        said, _, address = line.rpartition("|")
        said, address = said.strip() or address.strip(), address.strip()
        if len(line) > LINK or not is_link(address) or not said.isprintable():
            return Refused(
                "LINK_INVALIDO",
                f"O link da linha {number} não é um endereço da web.",
                "Escreva como: texto do link | https://www.exemplo.gov.br/pagina",
            )
        found.append((said, address))
    if len(found) > LINKS:
        return Refused(
            "LINKS_DEMAIS", f"São {len(found)} links, e o limite é {LINKS}.", "Deixe os que importam."
        )
    return Accepted(tuple(found))


def written(those: tuple[Link, ...]) -> str:
    """As `links` reads them."""
    return "\n".join(address if said == address else f"{said} | {address}" for said, address in those)


UNKNOWN = Refused("AVISO_DESCONHECIDO", "Não há aviso com esse número.", "Veja a lista de avisos.")
PUBLISHED = Refused(
    "AVISO_PUBLICADO",
    "O aviso já foi publicado, e o que foi publicado não muda.",
    "Se ele tem um erro, publique outro que o corrija.",
)


def subject(one: Notice) -> str:
    return f"Aviso para Operadoras: {one.titulo}"


def letter(one: Notice) -> str:
    """What every operadora gets."""
    named = "\n".join(address if said == address else f"{said}: {address}" for said, address in one.links)
    channels = "\n".join(f"{name}: {where}" for name, where in CHANNELS)
    parts = (
        f"Aviso para Operadoras, {one.data:%d/%m/%Y}",
        one.titulo,
        one.texto,
        f"Links:\n{named}" if named else "",
        "-" * 60,
        DO_NOT_REPLY,
        f"Canais de relacionamento:\n{channels}",
    )
    return "\n\n".join(filter(None, parts)) + "\n"
