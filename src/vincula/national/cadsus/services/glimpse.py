"""A person in short: what an answer to an operadora needs, and what a score is made of. Nothing else is read.

Made thousands of times a second, so it is a PersonRecord of which only those fields are filled in: setting all of them
costs more than reading the base. The others read as not known.
"""

from __future__ import annotations

from typing import Any

from vincula.people.record import Card, PersonRecord

COLUMNS = (
    "p.id, p.nome, p.nome_social, p.nome_mae, p.nome_pai, p.sexo, p.data_nascimento, p.municipio_nascimento, p.cpf,"
    " p.qualidade, p.ativa, p.vip, p.protegida, m.cns, m.tipo, m.atribuido_em"
)
"""Of `cadsus_pessoa p` and MASTER, in the order that `glimpse` takes them."""
MASTER = "LEFT JOIN cadsus_cartao m ON m.cns = p.cns_mestre"

_NOTHING = PersonRecord()


class Glimpse(PersonRecord):
    """The person in short."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        """Called for fields that were not filled in."""
        return getattr(_NOTHING, name)


_new = Glimpse.__new__
_set_id, _set_nome, _set_social, _set_mae, _set_pai, _set_sexo, _set_nascimento, _set_municipio, _set_cpf = (
    PersonRecord.__dict__[name].__set__
    for name in (
        "id", "nome", "nome_social", "nome_mae", "nome_pai", "sexo", "data_nascimento", "municipio_nascimento", "cpf",
    )
)  # fmt: skip
_set_qualidade, _set_ativa, _set_vip, _set_protegida, _set_cartoes = (
    PersonRecord.__dict__[name].__set__ for name in ("qualidade", "ativa", "vip", "protegida", "cartoes")
)


def glimpse(row: tuple[Any, ...]) -> PersonRecord:
    """The person of a row of COLUMNS: id, names, sex, birth and its municipality (6 digits), CPF, quality, state,
    flags, and the master card alone."""
    (
        one, nome, social, mae, pai, sexo, nascimento, municipio, cpf, qualidade, ativa, vip, protegida, cns, tipo,
        desde,
    ) = row  # fmt: skip
    record = _new(Glimpse)
    _set_id(record, one)
    _set_nome(record, nome)
    _set_social(record, social)
    _set_mae(record, mae)
    _set_pai(record, pai)
    _set_sexo(record, sexo)
    _set_nascimento(record, nascimento)
    _set_municipio(record, municipio[:6])
    _set_cpf(record, cpf)
    _set_qualidade(record, qualidade)
    _set_ativa(record, bool(ativa))
    _set_vip(record, bool(vip))
    _set_protegida(record, bool(protegida))
    _set_cartoes(record, (Card(cns, tipo, desde),) if cns else ())
    return record
