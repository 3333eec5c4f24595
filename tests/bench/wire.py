"""Bytes on the wire per response, in batches of 100 of the full questionnaire, counted on a socket with all of HTTP.

Both directions are counted, from the first byte of the request to the last of the receipts. TLS is not in it: it adds some
30 bytes to every 16 KiB, and a handshake to a connection.
"""

import gzip
import socket
import sys
from argparse import ArgumentParser
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import orjson

sys.path.insert(0, str(Path(__file__).parents[2]))

from schemas.messages import Batch, Envelope
from schemas.pack_reader import read_pack
from schemas.response import ResponseDocument
from server.demo.population import GARMENT_FACTORY, population
from sync.chance import SystemChance
from sync.identifiers import new_id
from sync.in_memory import MemoryInbox
from sync.keys import PublicKey, new_identity, new_sealing_pair, sign
from sync.over_http import HttpPeer, HttpTransport
from sync.receiving import read_batch, receive_batch
from sync.sealing import seal

CHANCE = SystemChance()
PACK = "ge_awareness"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"


class CountingHop:
    """A hop that answers batches with real, signed receipts and counts every byte that crosses its socket."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.received = self.sent = 0
        self._inbox, self._identity = MemoryInbox(), new_identity()
        Thread(target=self._serve, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def refusal_of(self, _envelope: Envelope) -> None:
        return None

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection, connection.makefile("rb") as stream:
                while self._answer(connection, stream):
                    pass

    def _answer(self, connection: socket.socket, stream: Any) -> bool:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = stream.readline()
            if not line:
                return False
            head += line
        length = int(
            next(line.split(b":")[1] for line in head.splitlines() if line.lower().startswith(b"content-length"))
        )
        body = stream.read(length)
        receipt = receive_batch(read_batch(body, "gzip"), self._inbox, self, lambda data: sign(self._identity, data))
        answer = gzip.compress(orjson.dumps(receipt.document()), 6, mtime=0)
        full = HEAD % len(answer) + answer
        self.received += len(head) + len(body)
        self.sent += len(full)
        connection.sendall(full)
        return True


def documents(count: int) -> list[ResponseDocument]:
    """Responses to the full questionnaire, some 50 questions each, as the demonstration invents them."""
    survey = read_pack(PACK)
    workers = population(survey, GARMENT_FACTORY, count * 2, Random(2026))
    answered = [worker.answers for worker in workers if worker.answers is not None][:count]
    return [
        ResponseDocument(
            "ge-2026-dot-1", survey.id, survey.version, "may-song-xanh", date(2026, 11, 20), "tablet", "vi", answers
        )
        for answers in answered
    ]


def main(argv: list[str]) -> dict[str, Any]:
    """Send batches and divide."""
    parser = ArgumentParser()
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    wanted = parser.parse_args(argv)
    key = PublicKey.load(new_sealing_pair().public)
    sealed = [seal(document, key, chance=CHANCE) for document in documents(wanted.batches * 100)]
    hop = CountingHop()
    peer = HttpPeer(hop.address, "Bearer " + "t" * 43)
    transport = HttpTransport(peer)
    for start in range(0, len(sealed), 100):
        receipt = transport.deliver(Batch(new_id(CHANCE), tuple(sealed[start : start + 100])))
        assert all(one.status == "stored" for one in receipt.receipts)
    peer.close()
    sizes = Counter(len(envelope.sealed) for envelope in sealed)
    figures = {
        "bytes_per_response": round((hop.received + hop.sent) / len(sealed), 1),
        "request_bytes_per_response": round(hop.received / len(sealed), 1),
        "receipt_bytes_per_response": round(hop.sent / len(sealed), 1),
        "frames": ", ".join(
            f"{number * 100 / len(sealed):.0f} % of {size * 3 // 4 - 81} bytes"
            for size, number in sorted(sizes.items())
        ),
    }
    if wanted.json:
        print(orjson.dumps(figures).decode())
    return figures


if __name__ == "__main__":
    main(["--json", *sys.argv[1:]])
