"""What a batch has decided to write, and its writing: inserts in bulk, in the order of their keys."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from vincula.common.bulk import at_once, insert_rows
from vincula.national.cadsus import rules
from vincula.national.cadsus.models import MotivoRevisao, TipoCartao, TipoIdentificador, TipoTransacao
from vincula.national.cadsus.services import details, grading, masters, others, store
from vincula.national.cadsus.services.lookups import Held
from vincula.national.cadsus.services.records import DATA, GOVERNED, Author, Registration
from vincula.people.phonetics import folded_search_key

PERSON = (
    "id", "registro_origem", "cpf", *DATA, "atualizado_em", "nome_chave", "mae_chave", "fonetica", "outros_dados",
    "qualidade", "cns_mestre", "ativa", "simulado",
)  # fmt: skip
CARD = ("cns", "pessoa_id", "origem_id", "tipo", "ordem", "atribuido_em", "simulado")
IDENTIFIER = ("tipo", "valor", "pessoa_id", "origem_id", "disputado")
LOG = ("pessoa_id", "tipo", "quem", "cnes", "quando", "campos")
_CHANGED = (*PERSON[1:-3],)
_UPDATE = f"UPDATE cadsus_pessoa SET {', '.join(f'{c} = %s' for c in _CHANGED)} WHERE id = %s"

# Once per row of a load: the plain values, not the members of the enumerations.
_CPF = int(TipoIdentificador.CPF)
_DEFINITIVE, _PROVISIONAL = TipoCartao.DEFINITIVO.value, TipoCartao.PROVISORIO.value
_ADDED = TipoTransacao.ADICIONADO.value

Changes = dict[str, list[Any]]


class Writes:
    """Persons and what hangs on them, waiting for `flush`. `first_id`: the next free id, whose counter the
    caller holds.
    """

    def __init__(self, first_id: int, author: Author, *, simulado: bool = False) -> None:
        self._next_id = first_id
        self._author = author
        self._simulado = simulado
        self._now = datetime.now(UTC).isoformat(sep=" ")
        self._clear()

    def _clear(self) -> None:
        self._new: dict[int, Held] = {}
        self._changed: dict[int, Held] = {}
        self._identifiers: dict[tuple[int, str], list[Any]] = {}
        self._cards: dict[int, list[rules.Card]] = {}
        self._claims: list[tuple[str, int, int]] = []
        self._disputes: list[tuple[bool, str]] = []
        self._reviews: list[tuple[int, int, str, str]] = []
        self._log: list[tuple[int, str, str, str, str, str]] = []
        self._documents: dict[tuple[str, str, int], bool] = {}

    def new_person(self, arrived: Registration) -> Held:
        """A person with the next free id, and its ADICIONADO; the identifiers and cards are the caller's to add."""
        held = Held(
            self._next_id, arrived.registro, arrived.cpf, arrived.data, arrived.atualizado_em, arrived.nome_chave,
            arrived.mae_chave, outros=arrived.outros,
        )  # fmt: skip
        self._next_id += 1
        self._new[held.id] = held
        self._index("", held)
        self._log.append((held.id, _ADDED, self._author.quem, self._author.cnes, self._now, "{}"))
        return held

    def change_data(self, held: Held, data: tuple[str, ...], newer: Registration | None) -> Changes:
        """Give the registration these data; `newer` is the registration whose date and name they now bear."""
        changes: Changes = {
            name: [old, new] for name, old, new in zip(DATA, held.data, data, strict=True) if old != new
        }
        held.data = data
        if newer:
            changes["atualizado_em"] = [held.atualizado_em, newer.atualizado_em]
            held.atualizado_em = newer.atualizado_em
            held.registro = newer.registro or held.registro
        held.rekey()
        self._mark(held)
        return changes

    def change_others(self, held: Held, outros: str) -> Changes:
        """Give the registration these data beside the columns (form of others.pack)."""
        changes = details.changes(held.outros, outros)
        before, held.outros = held.outros, outros
        self._index(before, held)
        self._mark(held)
        return changes

    def _index(self, before: str, held: Held) -> None:
        """Note by which documents the person is looked up from now on, and by which no longer."""
        old, new = others.documents_of(before), others.documents_of(held.outros)
        for kind, number in old ^ new:
            self._documents[kind, number, held.id] = (kind, number) in new

    def unconfirm(self, held: Held, changes: Changes) -> Changes:
        """Where these changes touch what the Receita confirmed, it is confirmed no longer; what that changes
        besides.
        """
        if not held.outros or GOVERNED.isdisjoint(changes):
            return {}
        kept = details.flat(held.outros)
        kept.pop(details.CONFIRMED, None)
        return self.change_others(held, details.unflat(kept))

    def change_cpf(self, held: Held, cpf: str) -> Changes:
        """Show another CPF on the registration; who bears it (Identificador) is the caller's to settle."""
        changes: Changes = {"cpf": [held.cpf, cpf]}
        held.cpf = cpf
        self._mark(held)
        return changes

    def _mark(self, held: Held) -> None:
        if held.id not in self._new:
            self._changed[held.id] = held

    def identifier(self, tipo: int, valor: str, root: int, home: int) -> None:
        """(tipo, valor), known to be free, belongs to registration `home` and leads to person `root`."""
        self._identifiers[tipo, valor] = [tipo, valor, root, home, False]

    def card(self, cns: str, root: int, home: int, ordem: int, day: str = "") -> None:
        """A number, known to be nobody's; the one that a registration gave as its own (`ordem` 0) is definitive."""
        tipo = _PROVISIONAL if ordem else _DEFINITIVE
        self._cards.setdefault(root, []).append(rules.Card(cns, tipo, day, home, ordem))

    def bear_first(self, cpf: str, home: int) -> None:
        """A new person's CPF, known to be free."""
        self.identifier(_CPF, cpf, home, home)

    def claim(self, cpf: str, root: int, home: int) -> None:
        """One more registration bears a CPF that another had first."""
        self._claims.append((cpf, root, home))

    def dispute(self, cpf: str, disputed: bool) -> None:
        """From now on the CPF resolves to nobody, or to its person again."""
        waiting = self._identifiers.get((_CPF, cpf))
        if waiting:
            waiting[4] = disputed
        else:
            self._disputes.append((disputed, cpf))

    def review(self, one: int, other: int, *, disputed: bool) -> None:
        """Queue a pair for people to look at; a pair that waits already is left as it is."""
        motivo = MotivoRevisao.CPF_DISPUTADO if disputed else MotivoRevisao.NOME_E_NASCIMENTO
        self._reviews.append((min(one, other), max(one, other), motivo.value, self._now))

    def log(self, person: int, tipo: TipoTransacao, changes: Changes) -> None:
        """A version of the person: what changed, before and after."""
        fields = json.dumps(changes, ensure_ascii=False) if changes else "{}"
        self._log.append((person, tipo.value, self._author.quem, self._author.cnes, self._now, fields))

    def flush(self) -> None:
        """Write everything that waits, in the caller's transaction."""
        cards = [self._card_row(card, root) for root, cards in self._cards.items() for card in cards]
        new: list[tuple[str, tuple[str, ...], list[Any]]] = [
            ("cadsus_pessoa", PERSON, [self._person_row(held) for held in self._new.values()]),
            (
                "cadsus_identificador",
                IDENTIFIER,
                [self._identifiers[key] for key in sorted(self._identifiers)],
            ),
            ("cadsus_cartao", CARD, sorted(cards)),
            ("cadsus_reivindicacao", ("cpf", "pessoa_id", "origem_id"), self._claims),
            ("cadsus_transacao", LOG, self._log),
        ]
        with at_once(max(len(rows) for _, _, rows in new)):
            for table, columns, rows in new:
                insert_rows(table, columns, rows)
            self._write_changes()
        masters.settle(self._cards.keys() - self._new.keys())
        self._clear()

    def _write_changes(self) -> None:
        store.run_many(_UPDATE, (self._values(held) for held in self._changed.values()))
        store.run_many(
            "UPDATE cadsus_identificador SET disputado = %s WHERE tipo = 1 AND valor = %s", self._disputes
        )
        store.run_many(
            "INSERT INTO cadsus_revisao (pessoa_id, outra_id, motivo, criada_em) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (pessoa_id, outra_id) DO NOTHING",
            self._reviews,
        )
        self._write_documents()
        store.set_counter("pessoa", self._next_id)

    def _write_documents(self) -> None:
        store.run_many(
            "DELETE FROM cadsus_documento WHERE tipo = %s AND numero = %s AND pessoa_id = %s",
            [key for key, borne in self._documents.items() if not borne],
        )
        store.run_many(
            "INSERT INTO cadsus_documento (tipo, numero, pessoa_id) VALUES (%s, %s, %s)"
            " ON CONFLICT (tipo, numero, pessoa_id) DO NOTHING",
            [key for key, borne in self._documents.items() if borne],
        )

    def _person_row(self, held: Held) -> tuple[Any, ...]:
        mestre = rules.master(self._cards.get(held.id, ()))
        quality = str(grading.percent(held.cpf, held.data, held.outros))
        return (
            str(held.id), held.registro, held.cpf, *held.data, held.atualizado_em, held.nome_chave, held.mae_chave,
            folded_search_key(held.nome_chave), held.outros, quality, mestre, "1", "1" if self._simulado else "0",
        )  # fmt: skip

    def _values(self, held: Held) -> tuple[Any, ...]:
        quality = grading.percent(held.cpf, held.data, held.outros)
        return (
            held.registro, held.cpf, *held.data, held.atualizado_em, held.nome_chave, held.mae_chave,
            folded_search_key(held.nome_chave), held.outros, quality, held.id,
        )  # fmt: skip

    def _card_row(self, card: rules.Card, root: int) -> tuple[Any, ...]:
        return card.cns, root, card.origem, card.tipo, card.ordem, card.atribuido_em, self._simulado
