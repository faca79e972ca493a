"""The quality grade of the base's records. Of those that the columns hold whole it depends only on which columns are
filled, so few patterns repeat, and it is fast; one with more is graded by itself.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter
from typing import Any

from vincula.national.cadsus.rules import unknown_parent
from vincula.national.cadsus.services import others
from vincula.national.cadsus.services.records import DATA, PLACE
from vincula.people.quality import QualityRecord, grade
from vincula.people.record import PersonRecord

_FILLED = (
    "nome", "nome_social", "data_nascimento", "municipio_nascimento", "tipo_logradouro", "logradouro", "numero",
    "complemento", "bairro", "cep", "municipio",
)  # fmt: skip
_take_filled = itemgetter(*(PLACE[name] for name in _FILLED))
_take_rest = itemgetter(
    *(PLACE[n] for n in ("sexo", "raca_cor", "email", "telefone", "pis", "nome_mae", "nome_pai"))
)
_BORN_AT = PLACE["municipio_nascimento"]
_UNKNOWN_PLACES = frozenset(("999999", "9999999"))  # municipality not known, in a PIX feed
_RACES = {"": "", "05": "05", "99": "99"}


# Fields of the same name and meaning in a person's record and in what is graded.
_SAME = (
    "nome", "nome_social", "nome_mae", "nome_pai", "sexo", "raca_cor", "etnia", "data_nascimento", "tipo_sanguineo",
    "municipio_nascimento", "pais_nascimento", "data_naturalizacao", "portaria_naturalizacao", "data_entrada", "cep",
    "municipio_exterior", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "nomade",
)  # fmt: skip


def grade_of(record: PersonRecord, photographed: str = "", *, photo: bool = False) -> int:
    """The grade, 0 to 100, of a person's record: everything it has counts. `photo`, `photographed`: whether there is a
    photograph, and the day it was taken, which no record keeps.

    Where the nationality is not told, a municipality of birth makes a Brazilian; where the country is not, a
    municipality of residence makes it Brasil (derived). Of each kind of document one counts.
    """
    email, other_email, *_ = (*record.emails, "", "")
    born_known = record.municipio_nascimento and record.municipio_nascimento not in _UNKNOWN_PLACES
    return grade(
        QualityRecord(
            **{name: getattr(record, name) for name in _SAME},
            nacionalidade=record.nacionalidade or ("B" if born_known else ""),
            pais=record.pais or ("010" if record.municipio6 else ""),
            municipio=record.municipio6,
            email_principal=email,
            email_alternativo=other_email,
            telefones=len({(one.ddi, one.ddd, one.numero) for one in record.telefones}),
            documentos=bool(record.cpf) + bool(record.pis) + len({one.tipo for one in record.documentos}),
            certidoes=len(record.certidoes),
            foto="X" if photo else "",
            data_foto=photographed,
        )
    ).percent


def percent(cpf: str, data: tuple[str, ...], outros: str = "") -> int:
    """The grade, 0 to 100, of a record (`data` in the order of records.DATA; `outros` in the form of others.pack).

    Equal to `grade_of` the same record.
    """
    if outros:
        return _whole(cpf, data, outros)
    sex, race, email, phone, pis, mother, father = _take_rest(data)
    filled = tuple(map(bool, _take_filled(data)))
    if data[_BORN_AT] in _UNKNOWN_PLACES:
        filled = tuple(
            is_filled and name != "municipio_nascimento"
            for name, is_filled in zip(_FILLED, filled, strict=True)
        )
    return _percent(
        filled,
        sex if sex in {"M", "F", ""} else "I",
        _RACES.get(race, "01"),
        bool(email),
        bool(phone),
        bool(cpf) + bool(pis),
        bool(mother) and not unknown_parent(mother),
        bool(father) and not unknown_parent(father),
    )


@lru_cache(maxsize=16)  # nobody stays in memory for long
def _whole(cpf: str, data: tuple[str, ...], outros: str) -> int:
    """A registration asks twice: for the prefix of the number, and for the base."""
    return grade_of(PersonRecord(cpf=cpf, **others.complete(dict(zip(DATA, data, strict=True)), outros)))


@lru_cache(maxsize=65_536)
def _percent(
    filled: tuple[bool, ...],
    sex: str,
    race: str,
    email: bool,
    phone: bool,
    documents: int,
    mother: bool,
    father: bool,
) -> int:
    given: dict[str, Any] = {name: "X" for name, is_filled in zip(_FILLED, filled, strict=True) if is_filled}
    record = QualityRecord(
        **given,
        sexo=sex,
        raca_cor=race,
        email_principal="X" if email else "",
        telefones=int(phone),
        documentos=documents,
        nome_mae="X" if mother else "",
        nome_pai="X" if father else "",
        nacionalidade="B" if "municipio_nascimento" in given else "",
        pais="010" if "municipio" in given else "",
    )
    return grade(record).percent
