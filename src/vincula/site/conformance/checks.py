"""The checks, in the order in which a client meets them. Each says what was expected and what came instead."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from vincula.formats.soap import SoapVersion
from vincula.site.conformance import answers, message
from vincula.site.conformance.calling import Caller, Heard

_REFUSALS = range(400, 500)
SYNTHETIC_CPF, WRONG_CPF = "11144477735", "11144477734"


class State(StrEnum):
    PASSED = "passa"
    FAILED = "FALHA"
    SKIPPED = "pulada"


@dataclass(frozen=True, slots=True)
class Result:
    """`reason`: what came instead, or why it was not looked at; "" where it passed."""

    name: str
    state: State
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What is examined, and the number that is asked for: `root` says of which kind."""

    token_url: str
    pdq_url: str
    caller: Caller
    root: str
    number: str


def run(target: Target) -> Iterator[Result]:
    """All of them. Without a token the rest is skipped."""
    heard = target.caller.call(target.token_url, headers={"accept": "application/json"})
    found = answers.token_of(heard)
    yield _result("token: 200 com os quatro campos", found.fault)
    yield _result("token: expires_in em milissegundos e o mesmo que exp menos iat", found.life_fault)
    bare = target.caller.call(target.token_url, shown=False)
    yield _result("token: sem certificado é recusado", _bare_fault(heard, bare))
    yield _result(
        "PDQ: ?wsdl descreve o serviço",
        answers.wsdl_fault(target.caller.call(f"{target.pdq_url}?wsdl", shown=False), target.pdq_url),
    )
    if not found.token:
        yield Result("PDQ: as consultas", State.SKIPPED, "sem token não há o que consultar")
        return
    yield from _questions(target, found.token)


def _bare_fault(shown: Heard, bare: Heard) -> str:
    """What is wrong with the answer without a certificate. A handshake that fails is a refusal only of a server that
    answers who has one."""
    if bare.status == 0:
        return "" if shown.status else f"ninguém respondeu ({bare.text})"
    if bare.status in _REFUSALS:
        return ""
    return "sem certificado veio um token" if bare.status == 200 else f"veio o estado {bare.status}"


def _questions(target: Target, token: str) -> Iterator[Result]:
    query_id = "conformidade-1"
    plain = message.envelope(message.question(target.root, target.number, query_id))
    first = _ask(target, message.Variant("", plain), token)
    for name, fault in answers.of_everybody(first, plain, query_id):
        yield _result(f"PDQ: {name}", fault)
    outcome = answers.outcome(first)
    for name, fault in answers.of_somebody(first):
        missing = outcome != "OK"
        yield (
            Result(f"PDQ: {name}", State.SKIPPED, "ninguém tem esse número; diga outro com --cpf ou --cns")
            if missing
            else _result(f"PDQ: {name}", fault)
        )
    for one in message.variants(target.root, target.number, query_id):
        came = answers.outcome(_ask(target, one, token))
        yield _result(f"PDQ aceita: {one.name}", "" if came == outcome else f"{outcome} virou {came}")
    old = message.envelope(message.question(target.root, target.number, query_id), version=SoapVersion.V11)
    heard = _ask(target, message.Variant("", old, {"content-type": "text/xml; charset=utf-8"}), token)
    yield _result(
        "PDQ responde na versão do envelope (SOAP 1.1)", answers.version_fault(heard, SoapVersion.V11)
    )
    yield from _refusals(target, token)


def _refusals(target: Target, token: str) -> Iterator[Result]:
    wrong = message.envelope(message.question(message.CPF, WRONG_CPF, "conformidade-2"))
    heard = _ask(target, message.Variant("", wrong), token)
    yield _result("recusa de negócio: 500 com MSFalha", answers.refusal_fault(heard, 500))
    heard = _ask(target, message.Variant("", wrong), "")
    yield _result("sem token: 401 com MSFalha", answers.refusal_fault(heard, 401))
    heard = _ask(target, message.Variant("", wrong), "abc.def.ghi")
    yield _result("token que não vale: 401 com MSFalha", answers.refusal_fault(heard, 401))


def _ask(target: Target, one: message.Variant, token: str) -> Heard:
    body = one.text.encode()
    headers = {"content-type": "application/soap+xml; charset=utf-8", **one.headers}
    if token:
        headers["authorization"] = f"{one.scheme} {token}"
    return target.caller.call(
        target.pdq_url,
        method="POST",
        body=iter([body[:100], body[100:]]) if one.chunked else body,
        headers={name: value for name, value in headers.items() if value},
    )


def _result(name: str, fault: str) -> Result:
    return Result(name, State.FAILED if fault else State.PASSED, fault)
