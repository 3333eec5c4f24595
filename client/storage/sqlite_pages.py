"""Reads the rows in the pages of an SQLite file one by one, whatever is left of the rest of it.

SQLite itself gives up where the header, the list of tables or one page on the way is damaged, however many pages behind it are
whole. All tables here are WITHOUT ROWID, and so each of their pages can be read by itself (https://sqlite.org/fileformat2.html).
Nothing that is read here is trusted: who uses it checks what a row holds.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

Value = str | bytes | int | float | None

_USUAL = 4096
_MAGIC = b"SQLite format 3\x00"
_LEAF, _INNER = 0x0A, 0x02
_FRAME_HEADER, _LOG_HEADER = 24, 32
_MOST_VALUES = 16
_LONGEST = 1024 * 1024
_WHOLE_NUMBERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class Unreadable(ValueError):
    """Where a row should lie there is none."""


@dataclass(slots=True)
class Pages:
    """The pages of a file and of the log beside it, in the order in which they were written."""

    images: list[bytes] = field(default_factory=list)
    newest: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> "Pages":
        """What the file and its log hold; a file that is not there holds nothing."""
        pages = cls()
        content = path.read_bytes()
        size = _page_size(content)
        for number, start in enumerate(range(0, len(content), size), 1):
            pages._add(number, content[start : start + size])
        log = path.with_name(f"{path.name}-wal")
        if log.exists():
            pages._add_log(log.read_bytes(), size)
        return pages

    def rows(self) -> Iterator[tuple[Value, ...]]:
        """Every row that can be read, older ones before newer ones; some come twice."""
        for page in self.images:
            if len(page) > 12 and page[0] in (_LEAF, _INNER):
                yield from self._rows_of(page)

    def _add(self, number: int, page: bytes) -> None:
        self.images.append(page)
        self.newest[number] = page

    def _add_log(self, log: bytes, size: int) -> None:
        salts = log[16:24]
        for start in range(_LOG_HEADER, len(log), _FRAME_HEADER + size):
            head, page = log[start : start + _FRAME_HEADER], log[start + _FRAME_HEADER : start + _FRAME_HEADER + size]
            if head[8:16] == salts:
                self._add(int.from_bytes(head[:4], "big"), page)

    def _rows_of(self, page: bytes) -> Iterator[tuple[Value, ...]]:
        start, child = (8, 0) if page[0] == _LEAF else (12, 4)
        for at in range(start, start + 2 * int.from_bytes(page[3:5], "big"), 2):
            try:
                yield _values(self._content(page, int.from_bytes(page[at : at + 2], "big") + child))
            except (Unreadable, IndexError, UnicodeDecodeError):
                continue

    def _content(self, page: bytes, at: int) -> bytes:
        """What the cell at this place holds, from the pages behind it, too, where it is long."""
        length, at = _varint(page, at)
        usable = len(page)
        most, least = (usable - 12) * 64 // 255 - 23, (usable - 12) * 32 // 255 - 23
        if length > _LONGEST:
            raise Unreadable
        if length <= most:
            return _part(page, at, length)
        here = least + (length - least) % (usable - 4)
        here = here if here <= most else least
        content, following = _part(page, at, here), int.from_bytes(_part(page, at + here, 4), "big")
        while len(content) < length:
            further = self.newest.get(following, b"")
            content += _part(further, 4, min(usable - 4, length - len(content)))
            following = int.from_bytes(further[:4], "big")
        return content


def _page_size(content: bytes) -> int:
    size = int.from_bytes(content[16:18], "big")
    is_one = content.startswith(_MAGIC) and 512 <= size <= 32768 and size & (size - 1) == 0
    return size if is_one else _USUAL


def _values(content: bytes) -> tuple[Value, ...]:
    """The values of one row."""
    end, at = _varint(content, 0)
    kinds: list[int] = []
    while at < end and len(kinds) <= _MOST_VALUES:
        kind, at = _varint(content, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(content, at, kind)
        values.append(value)
    if at != len(content):
        raise Unreadable
    return tuple(values)


def _value(content: bytes, at: int, kind: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in _WHOLE_NUMBERS:
        end = at + _WHOLE_NUMBERS[kind]
        return int.from_bytes(_part(content, at, end - at), "big", signed=True), end
    if kind in (8, 9):
        return kind - 8, at
    if kind < 12:
        raise Unreadable
    part = _part(content, at, (kind - 12) // 2)
    return (part.decode() if kind % 2 else part), at + len(part)


def _part(content: bytes, at: int, length: int) -> bytes:
    part = content[at : at + length]
    if len(part) != length:
        raise Unreadable
    return part


def _varint(content: bytes, at: int) -> tuple[int, int]:
    """The number at this place, seven bits a byte, and where it ends."""
    number = 0
    for count in range(8):
        byte = content[at + count]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + count + 1
    raise Unreadable
