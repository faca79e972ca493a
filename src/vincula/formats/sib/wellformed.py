"""libxml2's complaints about XML that is not well formed, said in Portuguese with the likely cause and remedy."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from vincula.formats.sib.characters import describe
from vincula.formats.sib.locate import START, Place

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|apos|quot|#[0-9]+|#x[0-9A-Fa-f]+);)")
# What is opened and never closed goes to the end of the text, so that each start is looked for an end only once.
_NOT_TEXT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{0,30});")
_STRAY_LESS = re.compile(r"<(?![/?!A-Za-z_:])")


@dataclass(frozen=True, slots=True)
class Complaint:
    """`place` is in the document parsed; `index` the character's index in its text, -1 when only `place` is known."""

    place: Place
    index: int
    character: str
    message: str
    remedy: str


def complaint(document: str, error: etree.XMLSyntaxError) -> Complaint:
    """Why libxml2 refused `document`; the place is exact where the cause is a character."""
    return _by_character(document) or by_error(error)


def by_error(error: etree.XMLSyntaxError) -> Complaint:
    """What libxml2 said, without looking at the text itself."""
    last = error.error_log.last_error  # type: ignore[attr-defined]  # the stubs lack it
    place = Place(max(error.lineno or 1, 1), max(error.offset or 0, 0))
    return _by_kind(str(last.type_name) if last is not None else "", place)


def _by_character(document: str) -> Complaint | None:
    control = _CONTROL.search(document)
    if control:
        character = control[0]
        name = "NUL (byte zero)" if character == "\0" else describe(character)
        message = f"Há um caractere que o XML proíbe: {name}."
        return _at(document, control.start(), name, message, "Retire o caractere na origem do dado.")
    plain = _NOT_TEXT.sub(lambda found: " " * len(found[0]), document)
    ampersand = _AMPERSAND.search(plain)
    if ampersand:
        return _ampersand(document, ampersand.start())
    less = _STRAY_LESS.search(plain)
    if less:
        message = "Há um sinal de menor (<) solto, que o XML entende como início de tag."
        return _at(document, less.start(), describe("<"), message, "Escreva &lt; no lugar dele.")
    return None


def _ampersand(document: str, index: int) -> Complaint:
    entity = _ENTITY.match(document, index)
    if entity:
        message = f"A entidade &{entity[1]}; não existe em XML (é de HTML)."
        remedy = "Escreva o próprio caractere, em ISO-8859-1."
        return _at(document, index, describe("&"), message, remedy)
    message = "Há um e comercial (&) solto; em XML ele abre uma entidade."
    return _at(document, index, describe("&"), message, "Escreva &amp; no lugar dele, ou troque-o por E.")


def _at(document: str, index: int, character: str, message: str, remedy: str) -> Complaint:
    return Complaint(START.after(document[:index]), index, character, message, remedy)


_KINDS = {
    "ERR_TAG_NAME_MISMATCH": (
        "Uma tag é fechada com nome diferente do da tag aberta.",
        "Confira se cada tag aberta tem o seu fechamento, na ordem inversa da abertura.",
    ),
    "ERR_TAG_NOT_FINISHED": (
        "O arquivo termina antes de fechar todas as tags: está incompleto.",
        "Gere ou copie o arquivo de novo, até o fim.",
    ),
    "ERR_GT_REQUIRED": ("Uma tag não foi terminada com o sinal de maior (>).", "Complete a tag."),
    "ERR_ATTRIBUTE_REDEFINED": ("Um elemento tem o mesmo atributo duas vezes.", "Retire a repetição."),
    "ERR_ATTRIBUTE_NOT_STARTED": ("O valor de um atributo está sem aspas.", "Ponha o valor entre aspas."),
    "ERR_UNDECLARED_ENTITY": (
        "O arquivo usa uma entidade que o XML não define.",
        "Escreva o próprio caractere, em ISO-8859-1.",
    ),
    "ERR_INVALID_CHAR": (
        "Há um caractere que o XML proíbe.",
        "Retire o caractere na origem do dado.",
    ),
    "ERR_INVALID_CHARREF": ("Uma referência &#…; aponta para um caractere proibido.", "Retire a referência."),
    "ERR_MISPLACED_CDATA_END": ("A sequência ]]> não pode aparecer em um texto.", "Escreva ]]&gt;."),
    "ERR_DOCUMENT_END": (
        "Há conteúdo depois do fim de mensagemSIB.",
        "Retire o que vem depois da última tag.",
    ),
    "ERR_RESERVED_XML_NAME": (
        "A declaração <?xml …?> só pode estar no primeiro byte do arquivo.",
        "Retire espaços, linhas ou outro conteúdo antes dela.",
    ),
    "NS_ERR_UNDEFINED_NAMESPACE": (
        "Um elemento ou atributo usa um prefixo de namespace que não foi declarado.",
        "Escreva os elementos sem prefixo.",
    ),
    "ERR_COMMENT_NOT_FINISHED": ("Um comentário (<!--) não foi fechado.", "Feche-o com --> ou retire-o."),
    "ERR_CDATA_NOT_FINISHED": ("Uma seção <![CDATA[ não foi fechada.", "Feche-a com ]]> ou retire-a."),
    "ERR_PI_NOT_FINISHED": ("Uma instrução <?…?> não foi fechada.", "Feche-a com ?> ou retire-a."),
    "ERR_DOCUMENT_EMPTY": ("O arquivo não contém um documento XML.", "Envie um arquivo SBX."),
}


def _by_kind(kind: str, place: Place) -> Complaint:
    message, remedy = _KINDS.get(
        kind, ("O arquivo não é XML bem-formado.", "Confira as tags neste ponto do arquivo.")
    )
    return Complaint(place, -1, "", message, remedy)
