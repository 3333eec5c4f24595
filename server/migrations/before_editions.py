"""The tables that results were made from before editions: their files, and the ledger of what was given out.

The first migrations make them; whoever goes back before editions makes them again.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

DOCUMENT = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def make_release_step() -> None:
    """Make the table of steps."""
    op.create_table(
        "release_step",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign."),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3… within the campaign."),
        sa.Column(
            "responses", sa.Integer(), nullable=False, comment="How many responses the tables of this step are over."
        ),
        sa.Column(
            "generation", sa.Integer(), nullable=False, comment="Generation of the lake from which this step was taken."
        ),
        sa.Column(
            "document",
            DOCUMENT,
            nullable=False,
            comment="The files of the responses that this step added, and the sizes of the groups.",
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_release_step_number")),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_release_step")),
    )


def make_release_file() -> None:
    """Make the table of the files of a step's responses."""
    op.create_table(
        "release_file",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign."),
        sa.Column("name", sa.String(length=64), nullable=False, comment="Random name, as the step's document has it."),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="The file, byte for byte."),
        sa.PrimaryKeyConstraint("campaign_id", "name", name=op.f("pk_release_file")),
    )


def make_release_record() -> None:
    """Make the ledger of tables given out."""
    op.create_table(
        "release_record",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign."),
        sa.Column("step", sa.Integer(), nullable=False, comment="The step at which it was given out."),
        sa.Column("subject", sa.String(length=160), nullable=False, comment="The question, scale or indicator."),
        sa.Column("by", sa.String(length=160), nullable=False, comment="The dimension; empty for a one-way table."),
        sa.Column(
            "number",
            sa.Integer(),
            nullable=False,
            comment="Running number within the campaign: who comes second has to check against the first.",
        ),
        sa.Column(
            "document",
            DOCUMENT,
            nullable=False,
            comment="Groups, answers, the counts shown (null: withheld) and other figures of the table.",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "step", "subject", "by", name=op.f("pk_release_record")),
        sa.UniqueConstraint("campaign_id", "number", name="uq_release_record_number"),
    )
