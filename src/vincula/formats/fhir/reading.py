"""Strangers' JSON: bounded in size and depth, one value for each key, only text that every store can hold.

A key that stands twice is refused: readers differ in which of the two they take, and one of them may be another
person's CPF. NaN and Infinity are no JSON; numbers beyond what a double holds are refused with them.
"""

from __future__ import annotations

import codecs
import json
import math
from typing import Any, NoReturn

from vincula.formats.fhir.outcome import Fault

MAX_BYTES = 64 * 1024
MAX_DEPTH = 32


class _UnreadableError(ValueError):
    """Carries a fault out of the parser; never leaves this module."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def read_json(body: bytes, *, limit: int = MAX_BYTES, depth: int = MAX_DEPTH) -> Any | Fault:
    """The value of the body, or the one fault that keeps it from being read. Never raises.

    `limit`: bytes taken. `depth`: how far arrays and objects may stand in one another.
    """
    if len(body) > limit:
        return Fault(
            "too-long",
            "CORPO_GRANDE_DEMAIS",
            f"O corpo tem {len(body)} bytes e o limite é de {limit}.",
            "Envie uma pergunta de cada vez, ou use a consulta em lote.",
            status=413,
        )
    try:
        text = body.removeprefix(codecs.BOM_UTF8).decode()
        value = _DECODER.decode(text)
        if "\\u" in text or len(text) > depth:
            _check(value, depth)
    except _UnreadableError as unreadable:
        return unreadable.fault
    except UnicodeDecodeError:
        return Fault("structure", "NAO_E_UTF8", "O corpo não está em UTF-8.", "Envie o JSON em UTF-8.")
    except RecursionError:
        return _too_deep(depth)
    except ValueError as error:
        return _malformed(error)
    return value


def _malformed(error: ValueError) -> Fault:
    """Line and column, never the text that stands there."""
    where = (
        f" (linha {error.lineno}, coluna {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
    )
    return Fault(
        "structure",
        "JSON_MALFORMADO",
        f"O corpo não é JSON bem formado{where}.",
        "Gere o JSON com uma biblioteca e repita.",
    )


def _too_deep(depth: int) -> Fault:
    return Fault(
        "structure",
        "JSON_PROFUNDO_DEMAIS",
        f"O JSON tem mais de {depth} níveis, um dentro do outro.",
        "Envie só os elementos que a operação pede.",
    )


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _UnreadableError(
            Fault(
                "structure",
                "CHAVE_REPETIDA",
                "Um objeto do JSON traz a mesma chave duas vezes.",
                "Deixe uma só: não há como saber qual das duas vale.",
            )
        )
    return found


def _constant(_: str) -> NoReturn:
    raise _UnreadableError(_not_a_number())


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _UnreadableError(_not_a_number())
    return value


def _not_a_number() -> Fault:
    return Fault(
        "value",
        "NUMERO_INVALIDO",
        "O JSON traz NaN, Infinity ou um número grande demais.",
        "Retire esse valor.",
    )


def _check(value: Any, depth: int) -> None:
    """Bounds the depth and refuses NUL and lone surrogates, which only escapes can bring into a text."""
    level = [value]
    for _ in range(depth + 1):
        below: list[Any] = []
        for one in level:
            if isinstance(one, str):
                _check_text(one)
            elif isinstance(one, dict):
                below += one.keys()
                below += one.values()
            elif isinstance(one, list):
                below += one
        if not below:
            return
        level = below
    raise _UnreadableError(_too_deep(depth))


def _check_text(text: str) -> None:
    if "\0" in text or not _is_text(text):
        raise _UnreadableError(
            Fault(
                "structure",
                "CARACTERE_INVALIDO",
                "Um texto do JSON traz um caractere que não existe em texto (nulo ou metade de um par).",
                "Corrija o texto na origem.",
            )
        )


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


_DECODER = json.JSONDecoder(object_pairs_hook=_pairs, parse_constant=_constant, parse_float=_float)
