"""Editions, their releases and brackets, and how far the making of the next one is."""

import sqlalchemy as sa
from alembic import op

from server.database import Document

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CAMPAIGN = "The campaign."
BY = "The axis; empty for everybody."


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3… within the campaign."),
        sa.Column("people", sa.Integer(), nullable=False, comment="How many responses it counts."),
        sa.Column(
            "breakdowns",
            sa.Boolean(),
            nullable=False,
            comment="Whether it holds breakdowns, or one-way figures only.",
        ),
        sa.Column(
            "document",
            Document,
            nullable=False,
            comment="Groups of every axis, and how each item's brackets and groups came about.",
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_edition_number")),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_edition")),
    )
    op.create_table(
        "edition_release",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
        sa.Column("edition", sa.Integer(), nullable=False, comment="The edition that it belongs to."),
        sa.Column("kind", sa.String(length=16), nullable=False, comment="question, likert, breakdown, gap…"),
        sa.Column("subject", sa.String(length=200), nullable=False, comment="What it is about."),
        sa.Column("by", sa.String(length=160), nullable=False, comment=BY),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Where it stands among the releases of its edition."
        ),
        sa.Column("document", Document, nullable=False, comment="The release, with its format's number."),
        sa.PrimaryKeyConstraint("campaign_id", "edition", "kind", "subject", "by", name=op.f("pk_edition_release")),
    )
    op.create_table(
        "edition_table",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
        sa.Column("edition", sa.Integer(), nullable=False, comment="The edition whose people it counts."),
        sa.Column("item", sa.String(length=200), nullable=False, comment="The item."),
        sa.Column("by", sa.String(length=160), nullable=False, comment=BY),
        sa.Column("document", Document, nullable=False, comment="Groups with exact sizes, and the brackets."),
        sa.PrimaryKeyConstraint("campaign_id", "edition", "item", "by", name=op.f("pk_edition_table")),
    )
    op.create_table(
        "edition_work",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
        sa.Column("number", sa.Integer(), nullable=False, comment="The edition that is being made, or was made last."),
        sa.Column(
            "stage",
            sa.String(length=16),
            nullable=False,
            comment="counting, deciding, writing, done, failed or waiting.",
        ),
        sa.Column("percent", sa.Integer(), nullable=False, comment="How much of it is done, 0 to 100."),
        sa.Column(
            "failure", sa.String(length=32), nullable=False, comment="A code of what went wrong; empty otherwise."
        ),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_edition_work")),
    )


def downgrade() -> None:
    for table in ("edition_work", "edition_table", "edition_release", "edition"):
        op.drop_table(table)
