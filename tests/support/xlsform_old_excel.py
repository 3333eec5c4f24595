"""An .xls (BIFF8 in an OLE container) made by hand, as no library here writes one: one sheet with texts and numbers."""

import struct

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def old_workbook(sheets: dict[str, list[list[str | float | bool | None]]]) -> bytes:
    """The bytes of an .xls with these sheets."""
    parts = [_sheet(rows) for rows in sheets.values()]
    names = [name.encode("utf-16-le") for name in sheets]
    length = len(_begin(0x0005)) + sum(12 + len(name) for name in names) + 4
    offset, globals_ = length, _begin(0x0005)
    for name, part in zip(names, parts, strict=True):
        globals_ += _record(0x0085, struct.pack("<IBBBB", offset, 0, 0, len(name) // 2, 1) + name)
        offset += len(part)
    return _container(globals_ + _record(0x000A, b"") + b"".join(parts))


def _record(code: int, data: bytes) -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))


def _sheet(rows: list[list[str | float | bool | None]]) -> bytes:
    cells = b""
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            at = struct.pack("<HHH", row, column, 0)
            if isinstance(value, bool):
                cells += _record(0x0205, at + struct.pack("<BB", value, 0))
            elif isinstance(value, str) and value.startswith("#"):
                cells += _record(0x0205, at + struct.pack("<BB", 0x17, 1))
            elif isinstance(value, str):
                cells += _record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
            elif value is not None:
                cells += _record(0x0203, at + struct.pack("<d", value))
    return _begin(0x0010) + cells + _record(0x000A, b"")


def _container(stream: bytes) -> bytes:
    stream += b"\0" * max(0, 4_096 - len(stream))
    stream += b"\0" * (-len(stream) % _SECTOR)
    count = len(stream) // _SECTOR
    chain = [*range(3, count + 2), _END]
    fat = [_FAT, _END, *chain]
    fat += [_FREE] * (128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += (
        struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4_096, _END, 0, _END, 0)
        + struct.pack("<I", 0)
        + struct.pack("<I", _FREE) * 108
    )
    directory = (
        _entry("Root Entry", 5, 1, _END, 0)
        + _entry("Workbook", 2, _FREE, 2, len(stream))
        + _entry("", 0, _FREE, 0, 0) * 2
    )
    return header + struct.pack("<128I", *fat) + directory + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le") if name else b""
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, _FREE, child) + b"\0" * 36
    return entry + struct.pack("<III", start, size, 0)
