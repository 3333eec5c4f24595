"""The first tables."""

import sqlalchemy as sa
from alembic import op

from server.migrations.before_editions import DOCUMENT, make_release_record, make_release_step

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "collector",
        sa.Column("id", sa.String(length=32), nullable=False, comment="Random name, made at enrolment."),
        sa.Column("name", sa.String(length=100), nullable=False, comment="Name that field staff gave it."),
        sa.Column(
            "token_digest",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Keyed digest of its token; the token itself is nowhere.",
        ),
        sa.Column("enrolled_on", sa.Date(), nullable=False, comment="Local day of enrolment."),
        sa.Column("revoked_on", sa.Date(), nullable=True, comment="Local day from which it may no longer deliver."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collector")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_collector_token_digest")),
    )
    op.create_table(
        "guess",
        sa.Column(
            "name_digest", sa.LargeBinary(length=32), nullable=False, comment="Keyed digest of the name that was tried."
        ),
        sa.Column("wrong", sa.Integer(), nullable=False, comment="Wrong passwords in a row."),
        sa.Column("last", sa.BigInteger(), nullable=False, comment="When the last one was, in seconds since 1970."),
        sa.PrimaryKeyConstraint("name_digest", name=op.f("pk_guess")),
    )
    op.create_table(
        "inbox",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=22), nullable=False, comment="the envelope's own random id"),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False, comment="encapsulated key and ciphertext"),
        sa.PrimaryKeyConstraint("campaign_id", "id", name=op.f("pk_inbox")),
        postgresql_with={"toast_tuple_target": "8160"},
        sqlite_with_rowid=False,
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="Always 1."),
        sa.Column(
            "identity",
            sa.String(length=64),
            nullable=False,
            comment="Public identity key, base64url; collectors pin it.",
        ),
        sa.Column(
            "master_check",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Digest under the master key that tells a wrong key apart; reveals nothing of it.",
        ),
        sa.Column("made_on", sa.Date(), nullable=False, comment="Local day on which the database was made."),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "intake_count",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False, comment="stored after the campaign had closed"),
        sa.Column("conflicts", sa.Integer(), nullable=False, comment="refused: same id, other content"),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_intake_count")),
    )
    op.create_table(
        "invitation",
        sa.Column(
            "code_digest",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Keyed digest of the code; the code itself is nowhere.",
        ),
        sa.Column("expires_on", sa.Date(), nullable=False, comment="Last local day on which the code is good."),
        sa.Column("used_on", sa.Date(), nullable=True, comment="Local day on which it was used, if it was."),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_invitation")),
    )
    op.create_table(
        "lake_state",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", name=op.f("pk_lake_state")),
    )
    op.create_table(
        "ledger",
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False, comment="HMAC of the envelope's id"),
        sa.Column("content", sa.LargeBinary(length=16), nullable=False, comment="HMAC of all that the envelope holds"),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_ledger")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column(
            "reason",
            sa.String(length=200),
            nullable=False,
            comment="a code, and the question it is about; never an answer",
        ),
        sa.Column("envelope_id", sa.String(length=22), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        postgresql_with={"toast_tuple_target": "8160"},
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantine_campaign_id"), ["campaign_id"], unique=False)

    make_release_record()
    make_release_step()
    op.create_table(
        "remark",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="drawn at random when the remark was opened"),
        sa.Column("question", sa.String(length=128), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "id", name=op.f("pk_remark")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "response",
        sa.Column("campaign_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False, comment="drawn at random when the response was opened"),
        sa.Column("version", sa.Integer(), nullable=False, comment="the survey version that was answered"),
        sa.Column("site_id", sa.String(length=64), nullable=False),
        sa.Column(
            "day", sa.Date(), nullable=False, comment="the day, or the first day of the campaign's coarser period"
        ),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("answers", DOCUMENT, nullable=False, comment="without what was answered in words of one's own"),
        sa.PrimaryKeyConstraint("campaign_id", "id", name=op.f("pk_response")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "survey_version",
        sa.Column("id", sa.String(length=128), nullable=False, comment="Name of the survey, the same in all versions."),
        sa.Column(
            "version",
            sa.Integer(),
            autoincrement=False,
            nullable=False,
            comment="Number of this version, as its author gave it.",
        ),
        sa.Column(
            "fingerprint",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 of the published document in canonical form.",
        ),
        sa.Column(
            "kind", sa.String(length=32), nullable=False, comment="Kind of instrument: survey, quiz, event and so on."
        ),
        sa.Column("title", DOCUMENT, nullable=False, comment="Title by language, copied from the document."),
        sa.Column(
            "document",
            DOCUMENT,
            nullable=False,
            comment="The published document, with the syntax tree of every expression.",
        ),
        sa.Column("published_on", sa.Date(), nullable=False, comment="Local day of publication."),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_survey_version")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_survey_version_fingerprint")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.String(length=64), nullable=False, comment="Short name, chosen by an administrator."),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Name as people write it."),
        sa.Column("parent", sa.String(length=64), nullable=True, comment="The unit above this one; empty at the top."),
        sa.Column(
            "level",
            sa.String(length=32),
            nullable=False,
            comment="grassroots, upper, province, sector or confederation.",
        ),
        sa.ForeignKeyConstraint(["parent"], ["unit.id"], name=op.f("fk_unit_parent")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_parent"), ["parent"], unique=False)

    op.create_table(
        "user",
        sa.Column("id", sa.String(length=32), nullable=False, comment="Random name, made with the account."),
        sa.Column("name", sa.String(length=64), nullable=False, comment="Name to sign in with, in small letters."),
        sa.Column("password", sa.String(length=255), nullable=False, comment="argon2id hash of the password."),
        sa.Column("role", sa.String(length=16), nullable=False, comment="administrator or analyst."),
        sa.Column(
            "stamp",
            sa.String(length=32),
            nullable=False,
            comment="Random value in every session; a new one signs the person out everywhere.",
        ),
        sa.Column("created_on", sa.Date(), nullable=False, comment="Local day on which the account was made."),
        sa.Column("disabled_on", sa.Date(), nullable=True, comment="Local day from which the account is shut."),
        sa.CheckConstraint("role IN ('administrator', 'analyst')", name=op.f("ck_user_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("name", name=op.f("uq_user_name")),
    )
    op.create_table(
        "campaign",
        sa.Column("id", sa.String(length=64), nullable=False, comment="Short name, chosen by an administrator."),
        sa.Column("title", DOCUMENT, nullable=False, comment="Title by language."),
        sa.Column("survey_id", sa.String(length=128), nullable=False, comment="The survey that is asked."),
        sa.Column("survey_version", sa.Integer(), nullable=False, comment="The version of it that is asked."),
        sa.Column("opens", sa.Date(), nullable=False, comment="First day on which it is asked."),
        sa.Column("closes", sa.Date(), nullable=False, comment="Last day on which it is asked."),
        sa.Column(
            "day_unit",
            sa.String(length=8),
            nullable=False,
            comment="How coarse the day of a response is: day, week or month.",
        ),
        sa.Column("state", sa.String(length=8), nullable=False, comment="draft, open or closed."),
        sa.Column("key_id", sa.String(length=16), nullable=False, comment="Name of the sealing key."),
        sa.Column(
            "public_key",
            sa.String(length=128),
            nullable=False,
            comment="Public half of the sealing key, base64url; the private half is in the keys folder.",
        ),
        sa.Column(
            "threshold", sa.Integer(), nullable=False, comment="Least number of people behind a figure that is shown."
        ),
        sa.CheckConstraint("day_unit IN ('day', 'week', 'month')", name=op.f("ck_campaign_day_unit")),
        sa.CheckConstraint("state IN ('draft', 'open', 'closed')", name=op.f("ck_campaign_state")),
        sa.CheckConstraint("threshold >= 5", name=op.f("ck_campaign_threshold")),
        sa.ForeignKeyConstraint(
            ["survey_id", "survey_version"], ["survey_version.id", "survey_version.version"], name="fk_campaign_survey"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
    )
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_state"), ["state"], unique=False)

    op.create_table(
        "site",
        sa.Column("id", sa.String(length=64), nullable=False, comment="Short name, chosen by an administrator."),
        sa.Column("name", sa.String(length=200), nullable=False, comment="Name as people write it."),
        sa.Column("unit_id", sa.String(length=64), nullable=False, comment="The unit that this site is under."),
        sa.Column("women", sa.Integer(), nullable=False, comment="Number of women who work here."),
        sa.Column("men", sa.Integer(), nullable=False, comment="Number of men who work here."),
        sa.CheckConstraint("women >= 0 AND men >= 0", name=op.f("ck_site_headcount")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_site_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_site")),
    )
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_site_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "campaign_site",
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign."),
        sa.Column("site_id", sa.String(length=64), nullable=False, comment="The site at which it is asked."),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_site_campaign_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_campaign_site_site_id")),
        sa.PrimaryKeyConstraint("campaign_id", "site_id", name=op.f("pk_campaign_site")),
    )
    with op.batch_alter_table("campaign_site", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_campaign_site_site_id"), ["site_id"], unique=False)

    op.create_table(
        "link",
        sa.Column("id", sa.String(length=32), nullable=False, comment="Random name, for listing and revoking."),
        sa.Column(
            "code_digest",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="Keyed digest of the code; the code itself is nowhere.",
        ),
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign it opens."),
        sa.Column("site_id", sa.String(length=64), nullable=False, comment="The site it is for."),
        sa.Column(
            "quota",
            sa.Integer(),
            nullable=False,
            comment="Most envelopes it may bring: the headcount and a fifth more.",
        ),
        sa.Column(
            "stored",
            sa.Integer(),
            nullable=False,
            comment="How many envelopes it has brought; a count, without their names.",
        ),
        sa.Column("revoked_on", sa.Date(), nullable=True, comment="Local day from which it no longer works."),
        sa.CheckConstraint("quota >= 0 AND stored >= 0", name=op.f("ck_link_counts")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_link_campaign_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_link_site_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
        sa.UniqueConstraint("code_digest", name=op.f("uq_link_code_digest")),
    )
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_link_campaign_id"), ["campaign_id"], unique=False)

    op.create_table(
        "tally",
        sa.Column("collector_id", sa.String(length=32), nullable=False, comment="The collector that counted."),
        sa.Column("campaign_id", sa.String(length=64), nullable=False, comment="The campaign that was asked."),
        sa.Column("site_id", sa.String(length=64), nullable=False, comment="The site where it was asked."),
        sa.Column("day", sa.Date(), nullable=False, comment="The local day, or the period's first day."),
        sa.Column("collected", sa.Integer(), nullable=False, comment="How many people answered."),
        sa.Column("refused", sa.Integer(), nullable=False, comment="How many people were asked and said no."),
        sa.CheckConstraint("collected >= 0 AND refused >= 0", name=op.f("ck_tally_counts")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_tally_campaign_id")),
        sa.ForeignKeyConstraint(["collector_id"], ["collector.id"], name=op.f("fk_tally_collector_id")),
        sa.ForeignKeyConstraint(["site_id"], ["site.id"], name=op.f("fk_tally_site_id")),
        sa.PrimaryKeyConstraint("collector_id", "campaign_id", "site_id", "day", name=op.f("pk_tally")),
    )
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tally_campaign_id"), ["campaign_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("tally", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tally_campaign_id"))

    op.drop_table("tally")
    with op.batch_alter_table("link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_link_campaign_id"))

    op.drop_table("link")
    with op.batch_alter_table("campaign_site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_site_site_id"))

    op.drop_table("campaign_site")
    with op.batch_alter_table("site", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_site_unit_id"))

    op.drop_table("site")
    with op.batch_alter_table("campaign", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_campaign_state"))

    op.drop_table("campaign")
    op.drop_table("user")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent"))

    op.drop_table("unit")
    op.drop_table("survey_version")
    op.drop_table("response")
    op.drop_table("remark")
    op.drop_table("release_step")
    op.drop_table("release_record")
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_campaign_id"))

    op.drop_table("quarantine")
    op.drop_table("ledger")
    op.drop_table("lake_state")
    op.drop_table("invitation")
    op.drop_table("intake_count")
    op.drop_table("installation")
    op.drop_table("inbox")
    op.drop_table("guess")
    op.drop_table("collector")
