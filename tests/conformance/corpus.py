"""What callers send by mistake or on purpose, beside what a generator finds: each is refused with a code of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from tests.conformance.routes import Request

MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One thing that is wrong with an otherwise acceptable request, and the answer that it gets."""

    what: str
    status: int
    code: str
    content: bytes
    headers: dict[str, str | None] = field(default_factory=dict)
    """Instead of the acceptable ones; None: left out."""
    path: str = ""
    chunked: bool = False


def wrong_requests(request: Request) -> list[Wrong]:
    """Of one route."""
    found = [*_envelopes(request), *_places(request), *_sizes(request)]
    if request.body is None:
        return [*found, *_unwanted(request)]
    return [*found, *_malformed(request), *_values(request), *_shapes(request), *_forms(request), *_kinds(request)]


def _with(request: Request, name: bytes, value: bytes) -> bytes:
    """The acceptable body with one more field, first."""
    return b'{"' + name + b'":' + value + b"," + request.content[1:]


def _malformed(request: Request) -> Iterator[Wrong]:
    valid = request.content
    texts = {
        "no body": b"",
        "an end too early": valid[:-1],
        "something after the end": valid + b"x",
        "two documents": valid + valid,
        "single quotes": valid.replace(b'"', b"'"),
        "a comma too many": valid[:-1] + b",}",
        "a byte order mark": b"\xef\xbb\xbf" + valid,
        "UTF-16": valid.decode().encode("utf-16"),
        "bytes that are no UTF-8": _with(request, b"extra", b'"\xff\xfe"'),
        "a surrogate as bytes": _with(request, b"extra", b'"\xed\xa0\x80"'),
        "a control character": _with(request, b"extra", b'"a\x01b"'),
        "a NUL as a byte": _with(request, b"extra", b'"a\x00b"'),
        "a bad escape": _with(request, b"extra", rb'"\x41"'),
        "NaN": _with(request, b"extra", b"NaN"),
        "Infinity": _with(request, b"extra", b"Infinity"),
        "minus Infinity": _with(request, b"extra", b"-Infinity"),
        "an integer of 5,000 digits": _with(request, b"extra", b"1" * 5_000),
        "a leading zero": _with(request, b"extra", b"007"),
    }
    for what, content in texts.items():
        yield Wrong(what=what, status=400, code="body_malformed", content=content)


def _values(request: Request) -> Iterator[Wrong]:
    for what, name, value in (
        ("an escaped NUL", b"extra", rb'"a\u0000b"'),
        ("a lone surrogate", b"extra", rb'"\ud800"'),
        ("surrogates the wrong way round", b"extra", rb'"\udc00\ud800"'),
        ("a NUL in a name", rb"a\u0000b", b"1"),
        ("a lone surrogate in a name", rb"\udfff", b"1"),
    ):
        yield Wrong(what=what, status=400, code="body_text_invalid", content=_with(request, name, value))
    twice = _with(request, b"extra", b"1")
    yield Wrong(what="a name twice", status=400, code="body_duplicate_key", content=b'{"extra":2,' + twice[1:])
    within = _with(request, b"extra", b'{"a":1,"a":1}')
    yield Wrong(what="a name twice further in", status=400, code="body_duplicate_key", content=within)
    for depth in (33, 1_000, 100_000):
        for what, opened, closed in (("lists", b"[", b"]"), ("objects", b'{"a":', b"}")):
            value = opened * depth + b"1" + closed * depth
            yield Wrong(
                what=f"{depth} {what} deep", status=400, code="body_too_deep", content=_with(request, b"extra", value)
            )
    wide = b"{" + b",".join(b'"k%d":1' % n for n in range(1_001)) + b"}"
    long = b"[" + b",".join([b"1"] * 10_001) + b"]"
    for what, value in (("1,001 fields", wide), ("10,001 items", long)):
        yield Wrong(what=what, status=400, code="body_too_wide", content=_with(request, b"extra", value))


def _shapes(request: Request) -> Iterator[Wrong]:
    texts = {
        "a list": b"[" + request.content + b"]",
        "a text": b'"surveys"',
        "a number": b"1",
        "null": b"null",
        "true": b"true",
    }
    for what, content in texts.items():
        yield Wrong(what=what, status=422, code="request_invalid", content=content)
    if not request.lenient:
        unknown = {
            "an unknown field": (b"extra", b"1"),
            "an unknown field with a name of 200 characters": (b"x" * 200, b"1"),
            "1e400": (b"extra", b"1e400"),
            "an integer beyond 64 bits": (b"extra", b"1" + b"0" * 30),
        }
        for what, (name, value) in unknown.items():
            yield Wrong(what=what, status=422, code="request_invalid", content=_with(request, name, value))
    if not request.sparse:
        yield Wrong(what="nothing in it", status=422, code=request.malformed, content=b"{}")
    yield from _fields(request)


