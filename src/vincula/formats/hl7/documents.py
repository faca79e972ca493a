"""Which roots the ids of a document have in its asOtherIDs (cadsus-services.md, 3.7; cadsus-rules.md, 9).

One table for who writes and who reads. Its order is that of answers; feeds have another, so that ids are read by root.
"""

from __future__ import annotations

from vincula.formats.hl7 import oids

# Of each Document.tipo that goes in an asOtherIDs: root and the field of the Document, the number first.
DOCUMENTS: dict[str, tuple[tuple[str, str], ...]] = {
    "cnh": ((oids.CNH, "numero"), (oids.DOCUMENTO_UF, "uf"), (oids.CNH_EMISSAO, "emissao")),
    "titulo": ((oids.TITULO, "numero"), (oids.TITULO_ZONA, "zona"), (oids.TITULO_SECAO, "secao")),
    "dnv": ((oids.DNV, "numero"),),
    "rg": (
        (oids.RG, "numero"),
        (oids.RG_ORGAO, "orgao"),
        (oids.DOCUMENTO_UF, "uf"),
        (oids.RG_EMISSAO, "emissao"),
    ),
    "ctps": ((oids.CTPS, "numero"), (oids.CTPS_SERIE, "serie"), (oids.CTPS_EMISSAO, "emissao")),
    "ric": ((oids.RIC, "numero"),),
}
# Fields of the Certificate, behind the id that says of what type it is.
NEW_CERTIFICATE = ((oids.CERTIDAO_MATRICULA, "matricula"), (oids.CERTIDAO_EMISSAO, "emissao"))
OLD_CERTIFICATE = (
    (oids.CERTIDAO_CARTORIO, "cartorio"),
    (oids.CERTIDAO_LIVRO, "livro"),
    (oids.CERTIDAO_FOLHA, "folha"),
    (oids.CERTIDAO_TERMO, "termo"),
    (oids.CERTIDAO_EMISSAO, "emissao"),
)
# Table cadsus-tipo-certidao: the last arc of the new model's root; the old model's is the next.
_CERTIFICATE_ARCS = {"91": 1, "92": 3, "93": 5, "95": 7, "15": 9}
# The root of each type, new model and old: (tipo, whether new) -> root.
CERTIFICATE_ROOTS = {
    (tipo, new): f"{oids.CERTIDAO}.{arc + (not new)}"
    for tipo, arc in _CERTIFICATE_ARCS.items()
    for new in (True, False)
}
NULL = "null"
"""What stands, literally, where an id has no extension to give: the type of a certidão."""
# Fields of the record, in the group of the naturalisation.
NATURALISATION = (
    (oids.NATURALIZACAO, "portaria_naturalizacao"),
    (oids.ENTRADA_BRASIL, "data_entrada"),
    (oids.NATURALIZACAO_DATA, "data_naturalizacao"),
)
