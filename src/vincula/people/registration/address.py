"""RN022 to RN030: the address.

"Endereço não informado" is the mark `nomade`, or no part of an address at all: the wire has no other mark (derived).
Abroad only country and municipality are asked, and over the wire not even the latter, which PIX has no element for
(derived). Of a CEP only the shape is checked: the Correios base is not at hand, so RN023.2 stays switched off.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vincula.identifiers.digits import is_digits
from vincula.people.record import PersonRecord
from vincula.people.tables import table

from .faults import Around, Channel, Fault
from .nationality import BRASIL
from .texts import fits_address, too_long, whole_field_term

PARTS = (
    "cep", "pais", "municipio6", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro",
    "municipio_exterior",
)  # fmt: skip
NO_NUMBER = "S/N"
_HOUSE = re.compile(r"[0-9]{1,7}", re.ASCII)
_SIGNS = "letras, algarismos, acentos, apóstrofo, espaço e - ( ) / ,"
# An honest complement stands in the list of terms as it is: a house behind a house.
_FINE_AS_COMPLEMENT = frozenset({"CASA"})


def check(record: PersonRecord, around: Around) -> Iterator[Fault]:
    """What RN022 to RN030 have against the record."""
    given = [name for name in PARTS if getattr(record, name)]
    if not given:
        return
    if record.nomade:
        message = "O endereço está marcado como não informado e traz dados."
        yield Fault("RN022.2", given[0], message, "Retire os dados do endereço ou a marca.")
        return
    if record.cep and not is_digits(record.cep, 8):
        yield Fault(
            "RN023.3", "cep", "O CEP não tem exatamente 8 algarismos.", "Informe-o sem traço nem ponto."
        )
    yield from _country(record)
    if record.pais in ("", BRASIL):
        yield from _brazilian(record, around)
    else:
        yield from _abroad(record, around)


def _country(record: PersonRecord) -> Iterator[Fault]:
    if not record.pais:
        yield Fault("RN024.1", "pais", "Falta o país de residência.", "Informe o código (010 é o Brasil).")
    elif record.pais not in table("pais"):
        remedy = "Informe os 3 algarismos da tabela do CadSUS (010 é o Brasil)."
        yield Fault("RN024.2", "pais", "O país de residência não é da tabela.", remedy)


def _abroad(record: PersonRecord, around: Around) -> Iterator[Fault]:
    text, field = record.municipio_exterior, "municipio_exterior"
    if not text and around.channel is Channel.TELA:
        yield Fault(
            "RN025.1", field, "Falta o município de residência no exterior.", "Informe o nome da cidade."
        )
    yield from too_long(text, 70, 26, field, "O município no exterior")
    if text and whole_field_term(text, around):
        message = "O município no exterior é um termo que o CadSUS não aceita."
        yield Fault("RN025.3", field, message, "Informe o nome da cidade.")


def _brazilian(record: PersonRecord, around: Around) -> Iterator[Fault]:
    if not record.municipio6:
        message = "Falta o município de residência."
        yield Fault("RN025.1", "municipio6", message, "Informe o código do IBGE, de 6 algarismos.")
    elif record.municipio6 not in around.municipios:
        message = "O município de residência não é do IBGE."
        yield Fault("RN025.2", "municipio6", message, "Informe 6 algarismos, sem o dígito verificador.")
    if not record.tipo_logradouro:
        message = "Falta o tipo de logradouro."
        yield Fault("RN026.1", "tipo_logradouro", message, "Informe o código de 3 algarismos (081 é rua).")
    elif record.tipo_logradouro not in table("tipo_logradouro"):
        message = "O tipo de logradouro não é da tabela."
        yield Fault("RN026.2", "tipo_logradouro", message, "Informe o código de 3 algarismos (081 é rua).")
    yield from _street(record, around)
    yield from _number(record)
    yield from _complement(record, around)
    yield from _quarter(record, around)


def _street(record: PersonRecord, around: Around) -> Iterator[Fault]:
    text, field = record.logradouro, "logradouro"
    if not text:
        yield Fault("RN027.1", field, "Falta o nome do logradouro.", "Informe o nome da rua.")
    yield from too_long(text, 250, 28, field, "O nome do logradouro")
    if not fits_address(text):
        yield Fault("RN027.2", field, f"O nome do logradouro só aceita {_SIGNS}.", "Retire os outros sinais.")
    if "  " in text:
        yield Fault(
            "RN027.3", field, "O nome do logradouro traz dois espaços seguidos.", "Deixe um só espaço."
        )
    if whole_field_term(text, around):
        yield Fault("RN027.6", field, _term("O nome do logradouro"), "Informe o nome que está na placa.")


def _number(record: PersonRecord) -> Iterator[Fault]:
    text, field = record.numero, "numero"
    if not text:
        yield Fault("RN028.1", field, "Falta o número do logradouro.", f"Se não há, escreva {NO_NUMBER}.")
    elif text != NO_NUMBER and not _HOUSE.fullmatch(text):
        message = "O número do logradouro não é de 1 a 7 algarismos."
        yield Fault(
            "RN028.2",
            field,
            message,
            f"Ponha letras e o resto no complemento; se não há número, {NO_NUMBER}.",
        )
    elif not text.strip("0"):
        yield Fault(
            "RN028.3", field, "O número do logradouro é só zeros.", f"Se não há, escreva {NO_NUMBER}."
        )


def _complement(record: PersonRecord, around: Around) -> Iterator[Fault]:
    text, field = record.complemento, "complemento"
    yield from too_long(text, 50, 30, field, "O complemento")
    if not fits_address(text):
        yield Fault("RN029.2", field, f"O complemento só aceita {_SIGNS}.", "Retire os outros sinais.")
    if whole_field_term(text, around, _FINE_AS_COMPLEMENT):
        yield Fault("RN029.3", field, _term("O complemento"), "Informe outro complemento ou deixe em branco.")


def _quarter(record: PersonRecord, around: Around) -> Iterator[Fault]:
    text, field = record.bairro, "bairro"
    if not text:
        yield Fault("RN030.1", field, "Falta o bairro.", "Informe o bairro ou a localidade.")
    yield from too_long(text, 72, 31, field, "O bairro")
    if not fits_address(text):
        yield Fault("RN030.2", field, f"O bairro só aceita {_SIGNS}.", "Retire os outros sinais.")
    if whole_field_term(text, around):
        yield Fault("RN030.4", field, _term("O bairro"), "Informe o nome do bairro.")


def _term(name: str) -> str:
    return f"{name} é um termo que o CadSUS não aceita."
