"""A response remembers the edition of results that first counted it; a campaign may be planned in strong mode."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

EDITION = "the edition of results that first counted it; empty while it is in none"
STRONG = "Whether one answer in ten is replaced by somebody else's before it is counted."
NO_ORDER = {"sqlite_with_rowid": False}


def upgrade() -> None:
    with op.batch_alter_table("response", table_kwargs=NO_ORDER) as batch_op:
        batch_op.add_column(sa.Column("edition", sa.SmallInteger(), nullable=True, comment=EDITION))
        batch_op.create_index("ix_response_edition", ["campaign_id", "edition"], unique=False)
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.add_column(
            sa.Column("strong", sa.Boolean(), nullable=False, server_default=sa.false(), comment=STRONG)
        )
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.alter_column("strong", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.drop_column("strong")
    with op.batch_alter_table("response", table_kwargs=NO_ORDER) as batch_op:
        batch_op.drop_index("ix_response_edition")
        batch_op.drop_column("edition")
