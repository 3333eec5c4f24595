"""Envelopes wait and are counted."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "envelope",
        sa.Column("id", sa.String(22), nullable=False, comment="128 random bits, chosen by the page"),
        sa.Column("campaign", sa.String(64), nullable=False, comment="The campaign it was sealed for"),
        sa.Column("key", sa.String(16), nullable=False, comment="Which public key sealed it"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="Opaque here and on every hop but the server"),
        sa.Column(
            "held", sa.String(100), nullable=True, comment="Code of the server's refusal; nothing while it waits"
        ),
        sa.Column("reason", sa.String(500), nullable=True, comment="The server's sentence to that code"),
        sa.PrimaryKeyConstraint("id", name="pk_envelope"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_envelope_held", "envelope", ["held", "campaign"])
    op.create_table(
        "sent_envelope",
        sa.Column("digest", sa.LargeBinary(16), nullable=False, comment="Keyed digest of the envelope's id"),
        sa.Column(
            "content", sa.LargeBinary(16), nullable=False, comment="Keyed digest of what it held, to know a conflict"
        ),
        sa.PrimaryKeyConstraint("digest", name="pk_sent_envelope"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "campaign_count",
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("collected", sa.Integer(), nullable=False, comment="Envelopes acknowledged to pages"),
        sa.Column("sent", sa.Integer(), nullable=False, comment="Envelopes that the server acknowledged"),
        sa.Column("conflicts", sa.Integer(), nullable=False, comment="Known ids that came with other content"),
        sa.PrimaryKeyConstraint("campaign", name="pk_campaign_count"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "page_tally",
        sa.Column("page", sa.String(22), nullable=False, comment="Random id of the page's enrolment here"),
        *_columns_of_a_tally(),
        sa.PrimaryKeyConstraint("page", "campaign", "site", "day", name="pk_page_tally"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "forwarded_tally",
        *_columns_of_a_tally(),
        sa.PrimaryKeyConstraint("campaign", "site", "day", name="pk_forwarded_tally"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("forwarded_tally", "page_tally", "campaign_count", "sent_envelope", "envelope"):
        op.drop_table(table)


def _columns_of_a_tally() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("site", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("collected", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
    ]
