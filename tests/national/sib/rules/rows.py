"""Rows of inclusões as the reader gives them: of the schema, and otherwise right or wrong in every way."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from tests.national.sib.rules import samples as s
from vincula.formats.sib.values import NAME_CHARACTERS
from vincula.identifiers import cpf
from vincula.national.sib.rules.fields import INCLUSAO

Row = tuple[str, ...]


def _digits(width: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=width, max_size=width)


def _days(first: str) -> st.SearchStrategy[str]:
    low = dt.date.fromisoformat(first)
    near = st.sampled_from(
        [
            "2008-02-29",
            "2008-11-20",
            "2008-11-21",
            "2008-11-22",
            "2009-12-31",
            "2010-01-01",
            s.TODAY,
            "2026-11-22",
        ]
    )
    return near | st.dates(low, dt.date(2031, 12, 31)).map(dt.date.isoformat)


_NAMES = st.one_of(
    st.sampled_from(
        ["MARIA DE SOUZA", "MARIA", "   ", "'' ''", "''' A", "ANA E SILVA", "JO S", "É É É", "y Y"]
    ),
    st.from_regex(rf"[{NAME_CHARACTERS}]{{3,70}}", fullmatch=True),
    st.text("Aé' Y", min_size=3, max_size=12),
)
_TEXT = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_categories=["Cc"]), min_size=1, max_size=30
)
_CODES = st.sampled_from(["0001", "0002", " ", "\xa0", " 1"]) | _TEXT
_TOWNS = st.sampled_from([s.SAO_PAULO, s.RIO, s.NOWHERE])


def _or_none(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.just("") | values


_FIELDS: dict[str, st.SearchStrategy[str]] = {
    "cpf": _or_none(st.sampled_from([s.CPF, s.BAD_CPF, "00000000000"]) | _digits(11)),
    "dn": _or_none(_digits(11)),
    "pis": _or_none(st.sampled_from([s.PIS, s.BAD_PIS]) | _digits(11)),
    "cns": _or_none(st.sampled_from([s.CNS, s.BAD_CNS]) | _digits(15)),
    "nome": _NAMES,
    "sexo": st.sampled_from("13"),
    "nascimento": _days("1890-01-01"),
    "nome_mae": _or_none(_NAMES),
    "logradouro": _or_none(_TEXT),
    "numero": _or_none(st.just("10A")),
    "complemento": _or_none(st.just("FUNDOS")),
    "bairro": _or_none(_TEXT),
    "municipio": _or_none(_TOWNS | _digits(6)),
    "municipio_residencia": _or_none(_TOWNS),
    "cep": _or_none(_digits(8)),
    "tipo_endereco": st.sampled_from(["", "1", "2"]),
    "reside_exterior": st.sampled_from(["", "0", "1"]),
    "codigo": _CODES,
    "relacao": st.sampled_from(["1", "3", "4", "6", "8", "10"]),
    "codigo_titular": _or_none(_CODES),
    "contratacao": _days("1940-01-01"),
    "plano_ans": st.sampled_from([s.RPS, s.OTHER_RPS, s.BAD_RPS]) | _digits(9),
    "plano_portabilidade": _or_none(st.sampled_from([s.RPS, s.BAD_RPS])),
    "plano_operadora": st.just(""),
    "cpt": st.sampled_from(["", "0", "1"]),
    "itens_excluidos": st.sampled_from(["", "0", "1"]),
    "cnpj_contratante": _or_none(st.sampled_from([s.CNPJ, s.BAD_CNPJ])),
    "cei_contratante": _or_none(st.sampled_from([s.CEI, s.BAD_CEI])),
    "caepf_contratante": _or_none(st.sampled_from([s.CAEPF, s.BAD_CAEPF])),
}


@st.composite
def any_row(draw: st.DrawFn) -> Row:
    """A row that the schema lets through: a sound one with any number of its fields drawn anew."""
    record = draw(st.sampled_from([s.titular(), s.child(), s.child(nascimento="1990-01-01", cpf=s.CPF)]))
    for column in draw(st.sets(st.sampled_from(INCLUSAO), max_size=2) | st.just(set(INCLUSAO))):
        record[column] = draw(_FIELDS[column])
    if draw(st.integers(0, 9)) == 0:
        record |= {"plano_ans": "", "plano_portabilidade": "", "plano_operadora": "ANTIGO"}
    given = [c for c in ("cnpj_contratante", "cei_contratante", "caepf_contratante") if record[c]]
    record |= dict.fromkeys(given[1:], "")
    return tuple(record[column] for column in INCLUSAO)


@st.composite
def sound_row(draw: st.DrawFn) -> Row:
    """A row without any fault, as most of a good operadora's file is."""
    born = draw(st.dates(dt.date(1930, 1, 1), dt.date(2020, 1, 1))).isoformat()
    word = st.from_regex(r"[A-ZÁÃÇÉ][A-ZÁÃÇÉ']{1,10}", fullmatch=True)
    name = " ".join(draw(st.lists(word, min_size=2, max_size=5)))
    fields = {
        "cpf": cpf.complete(draw(_digits(9).filter(lambda base: len(set(base)) > 1))),
        "nome": name,
        "nome_mae": draw(st.lists(word, min_size=2, max_size=4).map(" ".join)),
        "nascimento": born,
        "contratacao": draw(st.dates(dt.date(2020, 1, 2), dt.date(2026, 11, 21))).isoformat(),
        "municipio": draw(st.sampled_from([s.SAO_PAULO, s.RIO])),
        "cns": draw(st.sampled_from(["", s.CNS])),
        "cnpj_contratante": draw(st.sampled_from(["", s.CNPJ])),
    }
    record = draw(st.sampled_from([s.titular, s.child]))(**fields)
    return tuple(record[column] for column in INCLUSAO)
