"""One line that somebody types, to be kept and shown to others: a name, a reason. One rule for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from vincula.common.outcomes import Accepted, Outcome, Refused


@dataclass(frozen=True, slots=True)
class Line:
    """What the line is called in a sentence ("o motivo"), how many characters it may have, and what to write."""

    code: str
    name: str
    longest: int
    ask: str
    absent: str = ""  # the code where nothing was typed, if it is another

    def read(self, text: str) -> Outcome[str]:
        """The line without blanks around it.

        Refused with `code`: no letter and no number in it, what cannot be seen (a line end, a control character: what
        is shown on a page or a terminal must not steer it), more than `longest` characters. Nothing is cut or mended
        silently: what is kept is what was typed.
        """
        line = text.strip()
        if not any(map(str.isalnum, line)):
            return Refused(self.absent or self.code, f"Falta {self.name}.", self.ask)
        if not line.isprintable():
            return Refused(
                self.code,
                f"{self._subject} tem quebra de linha, tabulação ou outro caractere que não se vê.",
                "Escreva numa só linha, só com caracteres visíveis.",
            )
        if len(line) > self.longest:
            return Refused(
                self.code,
                f"{self._subject} tem {len(line)} caracteres, e o limite é {self.longest}.",
                "Encurte o texto e repita.",
            )
        return Accepted(line)

    @property
    def _subject(self) -> str:
        return self.name[:1].upper() + self.name[1:]
