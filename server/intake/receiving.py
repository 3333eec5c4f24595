"""From a batch to its signed receipt, on this server's database."""

import logging
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from schemas.messages import Batch, BatchReceipt
from schemas.problems import ENVELOPE_CONFLICT, STORE_FULL, STORE_UNAVAILABLE, Problem
from server.collectors.authentication import Sender
from server.collectors.tables import Link
from server.database import session, transaction
from server.intake.admission import Admission, already_here, known_campaigns, late_ones
from server.intake.readiness import free_mib
from server.intake.sql_inbox import QuotaMoved, SqlInbox
from server.services import Services
from sync.receiving import receive_batch

LEDGER = "ledger"
TRIES = 5
logger = logging.getLogger(__name__)


def take_in(batch: Batch, sender: Sender, at_hand: Services) -> BatchReceipt:
    """Store what may come in, durably, and sign for every envelope of the batch."""
    if free_mib(at_hand) < at_hand.settings.disk_floor:
        raise Problem(STORE_FULL)
    for _ in range(TRIES):
        try:
            receipt = _receive(batch, _with_quota(sender), at_hand)
        except QuotaMoved:
            continue
        _tell_conflicts(receipt)
        return receipt
    raise Problem(STORE_UNAVAILABLE, retry_after=2)


def _receive(batch: Batch, sender: Sender, at_hand: Services) -> BatchReceipt:
    key = at_hand.keyring.derived(LEDGER)
    looking = session()
    campaigns = known_campaigns(looking, (envelope.campaign for envelope in batch.envelopes), at_hand.today())
    known = already_here(looking, key, batch.envelopes) if sender.left is not None else frozenset()
    looking.close()  # gives the connection back before another one is taken for the writing
    link = sender.id if sender.kind == "link" else None
    inbox = SqlInbox(transaction, key, late=late_ones(campaigns), link=link)
    return receive_batch(batch, inbox, Admission(campaigns, sender, known), at_hand.keyring.sign)


def _with_quota(sender: Sender) -> Sender:
    """Look again how much of a link's quota is left: others may be using it."""
    if sender.kind != "link":
        return sender
    looking: Session = session()
    link = looking.execute(select(Link.quota, Link.stored).where(Link.id == sender.id)).one()
    return replace(sender, left=max(0, link.quota - link.stored))


def _tell_conflicts(receipt: BatchReceipt) -> None:
    conflicts = sum(one.problem is not None and one.problem.code == ENVELOPE_CONFLICT.code for one in receipt.receipts)
    if conflicts:
        logger.warning("Refused %d envelopes whose ids had come before with other content.", conflicts)
