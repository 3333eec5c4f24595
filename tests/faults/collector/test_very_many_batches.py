"""Pages that all send at the same moment, again and again: each batch is answered, each envelope counts once."""

import http.client
import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

from client.serving import LocalServer
from tests.support.collector import Collector, batch, sealed, settings
from tests.support.waiting import LIMIT

BATCHES, ENVELOPES, SENDERS = 500, 100, 100


def test_very_many_batches_at_once_are_all_answered_and_counted_once(tmp_path):
    collector = Collector(tmp_path / "home", port=0)
    collector.shelve()
    headers = {**collector.enrol_page(), "Content-Type": "application/json"}
    server = LocalServer(collector.app, settings(tmp_path / "home", port=0))
    host, port = server.address.removeprefix("http://").split(":")
    bodies = [json.dumps(batch(sealed(number), seed=number)) for number in range(ENVELOPES)]
    turns = count()

    def send(_sender):
        statuses, line = Counter(), http.client.HTTPConnection(host, int(port), timeout=LIMIT)
        while (turn := next(turns)) < BATCHES:
            line.request("POST", "/api/v1/batches", bodies[turn % ENVELOPES], headers)
            answer = line.getresponse()
            document = json.loads(answer.read())
            assert answer.status == 200, document
            statuses[document["receipts"][0]["status"]] += 1
        line.close()
        return statuses

    try:
        with ThreadPoolExecutor(SENDERS) as senders:
            statuses = sum(senders.map(send, range(SENDERS)), Counter())
    finally:
        server.stop()
    assert statuses == {"stored": ENVELOPES, "duplicate": BATCHES - ENVELOPES}
    assert collector.parts.outbox.counts().collected == ENVELOPES
    collector.close()
