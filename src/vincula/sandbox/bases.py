"""The people as the reference bases hold them: rows in the column order of the loaders, and their CSV files.

Where the two bases differ, they differ as in life: the CNS base has names without accents or hyphens,
unknown mothers, several cards, a second registration, a stranger under somebody's CPF.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import BinaryIO

from vincula.people.folding import without_accents
from vincula.people.name import MAX_LENGTH
from vincula.sandbox.chance import mix
from vincula.sandbox.lists import load
from vincula.sandbox.people import Base, SandboxPerson
from vincula.sandbox.spelling import civil_to_sib

RECEITA_COLUMNS = (
    "cpf", "nome", "nome_social", "nome_mae", "data_nascimento", "sexo", "situacao", "ano_obito",
)  # fmt: skip
CADSUS_COLUMNS = (
    "registro_id", "cns", "cns_outros", "cpf", "cpf_situacao", "nome", "nome_social", "nome_mae", "nome_pai",
    "sexo", "data_nascimento", "raca_cor", "municipio_nascimento", "data_obito", "pis", "tipo_logradouro",
    "logradouro", "numero", "complemento", "bairro", "cep", "municipio", "uf", "ddd", "telefone", "email",
    "atualizado_em",
)  # fmt: skip
UNKNOWN_MOTHER = "SEM INFORMAÇÃO"
_RACES = ("01", "01", "01", "01", "02", "03", "03", "03", "03", "04")
Row = tuple[str, ...]


def receita_rows(persons: Iterable[SandboxPerson]) -> Iterator[Row]:
    """The taxpayers among them, in RECEITA_COLUMNS order; sex is M or F, `situacao` one digit."""
    for p in persons:
        if p.cpf:
            yield (
                p.cpf, p.nome, p.nome_social, p.nome_mae, p.nascimento, p.sexo, str(p.situacao), p.ano_obito,
            )  # fmt: skip


def cadsus_rows(persons: Iterable[SandboxPerson]) -> Iterator[Row]:
    """Their registrations in the CNS base, in CADSUS_COLUMNS order: none, one or two for each."""
    for p in persons:
        if p.base == Base.ABSENT:
            continue
        bits = mix(p.serial)
        yield _registration(p, bits)
        if p.base == Base.TWICE:
            yield _second_registration(p)
        elif p.base == Base.CONFLICT:
            yield _stranger(p, bits)


def write_csv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Row]) -> int:
    """Write a header and the rows as UTF-8 CSV; answers how many rows. Streamed."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    written = 0
    iterator = iter(rows)
    while batch := list(islice(iterator, 10_000)):
        writer.writerows(batch)
        written += len(batch)
    text.flush()
    text.detach()
    return written


def _registration(p: SandboxPerson, bits: int) -> Row:
    nome, mae = civil_to_sib(p.nome), civil_to_sib(p.nome_mae)
    if bits % 4 == 0:
        nome, mae = without_accents(nome), without_accents(mae)
    if p.cpf and p.base != Base.WITHOUT_CPF and (bits >> 8) % 64 == 0:
        mae = UNKNOWN_MOTHER
    cpf = "" if p.base == Base.WITHOUT_CPF else p.cpf
    died = f"{p.ano_obito}-06-30" if p.ano_obito and (bits >> 20) % 2 else ""
    email = f"pessoa{p.serial}@exemplo.invalid" if (bits >> 24) % 5 == 0 else ""
    return (
        str(100_000_000 + p.serial * 2), p.cns[0], ";".join(p.cns[1:]), cpf, str(p.situacao) if cpf else "",
        nome, p.nome_social[:MAX_LENGTH], mae, "", p.sexo, p.nascimento, _RACES[(bits >> 16) % 10],
        p.municipio, died, p.pis, p.tipo_logradouro, p.logradouro.partition(" ")[2], p.numero, p.complemento,
        p.bairro, p.cep, p.municipio, p.uf, p.ddd, p.telefone, email, _updated(bits),
    )  # fmt: skip


def _updated(bits: int) -> str:
    return f"{2015 + (bits >> 32) % 10}-{1 + (bits >> 40) % 12:02d}-{1 + (bits >> 48) % 28:02d}"


def _second_registration(p: SandboxPerson) -> Row:
    """The same person once more, registered in 2012 elsewhere, with a worse card and hardly any data."""
    return _bare(p, without_accents(civil_to_sib(p.nome)), p.nascimento)


def _stranger(p: SandboxPerson, bits: int) -> Row:
    """Somebody else under the same CPF: neither the first name nor the birth date agrees."""
    given = load().given
    first = given[1 + bits % (len(given) - 1)]
    if p.nome.startswith(first):
        first = "ZULEICA"
    year = int(p.nascimento[:4])
    return _bare(p, f"{first} {p.nome.rpartition(' ')[2]}", f"{year - 3 if year > 1950 else year + 3}-07-15")


def _bare(p: SandboxPerson, nome: str, birth: str) -> Row:
    row = [""] * len(CADSUS_COLUMNS)
    row[0:2] = str(100_000_001 + p.serial * 2), p.outro_cns
    row[3] = p.cpf
    row[5] = civil_to_sib(nome)
    row[7] = UNKNOWN_MOTHER
    row[9:11] = p.sexo, birth
    row[21:23] = p.municipio, p.uf
    row[26] = "2012-03-01"
    return tuple(row)
