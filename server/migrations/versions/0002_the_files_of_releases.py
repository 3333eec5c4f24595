"""The files of releases are in the database."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_file",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign."),
        sa.Column("name", sa.String(length=64), nullable=False, comment="Random name, as the step's document has it."),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="The file, byte for byte."),
        sa.PrimaryKeyConstraint("campaign_id", "name", name=op.f("pk_release_file")),
    )


def downgrade() -> None:
    op.drop_table("release_file")
