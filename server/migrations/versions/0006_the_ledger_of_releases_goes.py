"""What results were made from before editions: steps, their files, and the ledger of tables given out."""

from alembic import op

from server.migrations.before_editions import make_release_file, make_release_record, make_release_step

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("release_record", "release_file", "release_step"):
        op.drop_table(table)


def downgrade() -> None:
    make_release_step()
    make_release_file()
    make_release_record()
