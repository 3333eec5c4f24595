"""Pictures and sounds of a survey: which files every device can use, how large they may be, and what proves that they are that.

They travel inside the published document as data URIs, so that a survey is whole wherever it is, offline too, and its fingerprint
covers what people saw and heard.
"""

import base64
import binascii
import re
import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from schemas.words import say

LARGEST = 300_000
LARGEST_TOGETHER = 1_500_000
MOST_PIXELS = 16_000_000
_NAMED = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}\."
FILE_NAME = {
    "audio": re.compile(rf"{_NAMED}(mp3|ogg|opus|m4a|wav)\Z", re.IGNORECASE),
    "image": re.compile(rf"{_NAMED}(png|jpg|jpeg|webp|gif)\Z", re.IGNORECASE),
}
_TYPES = {
    "mp3": "audio/mpeg",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
}


def _is_mp3(data: bytes) -> bool:
    return data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0)


# How files of a type begin; a name alone proves nothing.
_BEGINNINGS: Mapping[str, Callable[[bytes], bool]] = {
    "audio/mpeg": _is_mp3,
    "audio/ogg": lambda data: data[:4] == b"OggS",
    "audio/mp4": lambda data: data[4:8] == b"ftyp",
    "audio/wav": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WAVE",
    "image/png": lambda data: data[:8] == b"\x89PNG\r\n\x1a\n",
    "image/jpeg": lambda data: data[:3] == b"\xff\xd8\xff",
    "image/webp": lambda data: data[:4] == b"RIFF" and data[8:12] == b"WEBP",
    "image/gif": lambda data: data[:4] == b"GIF8",
}


def data_uri(name: str, data: bytes) -> str:
    """The file as the published document carries it."""
    return f"data:{_type_of(name)};base64,{base64.b64encode(data).decode()}"


def bytes_of(uri: str) -> bytes:
    """The file behind a data URI that was checked before."""
    return base64.b64decode(uri.partition(",")[2])


def problem_of_data(name: object, uri: object) -> str | None:
    """Why this is no file that may travel with a survey, as "code|sentence"; None if it is one."""
    if not isinstance(name, str) or not any(pattern.match(name) for pattern in FILE_NAME.values()):
        return "media.name|the file's name or type is not one that every device can use"
    opening = f"data:{_type_of(name)};base64,"
    if not isinstance(uri, str) or not uri.startswith(opening):
        return say("media.data|this is not written as {opening}…", opening=opening)
    if len(uri) > LARGEST * 4 // 3 + 100:
        return say("media.too_large|a file has at most {largest:,} bytes; make it smaller", largest=LARGEST)
    try:
        data = base64.b64decode(uri[len(opening) :], validate=True)
    except (binascii.Error, ValueError):
        return "media.data|this is not base64"
    return problem_of_file(name, data)


def problem_of_file(name: str, data: bytes) -> str | None:
    """The same for the bytes of a file."""
    if len(data) > LARGEST:
        return say("media.too_large|a file has at most {largest:,} bytes; make it smaller", largest=LARGEST)
    kind = _type_of(name)
    if not _BEGINNINGS[kind](data):
        return say("media.type|the file is named as {kind}, but does not begin like one", kind=kind)
    if kind.startswith("image/"):
        pixels = pixels_of(kind, data)
        if pixels is None:
            return say("media.type|the file is named as {kind}, but is not whole", kind=kind)
        if pixels > MOST_PIXELS:
            return say(
                "media.too_large|a picture has at most {most_pixels:,} pixels; a phone could not unpack more",
                most_pixels=MOST_PIXELS,
            )
    return None


def pixels_of(kind: str, data: bytes) -> int | None:
    """Width times height, as the picture's own head says; None if it has none."""
    try:
        width, height = _SIZES[kind](data)
    except (IndexError, struct.error):
        return None
    return width * height or None


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """The frame's size: the segments before it are passed over."""
    at = 2
    while True:
        marker, length = struct.unpack_from(">HH", data, at)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in (0xFFC4, 0xFFC8, 0xFFCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + max(length, 2)


def _size_of_webp(data: bytes) -> tuple[int, int]:
    """The size in whichever of its three forms the file has."""
    form = data[12:16]
    if form == b"VP8X":
        return 1 + int.from_bytes(data[24:27], "little"), 1 + int.from_bytes(data[27:30], "little")
    if form == b"VP8L":
        bits = struct.unpack_from("<I", data, 21)[0]
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


_SIZES: Mapping[str, Callable[[bytes], tuple[int, int]]] = {
    "image/png": lambda data: struct.unpack_from(">II", data, 16),
    "image/gif": lambda data: struct.unpack_from("<HH", data, 6),
    "image/jpeg": _size_of_jpeg,
    "image/webp": _size_of_webp,
}


def names_in(document: Any) -> Iterator[str]:
    """The files that an author's document names, wherever a key of media stands."""
    waiting = [document]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Mapping):
            for key, value in here.items():
                if isinstance(key, str) and key.endswith(("audio", "image")) and not isinstance(value, list):
                    yield from (name for name in _named(value) if isinstance(name, str))
                else:
                    waiting.append(value)
        elif isinstance(here, list):
            waiting.extend(here)


def _named(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, Mapping) else [value]


def _type_of(name: str) -> str:
    return _TYPES[name.rpartition(".")[2].lower()]