def _fields(request: Request) -> Iterator[Wrong]:
    """Each field on its own, with what it cannot be."""
    for name, right in (request.body or {}).items():
        for value in (b"null", b"true", b"1e400", b'{"a":[]}', b"[]", b'"\\ufeff"', b'"' + b"x" * 5_000 + b'"'):
            if (value == b"true" and isinstance(right, bool)) or (value == b"null" and request.sparse):
                continue
            content = b'{"' + name.encode() + b'":' + value + b"}"
            code = request.texts.get(name, request.malformed) if value[:1] == b'"' else request.malformed
            yield Wrong(what=f"{name}: {value[:12]!r}", status=422, code=code, content=content)


def _forms(request: Request) -> Iterator[Wrong]:
    for form in ("text/plain", "application/xml", "application/x-www-form-urlencoded", "application/json; charset=gbk",
                 "application/jsonx", "application/problem+json", "multipart/form-data; boundary=x", ""):  # fmt: skip
        yield Wrong(
            what=f"Content-Type: {form}", status=415, code="content_type_unsupported", content=request.content,
            headers={"Content-Type": form},
        )  # fmt: skip
    for name, value in (("Content-Type", None), ("Content-Encoding", "gzip"), ("Content-Encoding", "br")):
        yield Wrong(
            what=f"{name}: {value}", status=415, code="content_type_unsupported", content=request.content,
            headers={name: value},
        )  # fmt: skip


def _kinds(request: Request) -> Iterator[Wrong]:
    text = request.content.decode()
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    content = f"body={quote(text)}".encode()
    yield Wrong(what="a form", status=415, code="content_type_unsupported", content=content, headers={**form})


def _unwanted(request: Request) -> Iterator[Wrong]:
    for what, content in (
        ("a body", b"{}"),
        ("a blank", b" "),
        ("bytes", b"\x00\xff"),
        ("100,000 deep", b"[" * 100_000),
    ):
        yield Wrong(what=f"{what} where none is taken", status=400, code="body_unexpected", content=content)


def _sizes(request: Request) -> Iterator[Wrong]:
    content = request.content.ljust(MEBIBYTE + 1)
    for what, chunked in (("a byte more than 1 MiB", False), ("a byte more than 1 MiB in chunks", True)):
        yield Wrong(what=what, status=413, code="body_too_large", content=content, chunked=chunked)


def _envelopes(request: Request) -> Iterator[Wrong]:
    valid = request.content
    for key, code in ((None, "missing"), ("", "missing"), ("a b", "malformed"), ("a/b", "malformed"),
                      ("k" * 129, "malformed"), ("a,b", "malformed"), ("\u00fc", "malformed")):  # fmt: skip
        yield Wrong(
            what=f"Idempotency-Key: {key}", status=400, code=f"idempotency_key_{code}", content=valid,
            headers={"Idempotency-Key": key},
        )  # fmt: skip
    for tag in ("*", 'W/"1"', '"-1"', '"01"', "1", '"1", "2"', '"' + "9" * 30 + '"'):
        yield Wrong(
            what=f"If-Match: {tag}", status=400, code="if_match_malformed", content=valid, headers={"If-Match": tag}
        )
    for query in ("x=1", "number=%00", "%F0%28%8C%28=1", "body=1&body=2", "x=" + "y" * 4_000):
        yield Wrong(
            what=f"?{query[:20]}", status=400, code="parameter_unknown", content=valid, path=f"{request.path}?{query}"
        )


def _places(request: Request) -> Iterator[Wrong]:
    valid = request.content
    for place in (f"{request.path}/", f"/{request.path}", request.path.upper()):
        yield Wrong(what=place, status=404, code="not_found", content=valid, path=place)
    yield Wrong(what="%0a in the path", status=400, code="path_malformed", content=valid, path=f"{request.path}%0a")
    if request.route.path == request.path:
        return
    yield from _ids(request)


def _ids(request: Request) -> Iterator[Wrong]:
    """Other ids in the path."""
    answers = {
        "1": request.strange,
        "x" * 300: (422, "request_invalid"),
        "00000000-0000-0000-0000-000000000000": request.nobody,
        "%00": (400, "path_malformed"),
        "..%2f..": (404, "not_found"),
    }
    for id, answer in answers.items():
        if answer is not None:
            place = request.route.path.format(**dict.fromkeys(request.places, id))
            status, code = answer
            yield Wrong(what=place[:60], status=status, code=code, content=request.content, path=place)
