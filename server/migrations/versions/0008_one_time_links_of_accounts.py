"""One-time links by which the owners of accounts choose their passwords."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

HASH = "argon2id hash of the password"
UNCHOSEN = f"{HASH}; empty until the owner of a one-time link has chosen one."


def upgrade() -> None:
    op.create_table(
        "account_link",
        sa.Column("user_id", sa.String(length=32), nullable=False, comment="The account that it opens."),
        sa.Column(
            "code_digest",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Keyed digest of the code; the code itself is kept nowhere.",
        ),
        sa.Column(
            "expires_at", sa.BigInteger(), nullable=False, comment="Until when it is good, in seconds since 1970."
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_account_link_user_id")),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_account_link_code_digest")),
    )
    _say_of_password(UNCHOSEN, f"{HASH}.")


def downgrade() -> None:
    _say_of_password(f"{HASH}.", UNCHOSEN)
    op.drop_table("account_link")


def _say_of_password(comment: str, before: str) -> None:
    with op.batch_alter_table("user") as batch_op:
        batch_op.alter_column(
            "password", existing_type=sa.String(length=255), nullable=False, comment=comment, existing_comment=before
        )
