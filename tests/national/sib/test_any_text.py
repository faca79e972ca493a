"""Whatever text the schema lets through comes to an end: none may stop the files after it, the closing or the CNX."""

from __future__ import annotations

import io
import re
from pathlib import Path
from random import Random
from xml.sax.saxutils import escape

import pytest

from tests.national.sib import world
from tests.national.sib.world import inclusao
from vincula.common.outcomes import Accepted
from vincula.formats.sib import COLUMNS_INCLUSAO, HashDiagnosis, check_sbx, read_cnx
from vincula.formats.sib.sbx_writer import record_text
from vincula.formats.sib.schema import BY_KIND
from vincula.identifiers import cco
from vincula.national.sib import services

pytestmark = pytest.mark.django_db(databases=["default", "audit", "jobs"], transaction=True)
MONTH, FILES, NEW = 202611, 12, 6
LETTERS = "AB 12-/.;,'\"&<>%=+@\\|{}$\t\n\r\x7f\x80\x85\x9b\xa0\xadÃéßÿ€\u017f\u0131\u200b\u2028\u202e\ufeff\ufffd\U0001f4c4"
FREE = {"logradouro": 50, "numero": 5, "complemento": 15, "bairro": 30}


def procedure(kind: int, fields: dict[str, str]) -> str:
    """A procedure in which whatever ISO-8859-1 lacks, and what XML would fold, comes by reference."""
    content = BY_KIND[kind].content
    given = {name: value for name, value in fields.items() if value}
    values = iter(re.findall(r"<(\w+)>%s", template := record_text(content, frozenset(given))))
    return re.sub("%s", lambda _: _by_reference(given[next(values)]), template)


def _by_reference(value: str) -> str:
    return "".join(f"&#{ord(one)};" if one in "\t\n\r" or one > "\xff" else escape(one) for one in value)


def with_procedures(path: Path, procedures: list[str]) -> Path:
    """The file with these procedures instead of its own, and the hash of what it now holds."""
    inside = "".join(procedures).encode("iso-8859-1")
    before, _, rest = path.read_bytes().partition(b"<beneficiarios>")
    content = (
        before + b"<beneficiarios>" + inside + b"</beneficiarios>" + rest.partition(b"</beneficiarios>")[2]
    )
    right = check_sbx(io.BytesIO(content)).hash_computed.encode()
    path.write_bytes(re.sub(b"<hash>[0-9A-F]+<", b"<hash>" + right + b"<", content))
    return path


def test_no_text_is_too_odd(tmp_path: Path, files: world.Files) -> None:
    chance = Random(20261121)

    def text(longest: int) -> str:
        return "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, longest)))

    def record(number: int) -> dict[str, str]:
        plan = {"numeroPlanoANS": "", "numeroPlanoOperadora": text(20)} if number % 2 else {}
        odd = {name: text(longest) for name, longest in FREE.items()}
        row = inclusao(text(30), cpf=world.valid_cpf(number), **odd, **plan)
        return dict(zip(COLUMNS_INCLUSAO, row, strict=True))

    for number in range(FILES):
        new = [procedure(1, record(number * NEW + place)) for place in range(1, NEW + 1)]
        known = cco.from_number(chance.randint(1, 1 + number))
        old = [
            procedure(2, {"cco": known, "codigoBeneficiario": text(30), "logradouro": text(50)}),
            procedure(3, {"cco": known, "relacaoDependencia": "1", "dataContratacao": "2025-01-01", "numeroPlanoOperadora": text(20)}),
        ]  # fmt: skip
        result = files.send_path(with_procedures(files.make([(1, inclusao("X"))]), new + old), MONTH)
        assert result.state == "PROCESSADO", result.rejection
    world.close(MONTH)
    made = services.conference(world.OPERADORA, MONTH, "teste")
    assert isinstance(made, Accepted)
    with made.value.path.open("rb") as source:
        reader = read_cnx(source)
        count = sum(1 for _ in reader)
    assert (count, reader.hash_diagnosis) == (made.value.beneficiarios, HashDiagnosis.OK)
    assert count > FILES
    assert isinstance(services.write_list(world.OPERADORA, MONTH, tmp_path / "lista.csv", "teste"), Accepted)
    assert not services.unfinished()
