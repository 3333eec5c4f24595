"""What the page seals the server opens, and opens only as it was sealed: the page's own module, run by Node."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from schemas.response import ResponseDocument
from schemas.wire import SUITE, Envelope
from sync.chance import SystemChance
from sync.identifiers import b64url, new_id, unb64url
from sync.keys import PrivateKey, new_sealing_pair
from sync.receiving import read_batch
from sync.sealing import SealBroken, unseal
from tests.support.envelopes import response
from tests.support.waiting import LIMIT

PAIR = new_sealing_pair()
PRIVATE = PrivateKey.load(PAIR.private)
SEALING = """
import { seal } from "./src/transport/sealing.ts";
const { documents, key } = JSON.parse(process.argv[1]);
console.log(JSON.stringify(await Promise.all(documents.map((document) => seal(document, key)))));
"""
RESPONSES = [
    response(),
    response(answers={}),
    response(answers={f"q_{n}": "agree" for n in range(50)}, language="en"),
    response(answers={"note": 'Ca đêm quá dài; \n\t"ngoặc" \u2028 😀 \\ud800', "n": 34.5, "many": ["a", "b"]}),
    response(answers={"note": "Mong công đoàn lắng nghe chúng tôi hơn nữa. " * 200}),
]


@pytest.fixture(scope="module")
def sealed() -> list[Envelope]:
    """Envelopes of all responses, made by the page."""
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    assert node is not None
    question = {
        "documents": [json.loads(one.to_json()) for one in RESPONSES],
        "key": {"id": PAIR.id, "suite": SUITE, "public": PAIR.public},
    }
    command = [node, "--input-type=module", "--eval", SEALING, json.dumps(question)]
    done = subprocess.run(command, cwd="client/web", capture_output=True, timeout=LIMIT, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return [Envelope(**one) for one in json.loads(done.stdout)]


@pytest.mark.parametrize("number", range(len(RESPONSES)))
def test_what_the_page_seals_the_server_opens(sealed, number):
    document: ResponseDocument = unseal(sealed[number], PRIVATE)
    assert document == RESPONSES[number]


def test_what_the_page_seals_is_what_the_road_carries(sealed):
    body = json.dumps({"batch": new_id(SystemChance()), "envelopes": [one.document() for one in sealed]}).encode()
    assert read_batch(body).envelopes == tuple(sealed)


def test_with_one_flipped_bit_it_does_not_open(sealed):
    data = bytearray(unb64url(sealed[0].sealed))
    for position in (0, 65 * 8, len(data) * 8 - 1):
        data[position // 8] ^= 1 << position % 8
        with pytest.raises(SealBroken):
            unseal(replace(sealed[0], sealed=b64url(bytes(data))), PRIVATE)
        data[position // 8] ^= 1 << position % 8


def test_for_another_campaign_or_id_it_does_not_open(sealed):
    for moved in (replace(sealed[0], campaign="ge-2027"), replace(sealed[0], id=sealed[1].id)):
        with pytest.raises(SealBroken):
            unseal(moved, PRIVATE)
