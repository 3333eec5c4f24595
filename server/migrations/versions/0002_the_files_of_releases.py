"""The files of releases are in the database."""

from alembic import op

from server.migrations.before_editions import make_release_file

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    make_release_file()


def downgrade() -> None:
    op.drop_table("release_file")
