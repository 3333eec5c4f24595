"""What results were made from before editions: steps, their files, and the ledger of tables given out."""

import sqlalchemy as sa
from alembic import op

from server.database import Document

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CAMPAIGN = "The campaign."


def upgrade() -> None:
    for table in ("release_record", "release_file", "release_step"):
        op.drop_table(table)


def downgrade() -> None:
    op.create_table(
        "release_step",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
        sa.Column("number", sa.Integer(), nullable=False, comment="1, 2, 3… within the campaign."),
        sa.Column(
            "responses", sa.Integer(), nullable=False, comment="How many responses the tables of this step are over."
        ),
        sa.Column(
            "generation", sa.Integer(), nullable=False, comment="Generation of the lake from which this step was taken."
        ),
        sa.Column(
            "document",
            Document,
            nullable=False,
            comment="The files of the responses that this step added, and the sizes of the groups.",
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_release_step_number")),
        sa.PrimaryKeyConstraint("campaign_id", "number", name=op.f("pk_release_step")),
    )
    op.create_table(
        "release_file",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
        sa.Column("name", sa.String(length=64), nullable=False, comment="Random name, as the step's document has it."),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="The file, byte for byte."),
        sa.PrimaryKeyConstraint("campaign_id", "name", name=op.f("pk_release_file")),
    )
    op.create_table(
        "release_record",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment=CAMPAIGN),
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
            Document,
            nullable=False,
            comment="Groups, answers, the counts shown (null: withheld) and other figures of the table.",
        ),
        sa.PrimaryKeyConstraint("campaign_id", "step", "subject", "by", name=op.f("pk_release_record")),
        sa.UniqueConstraint("campaign_id", "number", name="uq_release_record_number"),
    )
