"""What a change of the base leaves in the audit: one event per call, in the words of the CadSUS vocabulary.

Recorded once the change is committed, before the use case answers; within a caller's transaction, when that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db import transaction

from vincula.common.audit.services import Event, record
from vincula.national.cadsus.models import Pessoa
from vincula.national.cadsus.services.records import Author


def person_changed(
    action: str,
    person: int,
    author: Author,
    details: Mapping[str, Any] | None = None,
    known: tuple[str, str] | None = None,
) -> None:
    """`person` is a registration's id; the event stands under its CPF, else its CNS, else the id alone. `known`: CPF
    and CNS, where the caller has them at hand.
    """
    cpf, cns = known or Pessoa.objects.filter(pk=person).values_list("cpf", "cns_mestre").first() or ("", "")
    subject = f"cpf:{cpf}" if cpf else f"cns:{cns}" if cns else f"pessoa:{person}"
    _after_commit(action, subject, author, {"pessoa": person, **(details or {})})


def people_added(author: Author, competencia: str, people: int, numbers: int) -> None:
    """One event for a batch: how many persons were added and how many numbers were issued."""
    details = {"pessoas": people, "numeros": numbers}
    _after_commit("cadsus:pessoa:adicionada", f"competencia:{competencia}", author, details)


def _after_commit(action: str, subject: str, author: Author, details: Mapping[str, Any]) -> None:
    place = {"cnes": author.cnes} if author.cnes else {}
    transaction.on_commit(partial(record, Event(author.quem, action, subject, details={**details, **place})))


def state_changed(
    person: int, author: Author, changes: Mapping[str, Any], known: tuple[str, str] | None = None
) -> None:
    """One event per kind of version that a change made: of the situação, and of anything else."""
    if "ativa" in changes:
        action = "cadsus:pessoa:ativada" if changes["ativa"][1] else "cadsus:pessoa:desativada"
        person_changed(action, person, author, known=known)
    if rest := sorted(name for name in changes if name != "ativa"):
        person_changed("cadsus:pessoa:atualizada", person, author, {"campos": rest}, known)
