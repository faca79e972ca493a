"""The simple registration of an operadora's head office, for the sandbox (states inferred: access.md, 3.5). Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from vincula.common.outcomes import Accepted, Outcome, Refused
from vincula.identifiers import cnes as cnes_rules
from vincula.identifiers import cpf as cpf_rules
from vincula.identifiers.digits import is_digits

FIRST, LAST = 890_000, 899_899
"""The first six digits of the numbers that a sandbox gives out. Whether real archives use the range is not known: a
number that stands in the base is passed over, and one that an archive brings later is the archive's."""
TEXT_LIMIT = 120
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TEXTS = {
    "logradouro": "o logradouro", "numero": "o número", "bairro": "o bairro", "telefone": "o telefone, com DDD",
    "email": "o e-mail",
}  # fmt: skip


class Situacao(Enum):
    """Where a registration stands; the value is what a person reads."""

    PRE_CADASTRO = "Pré-cadastro"
    EM_CONSISTENCIA = "Em consistência"
    ENVIADO_AO_MS = "Enviado ao Ministério da Saúde"
    ATIVO = "Ativo"
    DESATIVADO = "Desativado"


NEXT: Mapping[Situacao, Situacao] = {
    Situacao.PRE_CADASTRO: Situacao.EM_CONSISTENCIA,
    Situacao.EM_CONSISTENCIA: Situacao.ENVIADO_AO_MS,
    Situacao.ENVIADO_AO_MS: Situacao.ATIVO,
}
ACT: Mapping[Situacao, str] = {
    Situacao.PRE_CADASTRO: "Entregar as fichas ao gestor",
    Situacao.EM_CONSISTENCIA: "Simular o gestor: consistência feita, enviar ao Ministério",
    Situacao.ENVIADO_AO_MS: "Simular o Ministério: gerar o número",
}
"""What takes a registration on from each state, as a button says it: whose act in life is simulated."""


@dataclass(frozen=True, slots=True)
class HeadOffice:
    """What the forms tell of a head office besides what the register of operadoras says. Texts; `municipio`: 6 digits
    of IBGE; `cep`: 8 digits; `diretor_cpf`: 11 digits."""

    logradouro: str
    numero: str
    bairro: str
    cep: str
    municipio: str
    telefone: str
    email: str
    diretor_cpf: str = field(repr=False)


def faults(office: HeadOffice, *, place_known: bool) -> dict[str, str]:
    """What is wrong, by field: a Portuguese sentence that says what to write. All fields are judged at once."""
    told = ((name, _text_fault(words, getattr(office, name))) for name, words in _TEXTS.items())
    found = {name: sentence for name, sentence in told if sentence}
    if not is_digits(office.cep, 8):
        found["cep"] = "Informe os 8 algarismos do CEP."
    if not place_known:
        found["municipio"] = "Informe o código do município no IBGE, 6 algarismos, como 261160 (Recife)."
    if not _is_telephone(office.telefone):
        found.setdefault("telefone", "Informe o DDD e os 8 ou 9 algarismos do telefone, como (81) 3333-0000.")
    if not _EMAIL.fullmatch(office.email):
        found.setdefault("email", "Informe um endereço como nome@empresa.com.br.")
    if not cpf_rules.is_valid(office.diretor_cpf):
        found["diretor_cpf"] = (
            "O CPF não confere: informe os 11 algarismos de quem dirige ou administra a sede."
        )
    return found


def _text_fault(words: str, text: str) -> str:
    """Why this is no line of a form, "" where it is one."""
    if not any(map(str.isalnum, text)):
        return f"Informe {words}" + (" (S/N, se não houver)." if words == _TEXTS["numero"] else ".")
    if not text.isprintable():
        return (
            "Há uma quebra de linha, tabulação ou outro caractere que não se vê. Apague o texto e digite-o de novo,"
            " numa só linha."
        )
    if any(_strange(each) for each in text):
        return (
            "Há um desenho (emoji) ou outro sinal que não é de escrita. Use letras, algarismos e pontuação."
        )
    if len(text) > TEXT_LIMIT:
        return f"São {len(text)} caracteres, e o limite é {TEXT_LIMIT}. Abrevie."
    return ""


def _strange(character: str) -> bool:
    """Neither of the Latin script with its accents, nor a dash or quotation mark as a typesetter has them."""
    return not (
        character <= "\u036f" or "\u1e00" <= character <= "\u1eff" or "\u2010" <= character <= "\u2027"
    )


def _is_telephone(text: str) -> bool:
    """DDD and number, 10 or 11 digits with the usual signs between them; +55 or a trunk zero may stand before."""
    digits = re.sub(r"[ ().\-]", "", text.strip()).removeprefix("+55").removeprefix("0")
    return len(digits) in (10, 11) and is_digits(digits, len(digits))


@dataclass(frozen=True, slots=True)
class Step:
    """A state that a registration came into. `ator`: as the audit names him, never shown."""

    situacao: Situacao
    quando: datetime
    motivo: str


@dataclass(frozen=True, slots=True)
class Registration:
    """A registration with its history, oldest first. `cnes` "" until the number is given."""

    id: int
    registro_ans: str
    cnpj: str
    razao_social: str
    office: HeadOffice
    situacao: Situacao
    motivo: str
    cnes: str
    history: tuple[Step, ...]

    @property
    def open(self) -> bool:
        """Whether it is not over yet."""
        return self.situacao is not Situacao.DESATIVADO

    @property
    def correctable(self) -> bool:
        """Whether its data may still be changed: the forms are not handed over yet."""
        return self.situacao is Situacao.PRE_CADASTRO

    @property
    def act(self) -> str:
        """What takes it on, "" where nothing does."""
        return ACT.get(self.situacao, "")


def step(one: Registration, seen: Situacao) -> Outcome[Situacao]:
    """Which state comes next. `seen`: the state that the person saw when he asked, so that a form sent twice goes on
    once. Refused: CADASTRO_MUDOU, CADASTRO_ENCERRADO."""
    if one.situacao is not seen:
        return Refused(
            "CADASTRO_MUDOU",
            f"O cadastro já está em outra situação: {one.situacao.value}.",
            "Confira o andamento antes de continuar.",
        )
    following = NEXT.get(one.situacao)
    if following is None:
        return Refused(
            "CADASTRO_ENCERRADO",
            f"O cadastro não tem próxima etapa: {one.situacao.value}.",
            "Nada a fazer aqui.",
        )
    return Accepted(following)


def number_after(base: int) -> str | None:
    """The next number of the range after one that begins with these six digits; None: the range is used up."""
    following = max(base + 1, FIRST)
    return cnes_rules.complete(f"{following:06d}") if following <= LAST else None
