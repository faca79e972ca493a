"""The questions and answers of the Central de atendimento (R057): our own texts, in questions.json beside this."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from vincula.common.page.search import HelpText, register_help


@dataclass(frozen=True, slots=True)
class Topic:
    """`chave` is the anchor on the page; each question is a pair of question and answer."""

    tema: str
    chave: str
    perguntas: tuple[tuple[str, str], ...]


@cache
def topics() -> tuple[Topic, ...]:
    """All of them, in the order in which they are shown."""
    text = Path(__file__).with_suffix(".json").read_text(encoding="utf-8")
    return tuple(
        Topic(one["tema"], one["chave"], tuple((ask, say) for ask, say in one["perguntas"]))
        for one in json.loads(text)
    )


def register_questions() -> None:
    """The site's search finds each; called from AppConfig.ready()."""
    register_help(
        *(
            HelpText(f"faq-{topic.chave}-{at}", ask, say, "support-inicio", f"faq-{topic.chave}")
            for topic in topics()
            for at, (ask, say) in enumerate(topic.perguntas)
        )
    )
