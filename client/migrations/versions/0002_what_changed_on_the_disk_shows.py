"""What changed on the disk shows: a digest beside each envelope; and what was lost or refused for good is counted.

Several contents may stand under one id since then, so the digest belongs to the key of both tables.
"""

import sqlalchemy as sa
from alembic import op

from client.storage.sql_inbox import digest_of_row

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _envelopes(with_digest=True)
    _sent(("digest", "content"))
    op.add_column(
        "campaign_count",
        sa.Column(
            "lost",
            sa.Integer(),
            nullable=False,
            server_default="0",
            comment="Envelopes that damage to the disk took, at least",
        ),
    )
    op.add_column(
        "forwarded_tally",
        sa.Column(
            "refusal",
            sa.String(100),
            nullable=True,
            comment="Code with which the server refused this very sum for good; nothing where it took it",
        ),
    )


def downgrade() -> None:
    op.execute("ALTER TABLE forwarded_tally DROP COLUMN refusal")
    op.execute("ALTER TABLE campaign_count DROP COLUMN lost")
    _sent(("digest",))
    _envelopes(with_digest=False)


def _envelopes(*, with_digest: bool) -> None:
    connection = op.get_bind()
    rows = connection.exec_driver_sql("SELECT id, campaign, key, sealed, held, reason FROM envelope").all()
    op.drop_table("envelope")
    digest = sa.Column(
        "digest",
        sa.String(22),
        nullable=False,
        comment="Digest of the whole envelope as it came: what changed on the disk shows",
    )
    op.create_table(
        "envelope",
        sa.Column("id", sa.String(22), nullable=False, comment="128 random bits, chosen by the page"),
        *([digest] if with_digest else []),
        sa.Column("campaign", sa.String(64), nullable=False, comment="The campaign it was sealed for"),
        sa.Column("key", sa.String(16), nullable=False, comment="Which public key sealed it"),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="Opaque here and on every hop but the server"),
        sa.Column(
            "held",
            sa.String(100),
            nullable=True,
            comment="Code of the server's refusal, or that it is damaged; nothing while it waits",
        ),
        sa.Column("reason", sa.String(500), nullable=True, comment="The server's sentence to that code"),
        sa.PrimaryKeyConstraint("id", *(["digest"] if with_digest else []), name="pk_envelope"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_envelope_held", "envelope", ["held", "campaign"])
    names = "id, campaign, key, sealed, held, reason"
    for row in rows:
        values = [*row, digest_of_row(*row[:4])] if with_digest else list(row)
        columns = f"{names}, digest" if with_digest else names
        places = ", ".join("?" * len(values))
        connection.exec_driver_sql(
            f"INSERT OR IGNORE INTO envelope ({columns}) VALUES ({places})",  # noqa: S608 - names of this file
            tuple(values),
        )


def _sent(key: tuple[str, ...]) -> None:
    op.rename_table("sent_envelope", "sent_before")
    op.create_table(
        "sent_envelope",
        sa.Column("digest", sa.LargeBinary(16), nullable=False, comment="Keyed digest of the envelope's id"),
        sa.Column(
            "content",
            sa.LargeBinary(16),
            nullable=False,
            comment="Keyed digest of what it held, to know another content",
        ),
        sa.PrimaryKeyConstraint(*key, name="pk_sent_envelope"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT OR IGNORE INTO sent_envelope (digest, content) SELECT digest, content FROM sent_before")
    op.drop_table("sent_before")
