"""A batch of registrations into the base: find whose each one is, join it or make a person, write everything
at once.

The registrations of a batch are taken in their order, each seeing what those before it did, so that a
batch of n does what n batches of one would do. Runs inside the caller's transaction, which it serialises
with the other writers of persons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vincula.national.cadsus.models import TipoIdentificador, TipoTransacao
from vincula.national.cadsus.rules import Decision, Identity, Tie, decide
from vincula.national.cadsus.services import claims, lookups, store
from vincula.national.cadsus.services.lookups import Claim, Held
from vincula.national.cadsus.services.records import MERGER, PLACE, Author, Fate, Registration, Result
from vincula.national.cadsus.services.writes import Changes, Writes

_CPF, _REGISTRO = int(TipoIdentificador.CPF), int(TipoIdentificador.REGISTRO)
_BIRTH, _SEX = PLACE["data_nascimento"], PLACE["sexo"]


def apply(registrations: Sequence[Registration], author: Author, *, simulado: bool = False) -> list[Result]:
    """Take the registrations into the base; one result each, in their order."""
    batch = Batch(registrations, author, simulado=simulado)
    results = [batch.take(arrived) for arrived in registrations]
    batch.writes.flush()
    return results


class Batch:
    """The state of the base around a batch, kept up to date while the batch is decided."""

    def __init__(self, registrations: Sequence[Registration], author: Author, *, simulado: bool) -> None:
        self.writes = Writes(store.take_turn(), author, simulado=simulado)
        self.registros = lookups.identifiers(
            TipoIdentificador.REGISTRO, [r.registro for r in registrations if r.registro]
        )
        self.claims = lookups.claims([r.cpf for r in registrations if r.cpf])
        self.cards = lookups.card_holders([cns for r in registrations for cns in r.cards])
        unknown = [r for r in registrations if r.registro not in self.registros]
        self.held: dict[int, Held] = {}
        self.by_pair: dict[tuple[str, str], list[int]] = {}
        pairs = {(r.data[_BIRTH], r.nome_chave) for r in unknown if r.data[_BIRTH] and r.nome_chave}
        self.roots: dict[int, int] = {}
        self.cpfs: dict[int, set[str]] = {}
        self._hold(lookups.lookalikes(sorted(pairs)))
        self.know({*self.held, *self.registros.values(), *self._claimants(self.claims.values())})

    def know(self, ids: set[int]) -> None:
        """Have these registrations at hand, the persons they are part of, and the CPFs of those."""
        self._hold_missing(ids)
        united = [one for one in ids if self.held[one].unida_em is not None]
        self.roots.update(lookups.roots_of(united))
        self._hold_missing({self.roots[one] for one in united})
        self.cpfs.update(lookups.cpfs_of({self._root(one) for one in ids}))

    def take(self, arrived: Registration) -> Result:
        """Decide one registration and note what is to be written."""
        home = self.registros.get(arrived.registro) if arrived.registro else None
        if home is not None:
            return self._again(self.held[home], arrived)
        decision = self.decide(arrived)
        holder = decision.person
        if any(self.cards.get(cns, holder) != holder for cns in arrived.cards):
            return Result(Fate.CARD_TAKEN, None)
        if holder is None:
            return self._new(arrived, decision)
        return self._join(self.held[holder], arrived)

    def decide(self, arrived: Registration) -> Decision:
        """Whose registration it is, by its CPF and its names; nothing is noted yet."""
        pair = (arrived.data[_BIRTH], arrived.nome_chave)
        ids = set(self.by_pair.get(pair, ()))
        claim = self.claims.get(arrived.cpf) if arrived.cpf else None
        if claim:
            ids |= {claim.home, *claim.others}
        if not ids:
            return Decision()
        cpfs = frozenset((arrived.cpf,) if arrived.cpf else ())
        new = Identity(cpfs, arrived.nome_chave, pair[0], arrived.mae_chave, arrived.data[_SEX])
        return decide(new, self._candidates(ids))

    def _candidates(self, ids: Iterable[int]) -> Iterator[tuple[int, Identity]]:
        """Each registration under the person it belongs to now; with every CPF that person bears."""
        for one in sorted(ids):
            root = self._root(one)
            cpfs = self.cpfs.get(root, set())
            yield root, self.held[one].identity(cpfs)
            if root != one:
                yield root, self.held[root].identity(cpfs)

    def _new(self, arrived: Registration, decision: Decision) -> Result:
        held = self.writes.new_person(arrived)
        self._hold([held])
        self.note(held, arrived)
        self._bear(held, arrived.cpf)
        for other, tie in decision.pairs:
            self.writes.review(held.id, other, disputed=tie is Tie.DISPUTE)
        return Result(Fate.NEW, held.id, self.is_disputed(arrived.cpf))

    def _join(self, held: Held, arrived: Registration) -> Result:
        """A registration not seen before, of a person known: its numbers come along, the newest data win."""
        changes = self.note(held, arrived)
        changes |= self._merge(held, arrived, arrived_wins=arrived.atualizado_em > held.atualizado_em)
        changes |= self.gain_cpf(held, arrived.cpf)
        if changes:
            self.writes.log(held.id, TipoTransacao.ATUALIZADO, changes)
        return Result(Fate.JOINED, self._root(held.id), self.is_disputed(arrived.cpf))

    def _again(self, held: Held, arrived: Registration) -> Result:
        """A registration already in the base: newer data replace what it said before; older or equal ones
        change nothing, but a correction of the same day by the registration whose data are shown.
        """
        root = self._root(held.id)
        if any(self.cards.get(cns, root) != root for cns in arrived.cards):
            return Result(Fate.CARD_TAKEN, None)
        changes = self.note(held, arrived)
        own = arrived.registro == held.registro
        if arrived.atualizado_em > held.atualizado_em or (
            own and arrived.atualizado_em == held.atualizado_em
        ):
            changes |= self._merge(held, arrived, arrived_wins=True)
            if own and arrived.cpf and held.cpf and arrived.cpf != held.cpf:
                changes |= self.change_cpf(held, arrived.cpf)
            else:
                changes |= self.gain_cpf(held, arrived.cpf)
        if changes:
            self.writes.log(held.id, TipoTransacao.ATUALIZADO, changes)
        return Result(Fate.UPDATED if changes else Fate.UNCHANGED, root, self.is_disputed(arrived.cpf))

    def _merge(self, held: Held, arrived: Registration, *, arrived_wins: bool) -> Changes:
        merged = MERGER.merge(held.data, arrived.data, arrived_wins=arrived_wins)
        newer = arrived.atualizado_em > held.atualizado_em
        if merged == held.data and not newer:
            return {}
        changes = self.writes.change_data(held, merged, arrived if newer else None)
        changes |= self.writes.unconfirm(held, changes)
        self._hold([held])
        return changes

    def gain_cpf(self, held: Held, cpf: str) -> Changes:
        """A person without CPF gets the one that the registration brings."""
        if not cpf or held.cpf or cpf in self.cpfs.get(self._root(held.id), ()):
            return {}
        changes = self.writes.change_cpf(held, cpf)
        self._bear(held, cpf)
        return changes

    def is_disputed(self, cpf: str) -> bool:
        """Whether the CPF resolves to nobody, as things stand in this batch."""
        claim = self.claims.get(cpf)
        return claim is not None and claim.disputed

    def note(self, held: Held, arrived: Registration, first: int = 0) -> Changes:
        """The registration's own identifier and its cards, at home with `held`. `first`: the `ordem` of its first card;
        from 1 on they are provisional."""
        changes: Changes = {}
        root = self._root(held.id)
        if arrived.registro and arrived.registro not in self.registros:
            self.registros[arrived.registro] = held.id
            self.writes.identifier(_REGISTRO, arrived.registro, root, held.id)
            changes["registro"] = ["", arrived.registro]
        for place, cns in enumerate(arrived.cards, start=first):
            if cns not in self.cards:
                self.cards[cns] = root
                self.writes.card(cns, root, held.id, place)
                changes.setdefault("cns", ["", []])[1].append(cns)
        return changes

    def _bear(self, held: Held, cpf: str) -> None:
        """The registration bears this CPF from now on."""
        if not cpf:
            return
        root = self._root(held.id)
        claim = self.claims.get(cpf)
        if claim is None:
            self.claims[cpf] = Claim(held.id)
            self.cpfs.setdefault(root, set()).add(cpf)
            self.writes.identifier(_CPF, cpf, root, held.id)
            return
        if held.id != claim.home and held.id not in claim.others:
            claim.others.add(held.id)
            self.cpfs.setdefault(root, set()).add(cpf)
            self.writes.claim(cpf, root, held.id)
        disputed = len({self._root(one) for one in (claim.home, *claim.others)}) > 1
        if disputed != claim.disputed:
            claim.disputed = disputed
            self.writes.dispute(cpf, disputed)

    def change_cpf(self, held: Held, cpf: str) -> Changes:
        """The registration bears another CPF than before: rare, so written at once and this batch's view
        renewed.
        """
        released = held.cpf
        changes = self.writes.change_cpf(held, cpf)
        self.writes.flush()
        claims.release(released, held.id)
        self.claims.pop(released, None)
        self.claims.update(lookups.claims({released, cpf}))
        self.know({held.id, *self._claimants(self.claims[c] for c in (released, cpf) if c in self.claims)})
        self._bear(held, cpf)
        return changes

    def _root(self, one: int) -> int:
        return self.roots.get(one, one)

    def _hold(self, found: Iterable[Held]) -> None:
        for held in found:
            held = self.held.setdefault(held.id, held)
            if all(held.pair):
                same = self.by_pair.setdefault(held.pair, [])
                if held.id not in same:
                    same.append(held.id)

    def _hold_missing(self, ids: set[int]) -> None:
        self._hold(lookups.persons(ids - self.held.keys()))

    @staticmethod
    def _claimants(claims: Iterable[Claim]) -> set[int]:
        return {one for claim in claims for one in (claim.home, *claim.others)}
