"""Judges the procedures of one file, run by run, into temporary tables of this connection.

Nothing here can be seen by anybody else or outlives the connection: a file whose processing is cut short leaves
nothing behind and starts again from the stored file. Memory: one run, and the códigos of the file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.db import connection, transaction

from vincula.common.bulk import batches, insert_rows
from vincula.formats.sib import Run
from vincula.identifiers import cco
from vincula.national.sib.rules import movements, records
from vincula.national.sib.rules.catalog import Finding
from vincula.national.sib.rules.fields import BY_ELEMENT, INCLUSAO, WIRE
from vincula.national.sib.rules.records import Context, Facts
from vincula.national.sib.rules.screen import Screen
from vincula.national.sib.services import columns as c
from vincula.national.sib.services.books import CodeBook, TitularBook
from vincula.people.name import identity_key, identity_keys

_CODE, _TITULAR, _RELATION = (INCLUSAO.index(n) for n in ("codigo", "codigo_titular", "relacao"))
_NAME = INCLUSAO.index("nome")
State = dict[str, Any]


class Staging:
    """One file's procedures, judged. `kinds` counts records per kind, `refused` those refused."""

    def __init__(self, arquivo_id: int, registro: str, month: int, context: Context) -> None:
        self.arquivo_id, self.registro, self.month, self.context = arquivo_id, registro, month, context
        self.screen = Screen(context)
        self.codes, self.titulares = CodeBook(registro), TitularBook(registro)
        self.order = 0
        self.kinds: Counter[int] = Counter()
        self.refused: Counter[int] = Counter()
        self._findings: list[tuple[Any, ...]] = []
        _make_tables()

    def add(self, run: Run) -> None:
        """Judge one run and stage what it brings."""
        self.kinds[run.kind] += len(run.rows)
        with _together():
            if run.kind == 1:
                self._inclusoes(run.first, cast("list[tuple[str, ...]]", run.rows))
            else:
                self._movements(run.kind, run.first, cast("list[dict[str, str]]", run.rows))
            insert_rows(c.FINDING_TABLE, c.FINDING, self._findings)
        self._findings = []

    def order_of(self, code: str) -> int:
        """The order of the titular with this código among the new vínculos of the file; 0 when it brought none."""
        return max(-(self.titulares.noted.get(code) or 0), 0)

    # -- inclusões ------------------------------------------------------------------------------------------------

    def _inclusoes(self, first: int, rows: Sequence[tuple[str, ...]]) -> None:
        suspects = self.screen.suspects(rows)
        self.codes.learn({row[_CODE] for row in rows})
        self.titulares.learn({row[_TITULAR] for row in rows})
        keys = identity_keys([row[_NAME] for row in rows])
        accepted: list[tuple[str, ...]] = []
        for index, row in enumerate(rows):
            code, titular = row[_CODE], row[_TITULAR]
            in_use = self.codes.find(code) is not None
            reference = self.titulares.find(titular) if titular else 0
            if (index in suspects or in_use or reference is None) and self._judge(
                first + index, row, Facts(in_use, reference is not None)
            ):
                if row[_RELATION] == "1" and self.titulares.find(code) is None:
                    self.titulares.note(code, 0)
                continue
            self.order += 1
            self.codes.note(code, -self.order)
            if row[_RELATION] == "1":
                self.titulares.note(code, -self.order)
            accepted.append((*row, keys[index], str(reference), str(self.order), str(first + index)))
        insert_rows(c.NEW_TABLE, c.NEW, accepted)

    def _judge(self, position: int, row: tuple[str, ...], facts: Facts) -> bool:
        """Whether the inclusão is refused; its findings are noted."""
        record = dict(zip(INCLUSAO, row, strict=True))
        return self._note(
            position, 1, records.check_inclusao(record, facts, self.context), code=record["codigo"]
        )

    def _note(
        self, position: int, kind: int, findings: Sequence[Finding], *, code: str = "", number: str = ""
    ) -> bool:
        refused = any(f.refuses for f in findings)
        self.refused[kind] += refused
        self._findings += [
            (self.arquivo_id, position, kind, code, number, f.rule, f.column, f.value[:70], f.refuses)
            for f in findings
        ]
        return refused

    # -- the movements on existing vínculos -------------------------------------------------------------------------

    def _movements(self, kind: int, first: int, rows: Sequence[dict[str, str]]) -> None:
        sent = [{BY_ELEMENT[k].column: value for k, value in row.items() if k in BY_ELEMENT} for row in rows]
        states = self._states({cco.number(s["cco"]) for s in sent})
        self.codes.learn(
            {s["codigo"] for s in sent if "codigo" in s} | {str(s["codigo"]) for s in states.values()}
        )
        self.titulares.learn({s["codigo_titular"] for s in sent if s.get("codigo_titular")})
        moved: list[tuple[Any, ...]] = []
        touched: set[int] = set()
        for position, fields in enumerate(sent, first):
            number = fields.pop("cco")
            vinculo = cco.number(number)
            # Every CCO of this base was issued with its check digits: a mistyped one must not reach another's vínculo.
            state = states.get(vinculo) if cco.is_valid(number) else None
            changes = self._move(kind, position, number, state, fields)
            if changes is not None:
                touched.add(vinculo)
                moved.append((vinculo, self.arquivo_id, position, kind, self.month, json.dumps(changes)))
        self._store({vinculo: states[vinculo] for vinculo in touched})
        insert_rows(c.MOVEMENT_TABLE, c.MOVEMENT, moved)

    def _move(
        self, kind: int, position: int, number: str, state: State | None, sent: dict[str, str]
    ) -> list[list[str]] | None:
        """Apply one movement to `state` in place; None when it is refused."""
        warnings = () if cco.is_valid(number) else (Finding("CCO-2", "cco", number),)
        if state is None:
            self._note(position, kind, (*warnings, Finding("CCO-3", "cco", number)), number=number)
            return None
        current = {column: state[column] for column in ("situacao", *WIRE)}
        wanted = movements.target(kind, current, sent)
        titular = (
            self.titulares.find(wanted["codigo_titular"])
            if sent.get("codigo_titular")
            else state["titular_id"]
        )
        holder = self.codes.find(wanted["codigo"])
        facts = Facts(holder is not None and holder != state["id"], titular is not None)
        applied = movements.apply(kind, current, sent, facts, self.context)
        if self._note(position, kind, (*warnings, *applied.findings), number=number):
            return None
        changes = movements.changes(current, applied.state)
        self._update(state, dict(applied.state), titular or 0, {column for column, _, _ in changes})
        return changes

    def _update(self, state: State, after: dict[str, str], titular: int, changed: set[str]) -> None:
        before_code = state["codigo"] if state["situacao"] == "A" else None
        if state["relacao"] == "1" and (after["relacao"], after["codigo"]) != ("1", state["codigo"]):
            self.titulares.note(state["codigo"], None)
        state.update(after)
        state["titular_id"] = titular if after["codigo_titular"] else 0
        state["desde"] = self.month
        state["atualizado_em"] = self.context.today
        if changed & c.IDENTITY:
            state["identidade_desde"] = self.month
            state["nome_chave"] = identity_key(after["nome"])
        if "cns" in changed:
            state["cns_desde"] = self.month
        after_code = after["codigo"] if after["situacao"] == "A" else None
        if before_code and before_code != after_code:
            self.codes.note(before_code, None)
        if after_code:
            self.codes.note(after_code, state["id"])
        if after["relacao"] == "1":
            self.titulares.note(after["codigo"], state["id"])

    def _states(self, ids: set[int]) -> dict[int, State]:
        """The vínculos of this operadora with these numbers, as this file has left them so far."""
        columns = ("id", *c.STATE, *c.ORIGIN)
        found: dict[int, State] = {}
        for batch in batches(sorted(ids), 5_000):
            numbers = ", ".join(map(str, batch))
            for table in ("sib_vinculo", c.STATE_TABLE):
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"SELECT {c.listed(columns)} FROM {table} WHERE id IN ({numbers}) AND registro_ans = %s",
                        [self.registro],
                    )
                    found.update({row[0]: dict(zip(columns, row, strict=True)) for row in cursor.fetchall()})
        return found

    def _store(self, states: dict[int, State]) -> None:
        columns = ("id", *c.STATE, *c.ORIGIN)
        for batch in batches(sorted(states), 5_000):
            with connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {c.STATE_TABLE} WHERE id IN ({', '.join(map(str, batch))})")
            insert_rows(
                c.STATE_TABLE, columns, [tuple(states[i][column] for column in columns) for i in batch]
            )


