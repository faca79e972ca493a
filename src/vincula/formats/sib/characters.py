"""Names of characters in Portuguese, so that a fault can say which key was pressed."""

from __future__ import annotations

import unicodedata

_SYMBOLS = {
    "\t": "tabulação",
    "\n": "quebra de linha",
    "\r": "retorno de carro (quebra de linha)",
    " ": "espaço",
    "!": "ponto de exclamação",
    '"': "aspas",
    "#": "cerquilha",
    "$": "cifrão",
    "%": "porcentagem",
    "&": "e comercial",
    "'": "apóstrofo",
    "(": "abre parêntese",
    ")": "fecha parêntese",
    "*": "asterisco",
    "+": "sinal de mais",
    ",": "vírgula",
    "-": "hífen",
    ".": "ponto",
    "/": "barra",
    ":": "dois-pontos",
    ";": "ponto e vírgula",
    "<": "sinal de menor",
    "=": "sinal de igual",
    ">": "sinal de maior",
    "?": "ponto de interrogação",
    "@": "arroba",
    "[": "abre colchete",
    "\\": "barra invertida",
    "]": "fecha colchete",
    "^": "acento circunflexo solto",
    "_": "sublinhado",
    "`": "acento grave solto (crase)",
    "{": "abre chave",
    "|": "barra vertical",
    "}": "fecha chave",
    "~": "til solto",
    "\x7f": "caractere de controle DEL",
    "\xa0": "espaço não separável",
    "¡": "exclamação invertida",
    "¢": "centavo",
    "£": "libra",
    "¤": "símbolo de moeda",
    "¥": "iene",
    "¦": "barra vertical partida",
    "§": "parágrafo",
    "¨": "trema solto",
    "©": "direitos autorais",
    "ª": "indicador ordinal feminino",
    "«": "abre aspas angulares",
    "¬": "sinal de negação",
    "\xad": "hífen opcional (invisível)",
    "®": "marca registrada",
    "¯": "mácron solto",
    "°": "grau",
    "±": "mais ou menos",
    "²": "dois sobrescrito",
    "³": "três sobrescrito",
    "´": "acento agudo solto",
    "µ": "micro",
    "¶": "marca de parágrafo",
    "·": "ponto médio",
    "¸": "cedilha solta",
    "¹": "um sobrescrito",
    "º": "indicador ordinal masculino",
    "»": "fecha aspas angulares",
    "¼": "um quarto",
    "½": "um meio",
    "¾": "três quartos",
    "¿": "interrogação invertida",
    "×": "sinal de vezes",
    "÷": "sinal de divisão",
    "ß": "letra eszett",
    "æ": "letra ae ligada",
    "Æ": "letra AE ligada",
    "ø": "letra o cortada",
    "Ø": "letra O cortada",
    "ð": "letra eth",
    "Ð": "letra Eth",
    "þ": "letra thorn",
    "Þ": "letra Thorn",
    "–": "travessão curto",
    "—": "travessão",
    "‘": "aspa simples curva de abertura",
    "’": "apóstrofo curvo",
    "“": "aspas curvas de abertura",
    "”": "aspas curvas de fechamento",
    "…": "reticências",
    "•": "marcador",
    "€": "euro",
    "™": "marca comercial",
    "\ufffd": "caractere de substituição (o original se perdeu)",
}
_MARKS = {
    "\u0300": "acento grave",
    "\u0301": "acento agudo",
    "\u0302": "acento circunflexo",
    "\u0303": "til",
    "\u0308": "trema",
    "\u030a": "anel",
    "\u030c": "caron",
    "\u0327": "cedilha",
}


def printable(text: str) -> str:
    """The text with "?" for each control or invisible character, so that a message may repeat it.

    No terminal takes it for a command, and a base that has no NUL can keep it.
    """
    return text if text.isprintable() else "".join(one if one.isprintable() else "?" for one in text)


def describe(character: str) -> str:
    """The character and its Portuguese name, e.g. ``º (indicador ordinal masculino)``.

    A control character is never shown as such, only by its number. Never raises; "" gives "".
    """
    if not character:
        return ""
    name = character_name(character)
    return f"{character} ({name})" if character.isprintable() and character != " " else name


def character_name(character: str) -> str:
    """The name alone, e.g. ``indicador ordinal masculino``; an unnamed one by its number ``U+1234``."""
    known = _SYMBOLS.get(character)
    if known:
        return known
    code = ord(character)
    if code < 0x20:
        return f"caractere de controle {code:#04x}"
    if 0x80 <= code <= 0x9F:
        return _windows_control(code)
    if character.isdigit() and character.isascii():
        return f"algarismo {character}"
    return _letter(character) or f"caractere U+{code:04X}"


def _windows_control(code: int) -> str:
    meant = bytes([code]).decode("cp1252", errors="replace")
    name = f"caractere de controle {code:#04x}"
    if meant == "\ufffd":
        return name
    return f"{name}; em Windows-1252 seria {describe(meant)}"


def _letter(character: str) -> str:
    if not character.isalpha():
        return ""
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], decomposed[1:]
    names = [_MARKS.get(mark, "") for mark in marks]
    if not base.isascii() or not all(names):
        return ""
    return f"letra {base}" + "".join(f" com {name}" for name in names)
