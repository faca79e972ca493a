"""What other rooms may ask of the CNS base.

Set-based work reads the views instead: `cadsus_mestre(cpf, pessoa_id, cns_mestre, disputado)`,
`cadsus_sem_cpf(pessoa_id, nome_chave, data_nascimento, mae_chave, sexo)`, `cadsus_numero(cns, pessoa_id)`.
"""

from vincula.national.cadsus.services.editing import edit, set_active
from vincula.national.cadsus.services.loading import load_csv
from vincula.national.cadsus.services.numbers import has_issuing_range
from vincula.national.cadsus.services.queries import find_by_cns, find_by_cpf, get
from vincula.national.cadsus.services.records import (
    Author,
    Fate,
    Issued,
    NewPerson,
    Person,
    Registered,
)
from vincula.national.cadsus.services.registering import issue_cns_batch, register
from vincula.national.cadsus.services.review import write_review
from vincula.national.cadsus.services.unification import undo_unite, unite

__all__ = [
    "Author",
    "Fate",
    "Issued",
    "NewPerson",
    "Person",
    "Registered",
    "edit",
    "find_by_cns",
    "find_by_cpf",
    "get",
    "has_issuing_range",
    "issue_cns_batch",
    "load_csv",
    "register",
    "set_active",
    "undo_unite",
    "unite",
    "write_review",
]