@contextmanager
def _together() -> Iterator[None]:
    """One transaction for a run's rows, or each would be its own. On SQLite a deferred one, unlike the settings'
    IMMEDIATE: temporary tables are this connection's alone, so the base stays open to other writers."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT carga")
        try:
            yield
        finally:
            cursor.execute("RELEASE carga")


def _make_tables() -> None:
    """Temporary tables shaped as the real ones, empty."""
    new = f"{c.listed((*INCLUSAO, 'nome_chave', 'titular_id'))}, id AS ordem, posicao_inclusao"
    like = {
        c.NEW_TABLE: f"SELECT {new} FROM sib_vinculo",
        c.STATE_TABLE: f"SELECT {c.listed(('id', *c.STATE, *c.ORIGIN))} FROM sib_vinculo",
        c.MOVEMENT_TABLE: f"SELECT {c.listed(c.MOVEMENT)} FROM sib_movimento",
        c.FINDING_TABLE: f"SELECT {c.listed(c.FINDING)} FROM sib_critica",
    }
    with connection.cursor() as cursor:
        for table, query in like.items():
            cursor.execute(f"CREATE TEMPORARY TABLE IF NOT EXISTS {table} AS {query} LIMIT 0")
            cursor.execute(f"DELETE FROM {table}")
        cursor.execute(f"CREATE INDEX IF NOT EXISTS {c.STATE_TABLE}_chave ON {c.STATE_TABLE} (id)")
