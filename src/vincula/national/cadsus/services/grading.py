"""The quality grade of the base's records, fast: it depends only on which fields are filled, so few
patterns repeat.
"""

from __future__ import annotations

from functools import lru_cache
from operator import itemgetter

from vincula.national.cadsus.rules import unknown_parent
from vincula.national.cadsus.services.records import PLACE
from vincula.people.quality import QualityRecord, grade

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


def percent(cpf: str, data: tuple[str, ...]) -> int:
    """The grade, 0 to 100, of a record (`data` in the order of records.DATA).

    The base holds no nationality: a record with a municipality of birth counts as a Brazilian's and one
    with a municipality of residence as living in Brasil (derived).
    """
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
    given = {name: "X" for name, is_filled in zip(_FILLED, filled, strict=True) if is_filled}
    record = QualityRecord(
        **given,  # type: ignore[arg-type]  # all names of _FILLED are of text fields
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
