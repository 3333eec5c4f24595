"""Reading what strangers send: never more memory than was agreed, never a parser's own exception."""

import json
import zlib


class Unreadable(ValueError):
    """The bytes are not what they claim to be."""


class TooMuch(ValueError):
    """The bytes unpack to more than was agreed."""


def gunzip(packed: bytes, most: int) -> bytes:
    """One whole gzip member of at most `most` bytes; a bomb is cut off there."""
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS)
    try:
        plain = unpacker.decompress(packed, most + 1)
    except zlib.error:
        raise Unreadable("not gzip") from None
    if len(plain) > most:
        raise TooMuch(f"more than {most} bytes")
    if not unpacker.eof or unpacker.unused_data:
        raise Unreadable("not one whole gzip member")
    return plain


def read_json(text: bytes, *, brackets: int, commas: int) -> object:
    """A JSON value with no more structure than was agreed; NaN, deep nesting and bytes that are not UTF-8 are unreadable."""
    if text.count(b"{") + text.count(b"[") > brackets or text.count(b",") > commas:
        raise Unreadable("more structure than was agreed")
    try:
        value: object = json.loads(text.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Unreadable("not JSON") from None
    return value


def _refuse_constant(_: str) -> object:
    raise ValueError("not a number")
