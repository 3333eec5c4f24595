"""Second factors, their recovery codes, and sessions that their owners see and end."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STAMP = "Random value that every session copies; a new one signs the person out everywhere."
STAMP_BEFORE = "Random value in every session; a new one signs the person out everywhere."


def upgrade() -> None:
    with op.batch_alter_table("user") as batch_op:
        batch_op.add_column(
            sa.Column(
                "second_factor",
                sa.LargeBinary(length=64),
                nullable=True,
                comment="Secret of the second factor, encrypted under the keyring; empty: none.",
            )
        )
        batch_op.add_column(
            sa.Column(
                "second_factor_step",
                sa.BigInteger(),
                nullable=True,
                comment="Half minute since 1970 of the newest code that was used: none as old is taken again.",
            )
        )
        _say_of_stamp(batch_op, STAMP, STAMP_BEFORE)
    op.create_table(
        "recovery_code",
        sa.Column("user_id", sa.String(length=32), nullable=False, comment="The account that it is for."),
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False, comment="Keyed digest of the code."),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_recovery_code_user_id")),
        sa.PrimaryKeyConstraint("user_id", "code_digest", name=op.f("pk_recovery_code")),
    )
    op.create_table(
        "user_session",
        sa.Column("id", sa.String(length=32), nullable=False, comment="Random name, in the signed cookie."),
        sa.Column("user_id", sa.String(length=32), nullable=False, comment="The account that is signed in."),
        sa.Column(
            "stamp",
            sa.String(length=32),
            nullable=False,
            comment="The account's stamp when the session began; it ends with that.",
        ),
        sa.Column("made_at", sa.BigInteger(), nullable=False, comment="When it began, in seconds since 1970."),
        sa.Column(
            "used_at",
            sa.BigInteger(),
            nullable=False,
            comment="When it was last used, to a minute, in seconds since 1970.",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
    )
    with op.batch_alter_table("user_session") as batch_op:
        batch_op.create_index(batch_op.f("ix_user_session_user_id"), ["user_id"], unique=False)


def downgrade() -> None:
    op.drop_table("user_session")
    op.drop_table("recovery_code")
    with op.batch_alter_table("user") as batch_op:
        _say_of_stamp(batch_op, STAMP_BEFORE, STAMP)
        batch_op.drop_column("second_factor_step")
        batch_op.drop_column("second_factor")


def _say_of_stamp(batch_op: object, comment: str, before: str) -> None:
    batch_op.alter_column(  # type: ignore[attr-defined]
        "stamp", existing_type=sa.String(length=32), existing_nullable=False, comment=comment, existing_comment=before
    )
