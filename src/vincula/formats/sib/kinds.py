"""What a file that is no SBX at all is, by its first bytes: who sent it is told what he sent, and what to send.

Where the bytes settle it the message says "é", where they only suggest it, "parece".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNPACK = "Descompacte e envie o SBX de dentro."
_GENERATE = (
    "Gere o SBX no sistema da operadora e envie o arquivo gerado; mudar o nome de outro arquivo para .SBX não o "
    "converte."
)
_OFFICE = "uma planilha ou um documento (como XLSX, DOCX ou ODS)"


@dataclass(frozen=True, slots=True)
class Kind:
    """What to tell about a file: Portuguese sentences."""

    message: str
    remedy: str


# The first bytes, as ISO-8859-1 text → what the file is, and what to do.
SIGNATURES: tuple[tuple[str, str, str], ...] = (
    ("PK\x03\x04", "um ZIP (compactado)", _UNPACK),
    ("PK\x05\x06", "um ZIP vazio", "Não há nada dentro dele: envie o próprio SBX."),
    ("PK\x07\x08", "uma parte de um ZIP dividido", "Junte as partes, descompacte e envie o SBX de dentro."),
    ("\x1f\x8b", "um gzip (compactado)", _UNPACK),
    ("BZh", "um bzip2 (compactado)", _UNPACK),
    ("\xfd7zXZ\0", "um xz (compactado)", _UNPACK),
    ("(\xb5/\xfd", "um zstd (compactado)", _UNPACK),
    ("7z\xbc\xaf'\x1c", "um 7-Zip (compactado)", _UNPACK),
    ("Rar!\x1a\x07", "um RAR (compactado)", _UNPACK),
    ("%PDF-", "um PDF", _GENERATE),
    (
        "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "uma planilha ou um documento antigo do Office (XLS, DOC)",
        _GENERATE,
    ),
    ("{\\rtf", "um documento RTF", _GENERATE),
    ("\x89PNG\r\n\x1a\n", "uma imagem PNG", _GENERATE),
    ("\xff\xd8\xff", "uma imagem JPEG", _GENERATE),
    ("GIF8", "uma imagem GIF", _GENERATE),
    ("SQLite format 3\0", "uma base SQLite", _GENERATE),
    ("-----BEGIN PGP", "um arquivo cifrado ou assinado com PGP", "Decifre-o e envie o SBX de dentro."),
    (
        "\x4c\x6f\xa7\x94",  # "<?xm"
        "um XML gravado em EBCDIC",
        'Converta-o para ISO-8859-1 e declare-o na primeira linha: <?xml version="1.0" encoding="ISO-8859-1"?>',
    ),
)
_OFFICE_ENTRIES = ("[Content_Types].xml", "_rels/", "docProps/", "xl/", "word/", "ppt/", "mimetype")
_TAR = slice(257, 262)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BINARY = re.compile("[\0-\x08\x0e-\x19\x1b-\x1f]")
_ANSWER = re.compile(r"<ansParaOperadora[\s>]")
_LOOKED_AT = 1 << 16
_UTF16 = (("\xff\xfe", "utf-16"), ("\xfe\xff", "utf-16"), ("<\0", "utf-16-le"), ("\0<", "utf-16-be"))


def foreign(beginning: str) -> Kind | None:
    """What a file is that cannot be an SBX, by its beginning read as ISO-8859-1; None where it begins like XML
    (whatever its encoding: that is another question), and for nothing at all.
    """
    text = beginning[:_LOOKED_AT]
    for signature, what, remedy in SIGNATURES:
        if text.startswith(signature):
            return _of_an_archive(text) or _is(what, remedy)
    if text[_TAR] == "ustar":
        return _is("um TAR (pacote de arquivos)", _UNPACK)
    encoded = _as_utf16(text)
    text = text.removeprefix("\xef\xbb\xbf") if encoded is None else encoded
    text = text.lstrip(" \t\r\n")
    if _HTML.match(text):
        return _is("uma página da web (HTML)", _GENERATE)
    if not text or text.startswith("<") or "<mensagemSIB" in text:
        return None
    if _BINARY.search(text):
        return _seems("um arquivo binário (programa, imagem ou arquivo compactado ou cifrado)", _GENERATE)
    what = "uma planilha em texto (CSV)" if _has_columns(text) else "um texto comum"
    return _seems(what if encoded is None else f"{what}, em UTF-16", _GENERATE)


def answer_of_ans(text: str) -> Kind | None:
    """The same for SIB's other files, by their first elements: an RPX or CNX goes from ANS to the operadora."""
    if "<operadoraParaANS" in text or not _ANSWER.search(text):
        return None
    what = "um CNX (conferência)" if "<conferencia" in text else "um RPX (resultado)"
    return _is(f"{what}, resposta da ANS à operadora", _GENERATE)


def other_xml(root: str) -> Kind:
    """The same for XML that begins with another element than SIB's."""
    return Kind(
        f"O arquivo é um XML de outro tipo, e não um SBX: começa com o elemento {root[:60]}, e não com mensagemSIB.",
        _GENERATE,
    )


def _is(what: str, remedy: str) -> Kind:
    return Kind(f"O arquivo é {what}, e não um SBX.", remedy)


def _seems(what: str, remedy: str) -> Kind:
    return Kind(f"O arquivo parece ser {what}; não é um SBX.", remedy)


def _of_an_archive(text: str) -> Kind | None:
    """A ZIP whose first entry is that of an office document: nothing to unpack in there."""
    if not text.startswith("PK\x03\x04") or not text.startswith(_OFFICE_ENTRIES, 30):
        return None
    return _is(_OFFICE, _GENERATE)


def _as_utf16(text: str) -> str | None:
    """The beginning decoded, where it is UTF-16; None where it is not."""
    for mark, codec in _UTF16:
        if text.startswith(mark):
            return text.encode("iso-8859-1").decode(codec, "replace")
    return None


def _has_columns(text: str) -> bool:
    """Whether the first lines have the same number of the same delimiter (one line alone: two of it at least)."""
    lines = [line for line in text.splitlines()[:3] if line.strip()]
    enough = 1 if len(lines) > 1 else 2
    counts = [{line.count(delimiter) for line in lines} for delimiter in ";\t|,"]
    return any(len(found) == 1 and min(found) >= enough for found in counts)
