"""Hypothesis strategies that make SBX files: valid ones in every spelling that XML allows, and damaged ones.

What a field may hold is written here by hand, apart from the schema under test.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.formats.sib.oracle import opinion

LOCATION = "http://www.ans.gov.br/padroes/sib/schemas http://www.ans.gov.br/padroes/sib/schemas/sib.xsd"
NAME = "abcXYZãÃáÁàÀâÂäÄéÉèÈêÊëËÚúíÍóÓõÕôÔöÖüÜñÑçÇ' "


def _digits(length: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=length, max_size=length)


def _text(longest: int, shortest: int = 1) -> st.SearchStrategy[str]:
    letters = st.sampled_from("ABCdef 0123 /.,-()&<>'\"ÁÇãõºª°\xa0Ãé\x85|")
    return st.text(letters, min_size=shortest, max_size=longest)


_NAMES = st.one_of(st.just("MARIA DA CONCEIÇÃO"), st.text(NAME, min_size=3, max_size=70))
_DATES = st.one_of(
    st.dates().map(str).filter(lambda day: day >= "1940-01-01"),
    st.sampled_from(
        ["1980-02-29", "2000-02-29", "1999-12-31Z", " 2001-01-01\n", "2024-02-29-03:00", "2150-01-01"]
    ),
)
_BIRTHS = st.one_of(_DATES, st.sampled_from(["1890-01-01", "1899-12-31", "1904-02-29", "1936-02-29"]))


def _codes(*codes: str) -> st.SearchStrategy[str]:
    spellings = st.sampled_from(["{}", "{}", "{}", "0{}", " {} ", "+{}", "\t{}\n"])
    return st.builds(lambda code, spelling: spelling.format(code), st.sampled_from(codes), spellings)


FIELDS: dict[str, st.SearchStrategy[str]] = {
    "cco": _digits(12),
    "cpf": _digits(11),
    "dn": _digits(11),
    "pisPasep": _digits(11),
    "cns": _digits(15),
    "nome": _NAMES,
    "sexo": _codes("1", "3"),
    "dataNascimento": _BIRTHS,
    "nomeMae": _NAMES,
    "logradouro": _text(50),
    "numero": _text(5),
    "complemento": _text(15, 0),
    "bairro": _text(30),
    "codigoMunicipio": _digits(6),
    "codigoMunicipioResidencia": _digits(6),
    "cep": _digits(8),
    "tipoEndereco": st.sampled_from(["1", "2"]),
    "resideExterior": _codes("0", "1"),
    "codigoBeneficiario": _text(30),
    "relacaoDependencia": _codes("1", "3", "4", "6", "8", "10"),
    "codigoBeneficiarioTitular": _text(30),
    "dataContratacao": _DATES,
    "dataReativacao": _DATES,
    "dataCancelamento": _DATES,
    "motivoCancelamento": _codes("41", "42", "43", "44", "46", "47", "48"),
    "numeroPlanoANS": _digits(9),
    "numeroPlanoPortabilidade": _digits(9),
    "numeroPlanoOperadora": _text(20),
    "coberturaParcialTemporaria": _codes("0", "1"),
    "itensExcluidosCobertura": _codes("0", "1"),
    "cnpjEmpresaContratante": _digits(14),
    "ceiEmpresaContratante": _digits(12),
    "caepfEmpresaContratante": _digits(14),
    "codigoProcedimentoAdministrativo": _digits(20),
}
_WS = st.sampled_from(["", "", "", "\n", "  ", "\r\n\t", "<!-- </inclusao> & -->", "<?pi < ?>\n"])


@st.composite
def _value(draw: st.DrawFn, text: str) -> str:
    """One of the ways to spell a text in XML."""
    way = draw(st.integers(0, 9))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if way == 7 and "]]>" not in text:
        return f"<![CDATA[{text}]]>"
    if way == 8 and text:
        return "".join(
            f"&#{ord(character)};" if character not in "<&>" else escaped for character in text[:1]
        ) + (
            text[1:].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            if text[0] not in "<&>"
            else ""
        )
    if way == 9:
        return escaped.replace("'", "&apos;").replace('"', "&quot;") + "<!-- nota -->"
    return escaped


@st.composite
def element(draw: st.DrawFn, name: str, plain: bool) -> str:
    value = draw(FIELDS[name])
    text = value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if not plain:
        text = draw(_value(value))
    blank = "" if plain else draw(_WS)
    return f"{blank}<{name}>{text}</{name}>"


IDENTIFICACAO = ("cpf", "dn", "pisPasep", "cns", "nome!", "sexo!", "dataNascimento!", "nomeMae")
ENDERECO = (
    "logradouro",
    "numero",
    "complemento",
    "bairro",
    "codigoMunicipio!",
    "codigoMunicipioResidencia",
    "cep",
    "tipoEndereco",
    "resideExterior",
)
COBERTURA = ("coberturaParcialTemporaria", "itensExcluidosCobertura", "?contratante")
CONTRATO = ("relacaoDependencia!", "codigoBeneficiarioTitular", "dataContratacao!")
VINCULO = ("codigoBeneficiario!", *CONTRATO, "?plano", *COBERTURA)
VINCULO_R = (
    "codigoBeneficiario",
    "relacaoDependencia",
    "codigoBeneficiarioTitular",
    "dataContratacao",
    "dataReativacao",
    "dataCancelamento",
    "motivoCancelamento",
    "numeroPlanoANS",
    "numeroPlanoPortabilidade",
    *COBERTURA,
)


@st.composite
def _sequence(draw: st.DrawFn, names: tuple[str, ...], required: bool, plain: bool) -> str:
    parts = []
    for name in names:
        if name == "?plano":
            choices = [
                ["numeroPlanoANS"],
                ["numeroPlanoANS", "numeroPlanoPortabilidade"],
                ["numeroPlanoOperadora"],
            ]
            parts += [draw(element(each, plain)) for each in draw(st.sampled_from(choices))]
        elif name == "?contratante":
            kinds = ["", "cnpjEmpresaContratante", "ceiEmpresaContratante", "caepfEmpresaContratante"]
            kind = draw(st.sampled_from(kinds))
            parts += [draw(element(kind, plain))] if kind else []
        elif (name.endswith("!") and required) or draw(st.booleans()):
            parts.append(draw(element(name.rstrip("!"), plain)))
    return "".join(parts)


@st.composite
def procedure(draw: st.DrawFn, plain: bool) -> str:
    kind = draw(st.sampled_from("IIIRRMCA"))
    blank = "" if plain else draw(_WS)

    def group(name: str, fields: tuple[str, ...], required: bool) -> str:
        inside = draw(_sequence(fields, required, plain))
        return f"<{name}>{inside}</{name}>" if inside or draw(st.booleans()) else f"<{name}/>"

    if kind == "I":
        endereco = group("endereco", ENDERECO, True) if draw(st.integers(0, 5)) else "<endereco/>"
        inside = group("identificacao", IDENTIFICACAO, True) + endereco + group("vinculo", VINCULO, True)
        return f"{blank}<inclusao>{inside}</inclusao>"
    cco = draw(element("cco", plain))
    if kind == "R":
        inside = cco + group("identificacao", IDENTIFICACAO, False) + group("endereco", ENDERECO, False)
        inside += group("vinculo", VINCULO_R, False)
        inside += draw(st.sampled_from(["", draw(element("codigoProcedimentoAdministrativo", plain))]))
        return f"{blank}<retificacao>{inside}</retificacao>"
    if kind == "M":
        inside = draw(_sequence((*CONTRATO, "?plano", *COBERTURA), True, plain))
        return f"{blank}<mudancaContratual>{cco}{inside}</mudancaContratual>"
    names = ("dataCancelamento!", "motivoCancelamento!") if kind == "C" else ("dataReativacao!",)
    name = "cancelamento" if kind == "C" else "reativacao"
    return f"{blank}<{name}>{cco}{draw(_sequence(names, True, plain))}</{name}>"


def envelope(body: str, digest: str = "X", *, note: str = "") -> str:
    """A whole file around what stands in operadoraParaANS."""
    return (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n'
        f'<mensagemSIB xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="{LOCATION}">{note}\n'
        "<cabecalho><identificacaoTransacao><tipoTransacao>Atualização SIB</tipoTransacao>"
        "<sequencialTransacao>1</sequencialTransacao>"
        "<dataHoraRegistroTransacao>2026-10-05T10:00:00</dataHoraRegistroTransacao></identificacaoTransacao>"
        "<origem><registroANS>999997</registroANS></origem><destino><cnpj>03589068000146</cnpj></destino>"
        "<versaoPadrao>1.1</versaoPadrao><identificacaoSoftwareGerador><nomeAplicativo>TESTE</nomeAplicativo>"
        "<versaoAplicativo>1</versaoAplicativo><fabricanteAplicativo>TESTE</fabricanteAplicativo>"
        "</identificacaoSoftwareGerador></cabecalho>\n"
        f"<mensagem><operadoraParaANS>{body}</operadoraParaANS></mensagem>\n"
        f"<epilogo><hash>{digest}</hash></epilogo>\n</mensagemSIB>\n"
    )


def with_hash(body: str, *, note: str = "") -> bytes:
    """The file as bytes, with the hash that the oracle computes."""
    digest = opinion(envelope(body, note=note).encode("iso-8859-1")).hash or "X"
    return envelope(body, digest, note=note).encode("iso-8859-1")


@st.composite
def valid_files(draw: st.DrawFn, *, most: int = 6) -> bytes:
    """A valid file; about half in the plain form that the fast path takes."""
    plain = draw(st.booleans())
    parts = draw(st.lists(procedure(plain), min_size=1, max_size=most))
    tail = "" if plain else draw(_WS)
    note = "" if plain else draw(_WS)
    return with_hash(f"<beneficiarios>{''.join(parts)}{tail}</beneficiarios>", note=note)


@st.composite
def damaged_files(draw: st.DrawFn) -> bytes:
    """A valid file after byte flips, deletions, duplications and swaps."""
    data = bytearray(draw(valid_files(most=4)))
    for _ in range(draw(st.integers(1, 3))):
        if len(data) < 4:
            break
        start = draw(st.integers(0, len(data) - 1))
        length = draw(st.integers(1, 60))
        way = draw(st.sampled_from(["flip", "delete", "repeat", "swap", "insert"]))
        piece = bytes(data[start : start + length])
        if way == "flip":
            data[start] = draw(st.integers(0, 255))
        elif way == "delete":
            del data[start : start + length]
        elif way == "repeat":
            data[start:start] = piece
        elif way == "swap":
            other = draw(st.integers(0, len(data) - 1))
            data[start : start + length] = data[other : other + length]
        else:
            odd = [
                b"&",
                b"<",
                b"&#0;",
                b"]]>",
                b"<!--",
                b"-->",
                b"<![CDATA[",
                b"\x00",
                b' a="1"',
                b"<x/>",
                b"&nbsp;",
            ]
            data[start:start] = draw(st.sampled_from(odd))
    return bytes(data)
