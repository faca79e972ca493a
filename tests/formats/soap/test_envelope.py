"""What an envelope may look like and still be read (rules 13 to 16, 21), and what is refused before anything reads it."""

from __future__ import annotations

import contextlib
import time

import pytest

from vincula.formats.soap import SoapVersion, UnreadableEnvelopeError, read_envelope

V11, V12 = SoapVersion.V11.value, SoapVersion.V12.value
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
ASK = '<Ask xmlns="urn:x">São</Ask>'


def envelope(inside: str = f"<s:Body>{ASK}</s:Body>", namespace: str = V12) -> str:
    return f'<s:Envelope xmlns:s="{namespace}">{inside}</s:Envelope>'


TOLERATED = {
    "no declaration": envelope(),
    "declaration": DECLARATION + envelope(),
    "declaration in single quotes": "<?xml version='1.0' encoding='utf-8'?>" + envelope(),
    "declaration with standalone": '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + envelope(),
    "byte-order mark": "\ufeff" + DECLARATION + envelope(),
    "byte-order mark twice": "\ufeff\ufeff" + envelope(),
    "blank lines before": "\r\n\r\n" + DECLARATION + envelope(),
    "blank, then byte-order mark": "\n\ufeff" + envelope(),
    "newlines stripped": (DECLARATION + envelope()).replace("\n", ""),
    "default namespace": f'<Envelope xmlns="{V12}"><Body>{ASK}</Body></Envelope>',
    "another prefix": f'<SOAP-ENV:Envelope xmlns:SOAP-ENV="{V12}"><SOAP-ENV:Body>{ASK}</SOAP-ENV:Body></SOAP-ENV:Envelope>',
    "two prefixes": f'<soap:Envelope xmlns:soap="{V12}"><S:Body xmlns:S="{V12}">{ASK}</S:Body></soap:Envelope>',
    "empty header": envelope(f"<s:Header/><s:Body>{ASK}</s:Body>"),
    "unknown headers": envelope(
        f'<s:Header><w:WorkContext xmlns:w="urn:w" s:mustUnderstand="1">x</w:WorkContext></s:Header><s:Body>{ASK}</s:Body>'
    ),
    "header after the body": envelope(f"<s:Body>{ASK}</s:Body><s:Header/>"),
    "unused declarations": envelope().replace("<s:Body", '<s:Body xmlns:u="urn:u" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'),
    "schema location": envelope().replace(
        "<s:Envelope", '<s:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x x.xsd"'
    ),
    "comments and instructions": envelope(f"<!-- oi --><s:Body><?app x?><!-- oi -->{ASK}<!-- oi --></s:Body>"),
    "text around the message": envelope(f"<s:Body>\n  \t{ASK}\n</s:Body>"),
    "CDATA": envelope('<s:Body><Ask xmlns="urn:x"><![CDATA[São]]></Ask></s:Body>'),
    "character references": envelope('<s:Body><Ask xmlns="urn:x">S&#227;o</Ask></s:Body>'),
}  # fmt: skip


@pytest.mark.parametrize("name", TOLERATED)
def test_what_real_clients_send_is_read(name: str) -> None:
    read = read_envelope(TOLERATED[name].encode())
    assert (read.operation, read.payload.text, read.version) == ("Ask", "São", SoapVersion.V12)


@pytest.mark.parametrize("version", SoapVersion)
def test_the_version_is_that_of_the_envelope(version: SoapVersion) -> None:
    assert read_envelope(envelope(namespace=version.value).encode()).version is version


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "utf-8", "latin1", "UTF8"])
def test_a_declared_encoding_is_followed(encoding: str) -> None:
    body = f'<?xml version="1.0" encoding="{encoding}"?>{envelope()}'.encode(encoding)
    assert read_envelope(body).payload.text == "São"


def test_a_byte_order_mark_is_believed_before_the_declaration() -> None:
    body = f'\ufeff<?xml version="1.0" encoding="ISO-8859-1"?>{envelope()}'.encode()
    assert read_envelope(body).payload.text == "São"


def test_a_header_is_handed_over_and_may_be_missing() -> None:
    assert read_envelope(envelope().encode()).header is None
    header = read_envelope(TOLERATED["unknown headers"].encode()).header
    assert header is not None
    assert len(header) == 1


