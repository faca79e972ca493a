"""A record with no more than a credential's release lets out, for formats that write whatever a record says."""

from __future__ import annotations

from dataclasses import replace

from vincula.formats.pdq import FIELDS, Release
from vincula.people.record import PersonRecord

# A name of the release → fields of PersonRecord. What no name stands for leaves only with everything.
_LET_OUT = {
    "nome_social": ("nome_social",),
    "telefone": ("telefones",),
    "email": ("emails",),
    "sexo": ("sexo",),
    "data_nascimento": ("data_nascimento",),
    "obito": ("data_obito", "justificativa_obito"),
    "endereco": (
        "endereco_tipo", "tipo_logradouro", "logradouro", "numero", "complemento", "bairro", "cep", "municipio6", "uf",
        "pais", "municipio_exterior", "nomade",
    ),
    "raca_cor": ("raca_cor",),
    "etnia": ("etnia",),
    "cpf": ("cpf",),
    "pis": ("pis",),
    "nome_mae": ("nome_mae",),
    "nome_pai": ("nome_pai",),
    "municipio_nascimento": ("municipio_nascimento",),
    "pais_nascimento": ("pais_nascimento", "nacionalidade"),
    "naturalizacao": ("data_naturalizacao", "portaria_naturalizacao", "data_entrada"),
    "certidoes": ("certidoes",),
    "locais": ("locais",),
    "sigilo": ("vip", "protegida"),
}  # fmt: skip
_PASSPORT = "passaporte"


def shown(record: PersonRecord, release: Release) -> PersonRecord:
    """The record as this release shows it. The name, the master card, grade and state are in every answer."""
    if release >= FIELDS:
        return record
    fields = [field for name, held in _LET_OUT.items() if name in release for field in held]
    return replace(
        PersonRecord(id=record.id, nome=record.nome, qualidade=record.qualidade, ativa=record.ativa),
        cartoes=record.cartoes if "cartoes" in release else record.cartoes[:1],
        documentos=tuple(
            one
            for one in record.documentos
            if (_PASSPORT if one.tipo == _PASSPORT else "documentos") in release
        ),
        **{field: getattr(record, field) for field in fields},
    )
