"""Accounts have further roles and may belong to a unit; the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

DOCUMENT = sa.JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
UNIT = "The unit whose campaigns and sites, and those below, they deal with; empty: all."
OLD_ROLES = "role IN ('administrator', 'analyst')"


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column(
            "number",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="1, 2, 3… without a gap, in the order of the changes.",
        ),
        sa.Column("at", sa.BigInteger(), nullable=False, comment="When, in seconds since 1970."),
        sa.Column(
            "actor",
            sa.String(length=64),
            nullable=False,
            comment="Name of the account; `command line` or `server` where it was none.",
        ),
        sa.Column("action", sa.String(length=40), nullable=False, comment="What was done, such as campaign.opened."),
        sa.Column("subject", sa.String(length=200), nullable=False, comment="Short name of what it was done to."),
        sa.Column("facts", DOCUMENT, nullable=False, comment="What else belongs to it: names, numbers, reasons."),
        sa.Column(
            "previous",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Seal of the entry before; zeros at the first.",
        ),
        sa.Column(
            "seal",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Keyed digest of this entry and of the seal before it.",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry") as batch_op:
        for column in ("action", "at", "subject"):
            batch_op.create_index(batch_op.f(f"ix_audit_entry_{column}"), [column], unique=False)
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_constraint(op.f("ck_user_role"), type_="check")
        batch_op.add_column(sa.Column("unit_id", sa.String(length=64), nullable=True, comment=UNIT))
        batch_op.alter_column(
            "role",
            existing_type=sa.String(length=16),
            type_=sa.String(length=32),
            existing_nullable=False,
            comment="What they may do; see server/accounts/permissions.py.",
            existing_comment="administrator or analyst.",
        )
        batch_op.create_index(batch_op.f("ix_user_unit_id"), ["unit_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_user_unit_id"), "unit", ["unit_id"], ["id"])


def downgrade() -> None:
    # The version before knows neither these roles nor units: whoever has one is shut out, and an administrator decides.
    op.execute(
        sa.text(
            'UPDATE "user" SET disabled_on = coalesce(disabled_on, created_on) '
            "WHERE role NOT IN ('administrator', 'analyst') OR unit_id IS NOT NULL"
        )
    )
    op.execute(sa.text("UPDATE \"user\" SET role = 'analyst' WHERE role NOT IN ('administrator', 'analyst')"))
    with op.batch_alter_table("user") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_unit_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_user_unit_id"))
        batch_op.drop_column("unit_id")
        batch_op.alter_column(
            "role",
            existing_type=sa.String(length=32),
            type_=sa.String(length=16),
            existing_nullable=False,
            comment="administrator or analyst.",
            existing_comment="What they may do; see server/accounts/permissions.py.",
        )
        batch_op.create_check_constraint(op.f("ck_user_role"), OLD_ROLES)
    op.drop_table("audit_entry")