DTD = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BOMB = (
    "<!DOCTYPE a ["
    + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    + "]>"
)
DEEP = "<a>" * 200_000 + "</a>" * 200_000
HOSTILE = {
    "nothing": b"",
    "blank": b" \r\n\t ",
    "no XML": b"Ol\xc3\xa1",
    "JSON": b'{"cpf": "x"}',
    "form": b"xml=%3Cs%3AEnvelope%3E",
    "no SOAP": b"<Envelope><Body><a/></Body></Envelope>",
    "SOAP of nobody": envelope(namespace="urn:soap").encode(),
    "no body": envelope("<s:Header/>").encode(),
    "empty body": envelope("<s:Body/>").encode(),
    "text for a body": envelope("<s:Body>oi</s:Body>").encode(),
    "external entity": (DTD + envelope("<s:Body><a>&x;</a></s:Body>")).encode(),
    "external entity after a declaration": (DECLARATION + DTD + envelope()).encode(),
    "entity expansion": (BOMB + envelope("<s:Body><a>&e9;</a></s:Body>")).encode(),
    "doctype alone": ("<!DOCTYPE a>" + envelope()).encode(),
    "doctype from elsewhere": ('<!DOCTYPE a SYSTEM "http://example.org/a.dtd">' + envelope()).encode(),
    "undeclared entity": envelope("<s:Body><a>&nbsp;</a></s:Body>").encode(),
    "UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + DTD + envelope()).encode("utf-16"),
    "UTF-16 without a mark": envelope().encode("utf-16-le"),
    "UTF-32": envelope().encode("utf-32"),
    "UTF-7": f'<?xml version="1.0" encoding="UTF-7"?>{DTD}{envelope()}'.encode("utf-7"),
    "UTF-7 that closes nothing": b"<?xml version='1.0'  \n encoding = 'utf-7' ?>" + envelope().encode(),
    "EBCDIC": (f'<?xml version="1.0" encoding="cp037"?>{DTD}' + envelope()).encode("cp037"),
    "encoding of nobody": f'<?xml version="1.0" encoding="x-klingon"?>{envelope()}'.encode(),
    "ISO-8859-1 not declared": envelope().encode("iso-8859-1"),
    "NUL": envelope().encode().replace(b"Ask>", b"\0Ask>"),
    "control character": envelope("<s:Body><a>\x0b</a></s:Body>").encode(),
    "control reference": envelope("<s:Body><a>&#0;</a></s:Body>").encode(),
    "unbound prefix": envelope("<s:Body><x:a/></s:Body>").encode(),
    "attribute twice": envelope("<s:Body><a b='1' b='2'/></s:Body>").encode(),
    "two roots": envelope().encode() * 2,
    "truncated": envelope().encode()[:-20],
    "truncated in a character": envelope().encode().partition(b"\xa3")[0],
    "depth 200,000": envelope(f"<s:Body>{DEEP}</s:Body>").encode(),
    "depth 200,000, never closed": (envelope("<s:Body>")[:-13] + "<a>" * 200_000).encode(),
    "10 MB": envelope(f"<s:Body><a>{'x' * 10_000_000}</a></s:Body>").encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_refused_with_a_reason_and_soon(name: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableEnvelopeError) as refused:
        read_envelope(HOSTILE[name])
    assert time.process_time() - began < 2
    assert refused.value.message.endswith((".", ")."))
    assert refused.value.remedy.endswith(".")
    assert "passwd" not in refused.value.message


def test_two_hundred_thousand_attributes_are_read_in_little_time() -> None:
    many = " ".join(f'a{n}="{n}"' for n in range(200_000))
    began = time.process_time()
    assert read_envelope(envelope(f"<s:Body><Ask {many}/></s:Body>").encode()).operation == "Ask"
    assert time.process_time() - began < 2


def test_two_hundred_thousand_declarations_neither_hang_nor_crash() -> None:
    many = " ".join(f'xmlns:a{n}="urn:{n}"' for n in range(200_000))
    began = time.process_time()
    with contextlib.suppress(UnreadableEnvelopeError):
        read_envelope(envelope(f"<s:Body><Ask {many}/></s:Body>").encode())
    assert time.process_time() - began < 10


def test_the_size_that_is_taken_can_be_made_smaller() -> None:
    body = envelope().encode()
    assert read_envelope(body, max_bytes=len(body)).operation == "Ask"
    with pytest.raises(UnreadableEnvelopeError, match="KiB"):
        read_envelope(body, max_bytes=len(body) - 1)


@pytest.mark.parametrize("version", SoapVersion)
def test_a_refusal_is_answered_in_the_version_that_the_caller_speaks(version: SoapVersion) -> None:
    with pytest.raises(UnreadableEnvelopeError) as refused:
        read_envelope(envelope(namespace=version.value).encode()[:-5])
    assert refused.value.version is version
