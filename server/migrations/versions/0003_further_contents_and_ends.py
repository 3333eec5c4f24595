"""An id may have several contents, campaigns end, administrators allow more than a headcount."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COMMENT = "0, or more where one id has several contents"
COMMENTS = (
    (
        "intake_count",
        "conflicts",
        "refused: same id, other content",
        "came with an id that had other content before",
        sa.Integer(),
    ),
    (
        "tally",
        "day",
        "The local day, or the period's first day.",
        "The local day, brought into the campaign's period.",
        sa.Date(),
    ),
)
KEYED = {"inbox": ("campaign_id", "id"), "ledger": ("digest",)}


def upgrade() -> None:
    op.create_table(
        "allowance",
        sa.Column("id", sa.String(length=32), nullable=False, comment="Random name."),
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign."),
        sa.Column("site_id", sa.String(length=64), nullable=False, comment="The site."),
        sa.Column("number", sa.Integer(), nullable=False, comment="How many more responses."),
        sa.Column("reason", sa.String(length=500), nullable=False, comment="Why, in the administrator's words."),
        sa.Column("account", sa.String(length=64), nullable=False, comment="Name of the administrator's account."),
        sa.Column("day", sa.Date(), nullable=False, comment="Local day of the decision."),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_allowance_campaign_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_allowance_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_allowance")),
    )
    with op.batch_alter_table("allowance") as batch_op:
        batch_op.create_index(batch_op.f("ix_allowance_campaign_id"), ["campaign_id"], unique=False)
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.add_column(
            sa.Column(
                "closed_on", sa.Date(), nullable=True, comment="Local day on which it was closed by hand; else empty."
            )
        )
    with op.batch_alter_table("lake_state") as batch_op:
        batch_op.add_column(
            sa.Column(
                "rest_opened",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="whether the last rest that was smaller than a pool has been opened",
            )
        )
    with op.batch_alter_table("lake_state") as batch_op:
        batch_op.alter_column("rest_opened", server_default=None)
    with op.batch_alter_table("response", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.create_index("ix_response_place", ["campaign_id", "site_id", "day"], unique=False)
    for table, column, _, comment, kind in COMMENTS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, comment=comment, existing_type=kind, existing_nullable=False)
    for table, key in KEYED.items():
        with op.batch_alter_table(table, table_kwargs={"sqlite_with_rowid": False}) as batch_op:
            batch_op.add_column(
                sa.Column("variant", sa.SmallInteger(), nullable=False, server_default="0", comment=COMMENT)
            )
            batch_op.drop_constraint(f"pk_{table}", type_="primary")
            batch_op.create_primary_key(f"pk_{table}", [*key, "variant"])
    with op.batch_alter_table("quarantine", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.add_column(
            sa.Column("variant", sa.SmallInteger(), nullable=False, server_default="0", comment="as in the inbox")
        )
    for table in (*KEYED, "quarantine"):
        with op.batch_alter_table(table, table_kwargs={"sqlite_with_rowid": False}) as batch_op:
            batch_op.alter_column("variant", server_default=None)


def downgrade() -> None:
    """Further contents of an id have no place in the older tables: they go, and the first of each stays."""
    for table, key in KEYED.items():
        op.execute(sa.text(f"DELETE FROM {table} WHERE variant > 0"))  # noqa: S608 - names of tables
        with op.batch_alter_table(table, table_kwargs={"sqlite_with_rowid": False}) as batch_op:
            batch_op.drop_constraint(f"pk_{table}", type_="primary")
            batch_op.drop_column("variant")
            batch_op.create_primary_key(f"pk_{table}", [*key])
    with op.batch_alter_table("quarantine", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.drop_column("variant")
    with op.batch_alter_table("lake_state") as batch_op:
        batch_op.drop_column("rest_opened")
    with op.batch_alter_table("campaign") as batch_op:
        batch_op.drop_column("closed_on")
    for table, column, comment, _, kind in COMMENTS:
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, comment=comment, existing_type=kind, existing_nullable=False)
    with op.batch_alter_table("response", table_kwargs={"sqlite_with_rowid": False}) as batch_op:
        batch_op.drop_index("ix_response_place")
    op.drop_table("allowance")
