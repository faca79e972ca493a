"""A quick look at a whole run of inclusões, in columns: which records need the rules at all?

`suspects` may point at a record that is right; it must never pass one that `records.check_inclusao` would find fault
with. A property test holds it to that. What depends on the base (codes in use, titulares) is not looked at here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from vincula.identifiers import bulk, caepf, cei, cnpj, plano
from vincula.national.sib.rules.fields import INCLUSAO
from vincula.national.sib.rules.records import ADULT, FIRST_DN_BIRTH, Context, check_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Column = Sequence[str]
_SPACE, _NEWLINE, _E, _Y = (ord(character) for character in " \nEY")
_UPPER = 0xDF  # a mask: lower case letters become upper case


class Screen:
    """Remembers the few distinct plans, contractors and municipalities of a file, so that each is checked once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        year, rest = context.today.split("-", 1)
        self._adult_birth = f"{int(year) - ADULT:04d}-{rest}"
        self._known: dict[Callable[[str], bool], dict[str, bool]] = {}

    def suspects(self, rows: Sequence[tuple[str, ...]]) -> set[int]:
        """Indices of the rows (in COLUMNS_INCLUSAO order) that the rules must look at."""
        if not rows:
            return set()
        columns: dict[str, Column] = dict(zip(INCLUSAO, zip(*rows, strict=True), strict=True))
        return (
            self._bad_numbers(columns)
            | self._bad_dates(columns)
            | self._missing(columns)
            | self._blank(columns)
            | self._bad_codes(columns)
            | odd_names(columns["nome"])
        )

    def _bad_numbers(self, columns: dict[str, Column]) -> set[int]:
        import numpy as np  # with the first column, not with the command: see identifiers.bulk

        found: set[int] = set()
        for name, check in (("cpf", bulk.cpf_valid), ("pis", bulk.pis_valid), ("cns", bulk.cns_valid)):
            column = columns[name]
            filled = [i for i, value in enumerate(column) if value]
            if filled:
                good = check([column[i] for i in filled])
                found.update(np.asarray(filled)[~good].tolist())
        return found

    def _bad_codes(self, columns: dict[str, Column]) -> set[int]:
        towns = self.context.municipalities
        column = columns["municipio"]
        strange = set(column) - towns
        found = {i for i, value in enumerate(column) if value in strange} if strange else set()
        homes = columns["municipio_residencia"]
        if any(homes):
            kinds = columns["tipo_endereco"]
            found.update(i for i, home in enumerate(homes) if home and (home not in towns or kinds[i] != "1"))
        for name, is_valid in (
            ("plano_ans", plano.is_valid),
            ("plano_portabilidade", plano.is_valid),
            ("cnpj_contratante", cnpj.is_valid),
            ("cei_contratante", cei.is_valid),
            ("caepf_contratante", caepf.is_valid),
        ):
            found |= self._bad_repeated(columns[name], is_valid)
        return found

    def _bad_repeated(self, column: Column, is_valid: Callable[[str], bool]) -> set[int]:
        known = self._known.setdefault(is_valid, {"": True})
        distinct = set(column)
        for value in distinct - known.keys():
            known[value] = is_valid(value)
        bad = {value for value in distinct if not known[value]}
        return {i for i, value in enumerate(column) if value in bad} if bad else set()

    def _bad_dates(self, columns: dict[str, Column]) -> set[int]:
        today = self.context.today
        pairs = zip(columns["nascimento"], columns["contratacao"], strict=True)
        found = {i for i, (birth, contract) in enumerate(pairs) if not birth <= contract <= today}
        if any(columns["dn"]):
            births = columns["nascimento"]
            found.update(i for i, dn in enumerate(columns["dn"]) if dn and births[i] < FIRST_DN_BIRTH)
        return found

    def _blank(self, columns: dict[str, Column]) -> set[int]:
        """Fields that hold nothing but spaces count as missing."""
        return {
            i
            for name in ("codigo", "codigo_titular", "nome_mae")
            for i, value in enumerate(columns[name])
            if value.isspace()
        } | {i for i, value in enumerate(columns["codigo"]) if not value}

    def _missing(self, columns: dict[str, Column]) -> set[int]:
        adult = self._adult_birth
        rows = zip(
            columns["relacao"],
            columns["codigo"],
            columns["codigo_titular"],
            columns["cpf"],
            columns["pis"],
            columns["nome_mae"],
            columns["nascimento"],
            strict=True,
        )
        return {
            i
            for i, (relation, code, titular, cpf, pis, mother, birth) in enumerate(rows)
            if (relation == "1") == bool(titular)
            or titular == code
            or not (
                (cpf and (pis or mother)) or (relation != "1" and birth > adult and (cpf or pis or mother))
            )
        }


def odd_names(names: Column) -> set[int]:
    """Indices of the names on which `records.check_name` has something to say, on one buffer for all of them.

    Equal to it on names as the schema has them; where the buffer cannot carry them they are asked one by one."""
    import numpy as np

    joined = "\n".join(("", *names, ""))
    try:
        text = np.frombuffer(joined.encode("latin-1"), dtype=np.uint8)
    except UnicodeEncodeError:
        return _odd_one_by_one(names)
    ends = np.flatnonzero(text == _NEWLINE)
    if len(ends) != len(names) + 1:
        return _odd_one_by_one(names)
    gap = text <= _SPACE
    starts = np.flatnonzero(gap[:-1] & ~gap[1:]) + 1
    single = starts[gap[starts + 1]]
    upper = text[single] & _UPPER
    abbreviated = single[(upper != _E) & (upper != _Y)]
    words: NDArray[np.intp] = np.diff(np.searchsorted(starts, ends))
    found = set(np.flatnonzero(words < 2).tolist()) | set((np.searchsorted(ends, abbreviated) - 1).tolist())
    if "''" in joined:  # the only way to have two words and no letter, and neither of them single
        found.update(_odd_one_by_one(names))
    return found


def _odd_one_by_one(names: Column) -> set[int]:
    return {i for i, name in enumerate(names) if any(check_name({"nome": name}))}
