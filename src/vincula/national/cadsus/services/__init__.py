"""What other rooms may ask of the CNS base.

Set-based work reads the views instead: `cadsus_mestre(cpf, pessoa_id, cns_mestre, disputado)`,
`cadsus_sem_cpf(pessoa_id, nome_chave, data_nascimento, mae_chave, sexo)`, `cadsus_numero(cns, pessoa_id)`,
`cadsus_cpf(cpf, pessoa_id)`.
"""

from vincula.national.cadsus.services.editing import edit, set_active
from vincula.national.cadsus.services.history import (
    Linked,
    Transaction,
    changed_fields,
    last_change,
    transaction,
    transactions,
    unification_history,
)
from vincula.national.cadsus.services.loading import load_csv
from vincula.national.cadsus.services.merging import merge_local
from vincula.national.cadsus.services.numbers import has_issuing_range
from vincula.national.cadsus.services.queries import find_by_cns, find_by_cpf, get, root_of
from vincula.national.cadsus.services.records import (
    Author,
    Fate,
    Issued,
    NewPerson,
    Person,
    Registered,
)
from vincula.national.cadsus.services.registering import issue_cns_batch, register
from vincula.national.cadsus.services.registration import Incorporated, grade_of, incorporate, revise
from vincula.national.cadsus.services.review import write_review
from vincula.national.cadsus.services.state import change_state
from vincula.national.cadsus.services.unification import undo_unite, unite
from vincula.national.cadsus.services.whole import whole

__all__ = [
    "Author",
    "Fate",
    "Incorporated",
    "Issued",
    "Linked",
    "NewPerson",
    "Person",
    "Registered",
    "Transaction",
    "change_state",
    "changed_fields",
    "edit",
    "find_by_cns",
    "find_by_cpf",
    "get",
    "grade_of",
    "has_issuing_range",
    "incorporate",
    "issue_cns_batch",
    "last_change",
    "load_csv",
    "merge_local",
    "register",
    "revise",
    "root_of",
    "set_active",
    "transaction",
    "transactions",
    "undo_unite",
    "unification_history",
    "unite",
    "whole",
    "write_review",
]
