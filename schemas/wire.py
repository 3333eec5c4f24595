"""What crosses between two hops: envelopes, batches, receipts, enrolments, campaigns and tallies, each with its schema.

Readers ignore fields that they do not know, so that a newer minor version can speak to an older one; what they do know they
check to the letter.
"""

import re
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_dump, post_load, validate

from schemas.messages import (
    CODE,
    ECHOED,
    FRAME_SIZES,
    ID,
    IDENTITY,
    KEY_ID,
    MAX_BATCH_BYTES,
    MAX_ENVELOPES,
    NAME,
    POINT,
    SEALED_LENGTHS,
    SEALING_OVERHEAD,
    SIGNATURE,
    SUITE,
    Batch,
    BatchReceipt,
    CampaignDocument,
    CampaignKey,
    CampaignList,
    EnrolmentAnswer,
    EnrolmentRequest,
    Envelope,
    HopDocument,
    LinkDocument,
    Receipt,
    ReceiptProblem,
    ServerFacts,
    SiteFacts,
    Status,
    Tally,
    Text,
    is_base64url,
    is_sealed,
    read_envelope,
)
from schemas.problems import KINDS

__all__ = [
    "CODE",
    "ECHOED",
    "FRAME_SIZES",
    "ID",
    "IDENTITY",
    "KEY_ID",
    "MAX_BATCH_BYTES",
    "MAX_ENVELOPES",
    "NAME",
    "POINT",
    "SEALED_LENGTHS",
    "SEALING_OVERHEAD",
    "SIGNATURE",
    "SUITE",
    "Batch",
    "BatchReceipt",
    "BatchReceiptSchema",
    "BatchSchema",
    "CampaignDocument",
    "CampaignDocumentSchema",
    "CampaignKey",
    "CampaignKeySchema",
    "CampaignList",
    "CampaignListSchema",
    "EnrolmentAnswer",
    "EnrolmentAnswerSchema",
    "EnrolmentRequest",
    "EnrolmentRequestSchema",
    "Envelope",
    "EnvelopeSchema",
    "HopDocument",
    "HopSchema",
    "LinkDocument",
    "LinkDocumentSchema",
    "ProblemSchema",
    "Receipt",
    "ReceiptProblem",
    "ReceiptProblemSchema",
    "ReceiptSchema",
    "ServerFacts",
    "ServerFactsSchema",
    "SiteFacts",
    "SiteFactsSchema",
    "Status",
    "Tally",
    "TallySchema",
    "Text",
    "WireSchema",
    "is_base64url",
    "is_sealed",
    "read_envelope",
]


class WireSchema(Schema):
    """Loads straight into a frozen dataclass; leaves out what is not there; ignores what it does not know."""

    class Meta:
        """Readers are lenient about names that they do not know."""

        unknown = EXCLUDE

    builds: type[Any]

    @post_load
    def build(self, data: dict[str, Any], **_: object) -> Any:
        """The dataclass, with tuples where the wire has lists."""
        return self.builds(**{name: tuple(value) if isinstance(value, list) else value for name, value in data.items()})

    @post_dump
    def without_gaps(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        """Absent is absent on the wire, never null."""
        return {name: value for name, value in data.items() if value is not None}


def _matching(pattern: re.Pattern[str], **options: Any) -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(pattern), **options)


def _sealed(text: str) -> None:
    if not is_sealed(text):
        raise ValidationError("Not the length or the letters of a sealed frame.")


class EnvelopeSchema(WireSchema):
    """A sealed response: 128 random bits, a campaign, the id of its key and the sealed frame."""

    builds = Envelope
    id = _matching(ID)
    campaign = _matching(NAME)
    key = _matching(KEY_ID)
    sealed = fields.String(required=True, validate=_sealed)


class BatchSchema(WireSchema):
    """What is sent in one request: 1 to 500 envelopes in random order."""

    builds = Batch
    id = _matching(ID, data_key="batch")
    envelopes = fields.List(fields.Nested(EnvelopeSchema), required=True, validate=validate.Length(1, MAX_ENVELOPES))


class ReceiptProblemSchema(WireSchema):
    """Why an envelope was refused."""

    builds = ReceiptProblem
    code = _matching(CODE)
    title = fields.String(required=True, validate=validate.Length(max=500))


