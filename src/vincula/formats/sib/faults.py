"""What is wrong in a file, said to the person at the health plan who must mend it."""

from __future__ import annotations

from dataclasses import dataclass, field

SCHEMA_RULE = "schema SIB 1.2 (rejeição 16)"
WELL_FORMED_RULE = "XML 1.0 bem-formado (rejeição 16)"
ENCODING_RULE = "instr. SIB-XML 1.1.1, §16.1: codificação ISO-8859-1 (rejeição 16)"
KIND_RULE = "o arquivo não é um SBX (rejeição 16)"
SAFETY_RULE = "limite de segurança desta instalação (rejeição 16)"


@dataclass(frozen=True, slots=True)
class Fault:
    """A structural fault: the whole file is refused because of it (rejection 16).

    `line` and `column` count from 1, in characters (0: unknown); `position` is the procedure's number in the file
    from 1 (0: none, e.g. the header); `beneficiary` is the código of an inclusão or the CCO of another movement
    ("" if unknown); `field` the element; `character` the offending character with its Portuguese name ("" if none).
    `message` and `remedy` are Portuguese sentences that never repeat the value of a field.
    """

    line: int
    column: int
    position: int
    beneficiary: str
    field: str
    character: str
    message: str
    remedy: str
    rule: str = SCHEMA_RULE

    def as_text(self) -> str:
        """One line: where, what, what to do."""
        where = f"Linha {self.line}" + (f", coluna {self.column}" if self.column else "")
        if self.position:
            where += f", procedimento {self.position}"
        if self.beneficiary:
            where += f" (beneficiário {self.beneficiary})"
        return f"{where}: {self.message} {self.remedy}"


@dataclass(slots=True)
class FaultList:
    """Faults found so far: all are counted, the first `limit` are kept."""

    limit: int
    kept: list[Fault] = field(default_factory=list)
    count: int = 0

    def add(self, fault: Fault) -> None:
        """Counts a fault, and keeps it while there is room."""
        self.count += 1
        if len(self.kept) < self.limit:
            self.kept.append(fault)

    @property
    def room(self) -> int:
        """How many more can be kept."""
        return self.limit - len(self.kept)

    @property
    def truncated(self) -> bool:
        """Whether more were counted than kept."""
        return self.count > len(self.kept)
