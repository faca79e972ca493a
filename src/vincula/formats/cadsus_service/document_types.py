"""Types of documents and certidões (cadsus-services.md, section 6.1)."""

from __future__ import annotations

from vincula.formats.cadsus_service.table import Part, Row, many, may, must
from vincula.formats.cadsus_service.values import DATE, INT, STRING, Simple, code, digits, marks, text

_DOCUMENT = "schema/corporativo/documento"
_CERTIFICATE = f"{_DOCUMENT}/certidao"
_UF = may("siglaUF", STRING)
_NUMBERED = may("identificador", INT)


def _document(name: str, *parts: Part) -> Row:
    return Row(name, f"{_DOCUMENT}/v1r1/{name.lower()}", (_NUMBERED, *parts))


def licence(*, leading_zero: bool) -> Row:
    """A CNH; in the schemas of Auditoria its number does not begin with 0."""
    return _document(
        "CNH",
        may("numeroCNH", digits(2, 11, leading_zero=leading_zero)),
        may("dataEmissao", DATE),
        _UF,
    )


def old_certificate(allowed: str) -> Row:
    """A certidão of the old model; `allowed`: the characters of the cartório's name."""
    return Row(
        "CertidaoAntiga",
        f"{_CERTIFICATE}/v1r1/certidaoantiga",
        (
            _NUMBERED,
            must("TipoCertidao", "tc"),
            may("nomeCartorio", marks(0, 20, allowed)),
            may("livro", marks(1, 8, "-0-9A-Z")),
            may("folha", marks(1, 4, "-0-9A-Z")),
            may("termo", marks(1, 8, "-0-9A-Z")),
            may("dataEmissao", DATE),
        ),
    )


# The blocks of a matrícula, in order, and their digits: 32 together.
BLOCKS = {
    "numeroCartorio": 6,
    "acervo": 2,
    "servicoRegistroCivil": 2,
    "ano": 4,
    "tipoLivro": 1,
    "livro": 5,
    "folha": 3,
    "termo": 7,
    "digitoVerificador": 2,
}


def _block(name: str, length: int) -> Part:
    if name == "ano":
        return may(name, digits(length, length, leading_zero=False))
    return may(name, digits(1 if name == "digitoVerificador" else length, length))


DOCUMENT_ROWS = {
    "doc": Row(
        "Documentos",
        f"{_DOCUMENT}/v1r2/documentos",
        (
            may("Identidade", "id"),
            may("CTPS", "ctps"),
            may("CNH", "cnh"),
            may("TituloEleitor", "te"),
            may("NIS", "nis"),
            may("Passaporte", "pp"),
            may("RIC", "ric"),
            may("DNV", "dnv"),
        ),
    ),
    "td": Row(
        "TipoDocumento",
        f"{_DOCUMENT}/v5r0/tipodocumento",
        (may("tipoDocumento", code("01", "02", "03", "04", "05", "06", "19", "91", "92", "93", "95")),),
    ),
    "cpf": Row("CPF", f"{_DOCUMENT}/v1r2/cpf", (must("numeroCPF", digits(11, 11)),)),
    "id": _document(
        "Identidade",
        must("numeroIdentidade", text(1, 15)),
        may("dataExpedicao", DATE),
        may("OrgaoEmissor", "oe"),
        _UF,
    ),
    "oe": Row(
        "OrgaoEmissor",
        f"{_DOCUMENT}/v1r2/orgaoemissor",
        (
            must("codigoOrgaoEmissor", digits(0, 3)),
            may("nomeOrgaoEmissor", STRING),
            may("siglaOrgaoEmissor", STRING),
        ),
    ),
    "ctps": _document(
        "CTPS", may("numeroCTPS", digits(2, 11)), may("serie", digits(0, 5)), may("dataEmissao", DATE)
    ),
    "cnh": licence(leading_zero=True),
    # 12, not the official 11: a título has 12 digits, and not every one begins with 0.
    "te": _document(
        "TituloEleitor",
        may("numeroTituloEleitor", Simple("string", 2, 12, "[1-9][0-9]*")),
        may("zona", text(0, 5)),
        may("secao", text(0, 5)),
    ),
    "nis": _document("NIS", may("numeroDocumento", Simple("string", 2, 15, "[1-9][0-9]*"))),
    "pp": _document(
        "Passaporte",
        may("numeroPassaporte", text(2, 15)),
        may("Pais", "pa"),
        may("dataValidade", DATE),
        may("dataExpedicao", DATE),
    ),
    "ric": _document(
        "RIC",
        may("numeroRIC", digits(11, 11, leading_zero=False)),
        may("dataValidade", DATE),
        may("dataExpedicao", DATE),
        may("OrgaoEmissor", "oe"),
    ),
    "dnv": _document("DNV", must("numeroDNV", digits(0, 15))),
    "certs": Row(
        "Certidoes",
        f"{_CERTIFICATE}/v1r1/certidoes",
        (many("Certidao", "cert"), many("CertidaoAntiga", "ca")),
    ),
    "cert": Row(
        "Certidao",
        f"{_CERTIFICATE}/v1r2/certidao",
        (
            _NUMBERED,
            must("TipoCertidao", "tc"),
            *(_block(name, length) for name, length in BLOCKS.items()),
            may("dataEmissao", DATE),
        ),
    ),
    "ca": old_certificate("-0-9A-Z "),
    "tc": Row("TipoCertidao", f"{_CERTIFICATE}/v1r1/tipocertidao", code("91", "92", "93", "95")),
}