class ReceiptSchema(WireSchema):
    """The answer for one envelope."""

    builds = Receipt
    id = fields.String(required=True, validate=validate.Length(max=ECHOED))
    status = fields.String(required=True, validate=validate.OneOf(["stored", "duplicate", "refused"]))
    problem = fields.Nested(ReceiptProblemSchema)
    digest = fields.String(validate=validate.Regexp(ID))


class BatchReceiptSchema(WireSchema):
    """The answer to a batch."""

    builds = BatchReceipt
    batch = _matching(ID)
    receipts = fields.List(fields.Nested(ReceiptSchema), required=True, validate=validate.Length(max=MAX_ENVELOPES))
    signature = fields.String(validate=validate.Regexp(SIGNATURE))


class EnrolmentRequestSchema(WireSchema):
    """A one-time code and the name that people gave the collector."""

    builds = EnrolmentRequest
    code = fields.String(required=True, validate=validate.Length(1, 64))
    name = fields.String(required=True, validate=validate.Length(1, 100))


class ServerFactsSchema(WireSchema):
    """Whom to trust from now on."""

    builds = ServerFacts
    name = fields.String(required=True, validate=validate.Length(max=200))
    identity = _matching(IDENTITY)


class EnrolmentAnswerSchema(WireSchema):
    """The collector's id and secret token; the token is shown this once."""

    builds = EnrolmentAnswer
    collector = fields.String(required=True, validate=validate.Length(1, 64))
    token = fields.String(required=True, validate=validate.Regexp(r"[\x21-\x7e]{16,256}\Z"))
    server = fields.Nested(ServerFactsSchema, required=True)


class CampaignKeySchema(WireSchema):
    """A public key for sealing: an uncompressed point of P-256."""

    builds = CampaignKey
    id = _matching(KEY_ID)
    suite = fields.String(required=True, validate=validate.Equal(SUITE))
    public = _matching(POINT)


class SiteFactsSchema(WireSchema):
    """A workplace's id and name."""

    builds = SiteFacts
    id = _matching(NAME)
    name = fields.String(required=True, validate=validate.Length(max=300))


class CampaignDocumentSchema(WireSchema):
    """One campaign: title, period, key, sites and the published survey document."""

    builds = CampaignDocument
    id = _matching(NAME)
    title = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    opens = fields.String(required=True, data_key="from", validate=validate.Regexp(r"\d{4}-\d{2}-\d{2}\Z"))
    closes = fields.String(required=True, data_key="to", validate=validate.Regexp(r"\d{4}-\d{2}-\d{2}\Z"))
    day = fields.String(required=True, validate=validate.OneOf(["day", "week", "month"]))
    key = fields.Nested(CampaignKeySchema, required=True)
    sites = fields.List(fields.Nested(SiteFactsSchema), required=True)
    survey = fields.Dict(keys=fields.String(), required=True)
    frame = fields.Integer(strict=True, validate=validate.OneOf(FRAME_SIZES))


class CampaignListSchema(WireSchema):
    """What a collector may ask."""

    builds = CampaignList
    campaigns = fields.List(fields.Nested(CampaignDocumentSchema), required=True)


class LinkDocumentSchema(WireSchema):
    """One campaign with one site."""

    builds = LinkDocument
    campaign = fields.Nested(CampaignDocumentSchema, required=True)


class TallySchema(WireSchema):
    """Two counts for one campaign, site and day."""

    builds = Tally
    collected = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1_000_000))
    refused = fields.Integer(required=True, strict=True, validate=validate.Range(0, 1_000_000))


class HopSchema(WireSchema):
    """Who serves this page."""

    builds = HopDocument
    hop = fields.String(required=True, validate=validate.OneOf(["collector", "server"]))
    name = fields.String(required=True, validate=validate.Length(max=200))
    code = fields.String(validate=validate.Length(1, 64))


class ProblemSchema(Schema):
    """A problem document of RFC 9457 with a code from the catalogue."""

    class Meta:
        """Facts beside the code are allowed."""

        unknown = EXCLUDE

    type = fields.String()
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    code = fields.String(required=True, validate=validate.OneOf(sorted(KINDS)))
    retry = fields.String(validate=validate.OneOf(["never", "later", "after_fix"]))
