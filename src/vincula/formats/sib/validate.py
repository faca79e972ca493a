"""Holds parsed elements against the declarative schema; what is wrong is noted, never raised."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from lxml import etree

from vincula.formats.sib.characters import describe
from vincula.formats.sib.digest import is_blank
from vincula.formats.sib.envelope import SCHEMA_ATTRIBUTES
from vincula.formats.sib.schema import Content, Field

AT_ELEMENT = -1
AT_STRAY_TEXT = -2


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that does not know its place in the file yet: an element and an index into its text."""

    element: etree._Element
    index: int
    field: str
    character: str
    message: str
    remedy: str


def local_name(tag: object) -> str:
    """An element's name for a message: without the braces that lxml puts around a namespace."""
    return str(tag).rpartition("}")[2][:60]


class Validator:
    """Collects findings: counts all, keeps the first `keep`. `attributes` is the cap on attributes of one element.

    `may_have_attributes=False` spares the look where the text has none at all (no "=" in it).
    """

    def __init__(self, attributes: int, *, keep: int = sys.maxsize, may_have_attributes: bool = True) -> None:
        self.findings: list[Finding] = []
        self.count = 0
        self._keep = keep
        self._attributes = attributes
        self._may_have_attributes = may_have_attributes

    def content(self, content: Content, element: etree._Element, values: dict[str, str]) -> None:
        """Checks the children of `element`; the canonical values found go into `values`, by element name."""
        if content.open:
            return
        self.attributes(element)
        seen: set[str] = set()
        last = -1
        stray = not is_blank(element.text)
        for child in element:
            name = str(child.tag)
            order = content.order.get(name, -1)
            if order < 0:
                self.unknown(content, child)
            elif name in seen:
                self._add(child, name, f"O elemento {name} aparece mais de uma vez.", "Deixe só um deles.")
            else:
                seen.add(name)
                self._particle(content.particles[order], child, values)
                if order < last:
                    self._out_of_order(content, child, name)
                last = max(last, order)
            stray = stray or not is_blank(child.tail)
        if stray:
            self.stray_text(element)
        if not content.complete(seen):
            self._presence(content, element, seen)

    def attributes(self, element: etree._Element) -> None:
        """Only the two xsi attributes that any XML schema admits."""
        if not self._may_have_attributes or not len(element.attrib):
            return
        if len(element.attrib) > self._attributes:
            message = f"O elemento {local_name(element.tag)} tem {len(element.attrib)} atributos."
            self._add(element, local_name(element.tag), message, "Retire os atributos.")
            return
        for name in element.attrib:
            if name not in SCHEMA_ATTRIBUTES:
                tag = local_name(element.tag)
                message = f"O elemento {tag} tem o atributo {local_name(name)}, que o padrão não prevê."
                self._add(element, tag, message, "Retire o atributo.")

    def _particle(self, particle: Field | Content, child: etree._Element, values: dict[str, str]) -> None:
        if isinstance(particle, Content):
            self.content(particle, child, values)
            return
        self.attributes(child)
        if len(child):
            message = f"O campo {particle.name} tem outros elementos dentro dele."
            self._add(child, particle.name, message, "Deixe no campo só o seu valor.")
            return
        value = child.text or ""
        if particle.quick(value):
            values[particle.name] = value
            return
        problem = particle.type.problem(value)
        if problem is None:
            values[particle.name] = particle.type.canonical(value)
            return
        message = f"O campo {particle.name} ({particle.label}) {problem.message}."
        character = describe(problem.character)
        self.note(Finding(child, problem.index, particle.name, character, message, problem.remedy))

    def _presence(self, content: Content, element: etree._Element, seen: set[str]) -> None:
        required = content.required | content.unless_empty if seen else content.required
        for particle in content.particles:
            name = particle.name
            if name in required and name not in seen:
                self._add(element, name, *_missing(content, particle))
        for names in content.exactly_one:
            if not seen.intersection(names):
                listed = " ou ".join(names)
                message = f"Em {content.name} falta {listed}: um dos dois é obrigatório."
                self._add(element, names[0], message, f"Informe {listed}.")
        for names in (*content.exactly_one, *content.at_most_one):
            given = [name for name in names if name in seen]
            if len(given) > 1:
                message = f"Em {content.name} só cabe um destes campos: {', '.join(given)}."
                self._add(element, given[1], message, "Deixe só um deles.")
        for name, other in content.needs:
            if name in seen and other not in seen:
                message = f"Em {content.name} o campo {name} só é aceito junto com {other}."
                self._add(element, name, message, f"Informe também {other} ou retire {name}.")

    def _out_of_order(self, content: Content, child: etree._Element, name: str) -> None:
        order = ", ".join(particle.name for particle in content.particles)
        message = f"O elemento {name} está fora de ordem em {content.name}."
        self._add(child, name, message, f"Siga a ordem do padrão: {order}.")

    def unknown(self, content: Content, child: etree._Element) -> None:
        """Notes that `child` has no place in `content`, with the likely reason."""
        tag = str(child.tag)
        name = local_name(tag)
        if tag == "ansParaOperadora":
            message = "O arquivo traz ansParaOperadora: é uma resposta da ANS (RPX ou CNX), não um SBX."
            self._add(child, name, message, "Envie o arquivo de atualização (SBX).")
        elif tag.startswith("{") and name in content.order:
            message = f"O elemento {name} está em um namespace; no SIB os elementos não têm namespace."
            remedy = f"Escreva <{name}> sem prefixo e sem xmlns padrão nele e nos elementos acima."
            self._add(child, name, message, remedy)
        else:
            expected = ", ".join(particle.name for particle in content.particles)
            message = f"O elemento {name} não existe em {content.name}."
            remedy = f"Os elementos aceitos são: {expected}." if expected else "Retire o elemento."
            self._add(child, name, message, remedy)

    def stray_text(self, element: etree._Element) -> None:
        """Notes text between the children of an element that may only hold elements (once per element)."""
        texts = (element.text, *(child.tail for child in element))
        text = next((text for text in texts if not is_blank(text)), None)
        if text is None:
            return
        character = describe(text.strip(" \t\r\n")[0])
        tag = local_name(element.tag)
        message = f"Há texto solto dentro de {tag}, fora dos campos: {character}."
        remedy = "Retire o texto ou ponha-o no campo certo."
        self.note(Finding(element, AT_STRAY_TEXT, tag, character, message, remedy))

    def note(self, finding: Finding) -> None:
        """Takes a finding, also one made elsewhere."""
        self.count += 1
        if len(self.findings) < self._keep:
            self.findings.append(finding)

    def _add(self, element: etree._Element, field: str, message: str, remedy: str) -> None:
        self.note(Finding(element, AT_ELEMENT, field, "", message, remedy))


def _missing(content: Content, particle: Field | Content) -> tuple[str, str]:
    name = particle.name
    if not isinstance(particle, Content):
        message = f"Em {content.name} falta o campo {name} ({particle.label}), obrigatório."
        return message, f"Informe {name}."
    if particle.required or particle.exactly_one or particle.open:
        return f"Em {content.name} falta o elemento {name}.", f"Inclua <{name}> com os seus campos."
    message = f"Em {content.name} falta o elemento {name}, obrigatório mesmo quando vazio."
    return message, f"Inclua <{name}/> ou <{name}> com os seus campos."
