"""Why a line of a bulk look-up cannot be answered, and what to do. No text holds a value of the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from vincula.identifiers.verdict import Verdict


class LineFault(NamedTuple):
    """A line refused. `code`: stable, upper case; `id`: the line's own, where it could be read."""

    code: str
    message: str
    remedy: str
    id: str = ""

    def __repr__(self) -> str:
        """Whose line it was is nobody's business but the caller's."""
        return f"LineFault({self.code})"


def too_long(limit: int, found: int) -> LineFault:
    return LineFault(
        "LINHA_LONGA_DEMAIS",
        f"A linha tem {found} bytes e o limite é de {limit}.",
        "Envie um objeto por linha, só com id, cpf, cns, nome e nascimento.",
    )


def empty() -> LineFault:
    return LineFault("LINHA_VAZIA", "A linha está vazia.", "Retire-a do arquivo.")


def not_utf8() -> LineFault:
    return LineFault("NAO_E_UTF8", "A linha não está em UTF-8.", "Grave o arquivo em UTF-8.")


def malformed(column: int) -> LineFault:
    where = f" (coluna {column})" if column else ""
    return LineFault(
        "JSON_MALFORMADO", f"A linha não é JSON bem formado{where}.", "Gere-a com uma biblioteca de JSON."
    )


def not_an_object() -> LineFault:
    return LineFault("NAO_E_OBJETO", "A linha não é um objeto JSON.", 'Comece-a com "{" e termine-a com "}".')


def repeated_key() -> LineFault:
    return LineFault(
        "CHAVE_REPETIDA",
        "A linha traz a mesma chave duas vezes.",
        "Deixe uma só: não há como saber qual das duas vale.",
    )


def unknown_key(found: Iterable[str], known: Sequence[str], id_: str) -> LineFault:
    shown = ", ".join(sorted("".join(filter(str.isprintable, key))[:30] for key in found)[:5])
    return LineFault(
        "CHAVE_DESCONHECIDA", f"A linha traz o que não é conhecido: {shown}.", f"Use {', '.join(known)}.", id_
    )


def not_text(key: str, id_: str) -> LineFault:
    return LineFault(
        "VALOR_NAO_E_TEXTO",
        f"O valor de {key} não é um texto, é longo demais ou traz caracteres de controle.",
        "Envie-o entre aspas; como número, um CPF perderia os zeros à esquerda.",
        id_,
    )


def invalid(code: str, verdict: Verdict, id_: str) -> LineFault:
    return LineFault(code, verdict.message, verdict.remedy, id_)


def wrong_date(id_: str) -> LineFault:
    return LineFault(
        "DATA_INVALIDA",
        "O nascimento não é um dia que exista no calendário.",
        "Escreva-o como AAAA-MM-DD.",
        id_,
    )


def nothing_asked(id_: str) -> LineFault:
    return LineFault(
        "PERGUNTA_VAZIA", "A linha não diz quem se procura.", "Informe cpf, cns, ou nome e nascimento.", id_
    )
