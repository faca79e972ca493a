"""The hash of a SIB message: MD5 over the values in document order, in ISO-8859-1, upper-case hex.

Values: of each element first its attributes (never xmlns), then its text when it is not only tab, space or newline;
the epilogo is left out (instr. §17; ANS notice of 2011; six programs agree). Raw text: blanks around a value count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from enum import Enum

SCHEMA_LOCATION = (
    "http://www.ans.gov.br/padroes/sib/schemas http://www.ans.gov.br/padroes/sib/schemas/sib.xsd"
)
_ACCEPTED = True
_REFUSED = False


class HashDiagnosis(Enum):
    """What became of the comparison of the hash informed with the one computed: (accepted, message, remedy)."""

    OK = (_ACCEPTED, "O hash confere.", "")
    LOWER_CASE = (
        _ACCEPTED,
        "O hash confere, mas está em letras minúsculas.",
        "Aceito; escreva-o em maiúsculas, como a ANS define.",
    )
    CONSTANT_PREFIX = (
        _ACCEPTED,
        "O hash confere contando o endereço do schema, embora o arquivo não traga xsi:schemaLocation.",
        "Aceito; inclua o atributo xsi:schemaLocation no elemento mensagemSIB.",
    )
    ATTRIBUTES_SKIPPED = (
        _ACCEPTED,
        "O hash confere sem contar os atributos dos registros (a definição da ANS manda contá-los).",
        "Aceito: as duas leituras estão em uso.",
    )
    MISSING = (
        _REFUSED,
        "O arquivo não traz o hash em epilogo/hash.",
        "Calcule o MD5 do conteúdo e informe-o em maiúsculas em epilogo/hash.",
    )
    NOT_HEX = (
        _REFUSED,
        "O conteúdo de epilogo/hash não é um MD5 (32 algarismos hexadecimais).",
        "Informe o MD5 do conteúdo em hexadecimal maiúsculo, sem prefixos.",
    )
    UTF8 = (
        _REFUSED,
        "O hash foi calculado sobre os bytes em UTF-8, mas o arquivo está em ISO-8859-1: só difere por causa dos "
        "acentos.",
        "Configure o programa que gera o arquivo para calcular o MD5 sobre os bytes em ISO-8859-1.",
    )
    TRIMMED = (
        _REFUSED,
        "O hash foi calculado sem os espaços do início ou do fim de algum campo, mas o arquivo os traz.",
        "Retire esses espaços dos campos antes de gerar o arquivo, ou calcule o hash com o conteúdo exato.",
    )
    UTF8_TRIMMED = (
        _REFUSED,
        "O hash foi calculado em UTF-8 e sem os espaços do início ou do fim dos campos.",
        "Calcule o MD5 em ISO-8859-1 sobre o conteúdo exato dos campos.",
    )
    WITHOUT_SCHEMA_LOCATION = (
        _REFUSED,
        "O hash foi calculado sem o valor do atributo xsi:schemaLocation.",
        "Inclua no início do texto do hash o valor de xsi:schemaLocation, com o espaço do meio.",
    )
    WRONG = (
        _REFUSED,
        "O hash não confere com o conteúdo do arquivo.",
        "Se o arquivo foi editado depois de gerado, gere-o de novo; não altere um arquivo já com hash.",
    )
    NOT_CHECKED = (
        _REFUSED,
        "O hash não foi conferido, porque o arquivo não pôde ser lido até o fim.",
        "Corrija primeiro as falhas de estrutura.",
    )

    def __init__(self, accepted: bool, message: str, remedy: str) -> None:
        self.accepted = accepted
        self.message = message
        self.remedy = remedy


def is_blank(text: str | None) -> bool:
    """Absent, empty or only tab, space, newline: such a text does not count (instr. §17)."""
    return not text or not text.strip(" \t\r\n")


class Digest:
    """One reading of the definition, fed in document order.

    `encoding`: how characters become bytes; one that does not fit (XML may carry any by reference) counts as "?",
    as the programs that produce the hash have it. `trim`: each value without the blanks around it.
    """

    def __init__(self, encoding: str = "iso-8859-1", *, trim: bool = False) -> None:
        self._md5 = hashlib.md5(usedforsecurity=False)
        self._encoding = encoding
        self._trim = trim

    def feed(self, values: Iterable[str]) -> None:
        """Adds values (attributes and non-blank texts), in document order."""
        if self._trim:
            values = [value.strip(" \t\r\n") for value in values]
        self.feed_joined("".join(values))

    def feed_joined(self, text: str) -> None:
        """Adds the concatenation of values, when nothing has to be done to each."""
        data = text.encode(self._encoding, errors="replace")
        self._md5.update(data)

    def hexdigest(self) -> str:
        """32 upper-case hexadecimal digits of what was fed so far."""
        return self._md5.hexdigest().upper()


def compare(
    informed: str | None,
    computed: str,
    alternatives: dict[HashDiagnosis, str],
    diagnose: Callable[[], HashDiagnosis],
) -> HashDiagnosis:
    """Holds the hash informed against the one computed, without regard to case or to blanks around it.

    `alternatives`: other accepted readings; `diagnose` is asked for the cause only when nothing matches.
    """
    text = (informed or "").strip(" \t\r\n")
    if not text:
        return HashDiagnosis.MISSING
    upper = text.upper()
    if upper == computed:
        return HashDiagnosis.OK if text == upper else HashDiagnosis.LOWER_CASE
    for diagnosis, value in alternatives.items():
        if upper == value:
            return diagnosis
    if len(text) != 32 or not set(upper) <= set("0123456789ABCDEF"):
        return HashDiagnosis.NOT_HEX
    return diagnose()
