"""Documents and certidões of a record, as Documentos and Certidoes hold them, both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vincula.formats.cadsus_service.document_types import BLOCKS
from vincula.formats.cadsus_service.faults import Faults
from vincula.formats.cadsus_service.tree import Values, branch, branches, leaf, put
from vincula.people.record import Certificate, Document

_MATRICULA = sum(BLOCKS.values())
_TITULO = 12
_UF, _ISSUER = ("siglaUF",), ("OrgaoEmissor", "codigoOrgaoEmissor")
# Of each kind: its element, and where its fields stand in it.
KINDS: Mapping[str, tuple[str, Mapping[str, tuple[str, ...]]]] = {
    "rg": (
        "Identidade",
        {"numero": ("numeroIdentidade",), "emissao": ("dataExpedicao",), "orgao": _ISSUER, "uf": _UF},
    ),
    "ctps": ("CTPS", {"numero": ("numeroCTPS",), "serie": ("serie",), "emissao": ("dataEmissao",)}),
    "cnh": ("CNH", {"numero": ("numeroCNH",), "emissao": ("dataEmissao",), "uf": _UF}),
    "titulo": (
        "TituloEleitor",
        {"numero": ("numeroTituloEleitor",), "zona": ("zona",), "secao": ("secao",)},
    ),
    "passaporte": (
        "Passaporte",
        {
            "numero": ("numeroPassaporte",),
            "pais": ("Pais", "codigoPais"),
            "validade": ("dataValidade",),
            "emissao": ("dataExpedicao",),
        },
    ),
    "ric": (
        "RIC",
        {
            "numero": ("numeroRIC",),
            "validade": ("dataValidade",),
            "emissao": ("dataExpedicao",),
            "orgao": _ISSUER,
        },
    ),
    "dnv": ("DNV", {"numero": ("numeroDNV",)}),
}
_OLD = {"cartorio": "nomeCartorio", "livro": "livro", "folha": "folha", "termo": "termo"}


def written_documents(documents: Iterable[Document]) -> Values:
    """Documentos without NIS: one of each kind, the first."""
    values: Values = {}
    for document in documents:
        if document.tipo in KINDS and KINDS[document.tipo][0] not in values:
            name, places = KINDS[document.tipo]
            inside: Values = {}
            for field, path in places.items():
                if value := getattr(document, field):
                    put(inside, path, value)
            values[name] = inside
    return values


def read_documents(values: Values) -> tuple[Document, ...]:
    """The documents in Documentos, in the table's order. Those that say anything at all: rules decide what is whole."""
    found = []
    for kind, (name, places) in KINDS.items():
        fields = {field: leaf(values, name, *path) for field, path in places.items()}
        if fields.get("pais"):
            fields["pais"] = fields["pais"].zfill(3)
        if kind == "titulo" and fields["numero"]:
            fields["numero"] = fields["numero"].zfill(_TITULO)
        if any(fields.values()):
            found.append(Document(tipo=kind, **fields))
    return tuple(found)


def written_certificates(certificates: Iterable[Certificate]) -> Values:
    """Certidoes. Left out: a certidão de óbito, which has no code here, and a matrícula that cannot be cut."""
    new: list[Values] = []
    old: list[Values] = []
    for one in certificates:
        inside: Values = {"TipoCertidao": one.tipo, "dataEmissao": one.emissao}
        if one.nova:
            cut = blocks(one.matricula)
            new += [inside | cut] if cut else []
        else:
            old.append(inside | {name: getattr(one, field) for field, name in _OLD.items()})
    return {"Certidao": list(new), "CertidaoAntiga": list(old)}


def read_certificates(values: Values, faults: Faults) -> tuple[Certificate, ...]:
    """The certidões, those of the new model first."""
    found = []
    for one in branches(values, "Certidao"):
        matricula = "".join(
            leaf(one, name).zfill(length) for name, length in BLOCKS.items() if leaf(one, name)
        )
        if len(matricula) != _MATRICULA:
            faults.matricula()
            continue
        found.append(
            Certificate(tipo=leaf(one, "TipoCertidao"), matricula=matricula, emissao=leaf(one, "dataEmissao"))
        )
    for one in branches(values, "CertidaoAntiga"):
        fields = {field: leaf(one, name) for field, name in _OLD.items()}
        found.append(Certificate(tipo=leaf(one, "TipoCertidao"), emissao=leaf(one, "dataEmissao"), **fields))
    return tuple(found)


def blocks(matricula: str) -> Values:
    """A matrícula in its nine blocks; nothing where it has not its 32 digits, or a year that begins with 0."""
    if len(matricula) != _MATRICULA or not (matricula.isascii() and matricula.isdigit()):
        return {}
    cut: Values = {}
    at = 0
    for name, length in BLOCKS.items():
        cut[name] = matricula[at : at + length]
        at += length
    return {} if leaf(cut, "ano").startswith("0") else cut


def given_documents(values: Values) -> bool:
    """Whether Documentos brought any document other than the NIS, be it empty."""
    held = branch(values, "Documentos")
    return any(name in held for name, _ in KINDS.values())
