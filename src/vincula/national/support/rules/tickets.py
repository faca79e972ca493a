"""A ticket (chamado): its areas, its states, what may be done with it in which. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from vincula.common.lines import Line
from vincula.common.outcomes import Accepted, Outcome, Refused

TEXT = 4_000  # characters of a message
SUBJECT = Line("ASSUNTO_INVALIDO", "o assunto", 150, "Diga em poucas palavras de que se trata.")
TECHNICAL_AREA = Line("AREA_INVALIDA", "a área técnica", 150, "Diga a que área técnica a consulta vai.")


class Area(StrEnum):
    """Who the question is for. R055: technical doubts of CadSUS Web; R058: those of the API."""

    CADSUS_WEB = "cadsus-web"
    SGOP = "sgop"
    CNES = "cnes"
    GOVBR = "govbr"
    API = "api"
    SIB = "sib"
    OUTROS = "outros"

    @property
    def nome(self) -> str:
        return _NAMES[self]


_NAMES = {
    Area.CADSUS_WEB: "Suporte ao Usuário – CadSUS Web",
    Area.SGOP: "SGOP: administrador, operadores e computadores",
    Area.CNES: "CNES: cadastro do estabelecimento",
    Area.GOVBR: "Conta GOV.BR",
    Area.API: "Suporte Técnico do CadSUS: API do CNS",
    Area.SIB: "SIB: arquivos, competências e CNS atribuído",
    Area.OUTROS: "Outro assunto",
}


class Estado(StrEnum):
    ABERTO = "ABERTO"
    EM_ANALISE = "EM_ANALISE"
    RESPONDIDO = "RESPONDIDO"
    ENCERRADO = "ENCERRADO"

    @property
    def nome(self) -> str:
        return {"EM_ANALISE": "EM ANÁLISE"}.get(self.value, self.value)


class Tipo(StrEnum):
    """What a message of a ticket is."""

    PERGUNTA = "PERGUNTA"
    COMPLEMENTO = "COMPLEMENTO"
    ENCAMINHAMENTO = "ENCAMINHAMENTO"
    RESPOSTA = "RESPOSTA"
    ENCERRAMENTO = "ENCERRAMENTO"


@dataclass(frozen=True, slots=True)
class Message:
    """What was said, when; `da_equipe`: by the team. Its repr tells no text."""

    tipo: Tipo
    texto: str = field(repr=False)
    em: datetime
    da_equipe: bool


@dataclass(frozen=True, slots=True)
class Ticket:
    """`numero`: AAAAMMDDNNNNNNNN (R059). `quem`: the CPF of who asked while logged in, or ""; `contato`: an e-mail.
    `encaminhado_a`: the technical area that it went to (R061), or "". Its repr tells nothing personal."""

    numero: str
    area: Area
    assunto: str = field(repr=False)
    quem: str = field(repr=False)
    contato: str = field(repr=False)
    estado: Estado
    encaminhado_a: str
    aberto_em: datetime
    atualizado_em: datetime
    messages: tuple[Message, ...] = field(default=(), repr=False)

    @property
    def open(self) -> bool:
        return self.estado is not Estado.ENCERRADO

    @property
    def pergunta(self) -> str:
        """The question as it was asked at first."""
        return next((one.texto for one in self.messages if one.tipo is Tipo.PERGUNTA), "")


def is_number(text: str) -> bool:
    """Whether it can be a ticket's number: 16 ASCII digits."""
    return len(text) == 16 and text.isascii() and text.isdigit()


def area(text: str) -> Outcome[Area]:
    """Refused: AREA_DESCONHECIDA."""
    try:
        return Accepted(Area(text))
    except ValueError:
        return Refused("AREA_DESCONHECIDA", "Não há área com esse nome.", "Escolha uma das áreas da lista.")


def body(text: str, ask: str = "Escreva o que aconteceu e o que você precisa.") -> Outcome[str]:
    """A text of several lines: what cannot be seen becomes a blank, line ends stay.

    `ask`: the remedy where it is empty, for whose text it is.

    Refused: TEXTO_AUSENTE, TEXTO_LONGO.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    clean = "\n".join("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines).strip()
    if not any(map(str.isalnum, clean)):
        return Refused("TEXTO_AUSENTE", "Falta o texto.", ask)
    if len(clean) > TEXT:
        return Refused(
            "TEXTO_LONGO",
            f"O texto tem {len(clean)} caracteres, e o limite é {TEXT}.",
            "Encurte-o; o resto pode ir numa segunda mensagem do mesmo chamado.",
        )
    return Accepted(clean)


UNKNOWN = Refused("CHAMADO_DESCONHECIDO", "Não há chamado com esse número.", "Confira os 16 algarismos.")
OWN = Refused(
    "CHAMADO_PROPRIO", "O chamado é seu, e ninguém responde ao próprio.", "Outra pessoa da equipe responde."
)


def refusal_to_go_on(ticket: Ticket) -> Refused | None:
    """A closed ticket stays closed. Refused: CHAMADO_ENCERRADO."""
    if ticket.open:
        return None
    return Refused(
        "CHAMADO_ENCERRADO",
        "O chamado está encerrado.",
        "Se o assunto voltou, abra um chamado novo e cite o número.",
    )


def refusal_to_handle(ticket: Ticket, actor: str) -> Refused | None:
    """The team's part. Refused: CHAMADO_PROPRIO, CHAMADO_ENCERRADO."""
    return OWN if ticket.quem and actor == f"cpf:{ticket.quem}" else refusal_to_go_on(ticket)
