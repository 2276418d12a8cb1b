# ruff: noqa: E501 - the words of a CHECK constraint stay on one line
"""First tables

Revision: 0001, after nothing.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0001"
down_revision: str | None = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("actor_id", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit_event")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index("ix_audit_event_object", ["kind", "object_id"], unique=False)
        batch_op.create_index("ix_audit_event_organisation", ["organisation_id", "sequence"], unique=False)

    op.create_table(
        "idempotency_key",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("scope", sa.String(length=60), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.String(length=64), nullable=True),
        sa.Column("sealed_response", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_idempotency_key")),
    )
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_idempotency_key_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "key_check",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_check")),
    )
    op.create_table(
        "matching_run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=True),
        sa.Column("requested_by", sa.String(length=32), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("chunk_count", sa.Integer(), nullable=False),
        sa.Column("chunks_done", sa.Integer(), nullable=False),
        sa.Column("request_count", sa.Integer(), nullable=False),
        sa.Column("link_count", sa.Integer(), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('full', 'request', 'list')", name=op.f("ck_matching_run_kind")),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')",
            name=op.f("ck_matching_run_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_matching_run")),
    )
    with op.batch_alter_table("matching_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_matching_run_state"), ["state"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("receives_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "rate_window",
        sa.Column("bucket_hash", sa.String(length=64), nullable=False),
        sa.Column("window_start", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bucket_hash", "window_start", name=op.f("pk_rate_window")),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("login", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("totp_last_step", sa.Integer(), nullable=True),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("failed_count", sa.Integer(), nullable=False),
        sa.Column("failed_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_account_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "run_chunk",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("request_ids", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("leased_until", sa.Float(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(length=60), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_run_chunk_state")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["matching_run.id"], name=op.f("fk_run_chunk_run_id_matching_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_chunk")),
        sa.UniqueConstraint("run_id", "ordinal", name=op.f("uq_run_chunk_run_id_ordinal")),
    )
    with op.batch_alter_table("run_chunk", schema=None) as batch_op:
        batch_op.create_index("ix_run_chunk_claim", ["state", "leased_until"], unique=False)

    op.create_table(
        "source_list",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("predecessor_id", sa.String(length=32), nullable=True),
        sa.Column("list_date", sa.Date(), nullable=True),
        sa.Column("record_count", sa.Integer(), nullable=False),
        sa.Column("problem_count", sa.Integer(), nullable=False),
        sa.Column("imported_by", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_file", sa.LargeBinary(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('preview', 'published', 'superseded', 'taken_back', 'discarded')",
            name=op.f("ck_source_list_state"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_source_list_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["source_list.id"], name=op.f("fk_source_list_predecessor_id_source_list")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_list")),
    )
    with op.batch_alter_table("source_list", schema=None) as batch_op:
        batch_op.create_index(
            "ix_source_list_organisation_file", ["organisation_id", "file_hash"], unique=False
        )
        batch_op.create_index("ix_source_list_organisation_state", ["organisation_id", "state"], unique=False)

    op.create_table(
        "tracing_request",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("public_status", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("matching_allowed", sa.Boolean(), nullable=False),
        sa.Column("sought_count", sa.Integer(), nullable=False),
        sa.Column("filed_by", sa.String(length=32), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "channel IN ('web', 'api', 'ngo', 'phone', 'letter', 'file')",
            name=op.f("ck_tracing_request_channel"),
        ),
        sa.CheckConstraint(
            "public_status IN ('received', 'in_progress', 'contact_us', 'closed')",
            name=op.f("ck_tracing_request_public_status"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'closed', 'withdrawn', 'expired')", name=op.f("ck_tracing_request_state")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_tracing_request_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracing_request")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_tracing_request_code_hash")),
    )
    with op.batch_alter_table("tracing_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tracing_request_expires_on"), ["expires_on"], unique=False)
        batch_op.create_index(
            "ix_tracing_request_organisation_state", ["organisation_id", "state"], unique=False
        )

    op.create_table(
        "account_role",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("granted_by", sa.String(length=32), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_role_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_role")),
        sa.UniqueConstraint("account_id", "role", name=op.f("uq_account_role_account_id_role")),
    )
    with op.batch_alter_table("account_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_role_account_id"), ["account_id"], unique=False)

    op.create_table(
        "api_key",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("label", sa.String(length=120), nullable=False),
        sa.Column("prefix", sa.String(length=16), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.String(length=32), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_key_account_id_account")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_api_key_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_key")),
        sa.UniqueConstraint("prefix", name=op.f("uq_api_key_prefix")),
    )
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_api_key_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "detainee_record",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("list_id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint(
            "status IN ('new', 'unchanged', 'changed')", name=op.f("ck_detainee_record_status")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["source_list.id"], name=op.f("fk_detainee_record_list_id_source_list")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_detainee_record_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detainee_record")),
        sa.UniqueConstraint("list_id", "record_id", name=op.f("uq_detainee_record_list_id_record_id")),
    )
    with op.batch_alter_table("detainee_record", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_detainee_record_record_id"), ["record_id"], unique=False)

    op.create_table(
        "family_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("family_id", sa.String(length=80), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_family_link_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["tracing_request.id"], name=op.f("fk_family_link_request_id_tracing_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_family_link")),
        sa.UniqueConstraint("request_id", "family_id", name=op.f("uq_family_link_request_id_family_id")),
    )
    op.create_table(
        "session_row",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("csrf", sa.String(length=64), nullable=False),
        sa.Column("second_factor", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_session_row_account_id_account")
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_session_row")),
    )
    with op.batch_alter_table("session_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_row_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_session_row_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "candidate_link",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("organisation_id", sa.String(length=32), nullable=False),
        sa.Column("record_organisation_id", sa.String(length=32), nullable=False),
        sa.Column("request_id", sa.String(length=32), nullable=False),
        sa.Column("person_id", sa.String(length=64), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=30), nullable=False),
        sa.Column("contested", sa.Boolean(), nullable=False),
        sa.Column("new_data", sa.Boolean(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.Column("probability", sa.Float(), nullable=False),
        sa.Column("band", sa.String(length=20), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("family_id", sa.String(length=80), nullable=False),
        sa.Column("policy", sa.String(length=40), nullable=False),
        sa.Column("claimed_by", sa.String(length=32), nullable=True),
        sa.Column("recommended_by", sa.String(length=32), nullable=True),
        sa.Column("first_run", sa.String(length=32), nullable=False),
        sa.Column("last_run", sa.String(length=32), nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "band IN ('show', 'needs_facts', 'do_not_show')", name=op.f("ck_candidate_link_band")
        ),
        sa.CheckConstraint(
            "relation IN ('same_person', 'in_household_of')", name=op.f("ck_candidate_link_relation")
        ),
        sa.CheckConstraint(
            "state IN ('suggested', 'under_review', 'needs_information', 'rejected', 'plausible', 'verified_by_evidence', 'confirmed', 'best_interests_cleared', 'consent_to_contact', 'in_contact', 'reunification_planned', 'reunified', 'follow_up', 'closed')",
            name=op.f("ck_candidate_link_state"),
        ),
        sa.ForeignKeyConstraint(
            ["claimed_by"], ["account.id"], name=op.f("fk_candidate_link_claimed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_candidate_link_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recommended_by"], ["account.id"], name=op.f("fk_candidate_link_recommended_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["detainee_record.id"], name=op.f("fk_candidate_link_record_id_detainee_record")
        ),
        sa.ForeignKeyConstraint(
            ["record_organisation_id"],
            ["organisation.id"],
            name=op.f("fk_candidate_link_record_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["request_id"], ["tracing_request.id"], name=op.f("fk_candidate_link_request_id_tracing_request")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidate_link")),
        sa.UniqueConstraint(
            "request_id",
            "person_id",
            "record_id",
            name=op.f("uq_candidate_link_request_id_person_id_record_id"),
        ),
    )
    with op.batch_alter_table("candidate_link", schema=None) as batch_op:
        batch_op.create_index("ix_candidate_link_queue", ["organisation_id", "state", "weight"], unique=False)
        batch_op.create_index(batch_op.f("ix_candidate_link_record_id"), ["record_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_candidate_link_record_organisation_id"), ["record_organisation_id"], unique=False
        )

    op.create_table(
        "judgement",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("link_id", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.String(length=32), nullable=False),
        sa.Column("move", sa.String(length=30), nullable=False),
        sa.Column("before", sa.String(length=30), nullable=False),
        sa.Column("after", sa.String(length=30), nullable=False),
        sa.Column("reason_code", sa.String(length=60), nullable=False),
        sa.Column("evidence_type", sa.String(length=40), nullable=True),
        sa.Column("sealed_reason", sa.LargeBinary(), nullable=True),
        sa.Column("weight", sa.Float(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "after IN ('suggested', 'under_review', 'needs_information', 'rejected', 'plausible', 'verified_by_evidence', 'confirmed', 'best_interests_cleared', 'consent_to_contact', 'in_contact', 'reunification_planned', 'reunified', 'follow_up', 'closed')",
            name=op.f("ck_judgement_after"),
        ),
        sa.CheckConstraint(
            "before IN ('suggested', 'under_review', 'needs_information', 'rejected', 'plausible', 'verified_by_evidence', 'confirmed', 'best_interests_cleared', 'consent_to_contact', 'in_contact', 'reunification_planned', 'reunified', 'follow_up', 'closed')",
            name=op.f("ck_judgement_before"),
        ),
        sa.CheckConstraint(
            "move IN ('claim', 'release', 'ask', 'reject', 'recommend', 'verify', 'confirm', 'disagree', 'clear_best_interests', 'consent', 'contact', 'plan', 'reunify', 'follow', 'close', 'reopen')",
            name=op.f("ck_judgement_move"),
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["account.id"], name=op.f("fk_judgement_actor_id_account")),
        sa.ForeignKeyConstraint(
            ["link_id"], ["candidate_link.id"], name=op.f("fk_judgement_link_id_candidate_link")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
        sa.UniqueConstraint("link_id", "ordinal", name=op.f("uq_judgement_link_id_ordinal")),
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgement_actor_id"), ["actor_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgement_actor_id"))

    op.drop_table("judgement")
    with op.batch_alter_table("candidate_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_candidate_link_record_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_candidate_link_record_id"))
        batch_op.drop_index("ix_candidate_link_queue")

    op.drop_table("candidate_link")
    with op.batch_alter_table("session_row", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_row_expires_at"))
        batch_op.drop_index(batch_op.f("ix_session_row_account_id"))

    op.drop_table("session_row")
    op.drop_table("family_link")
    with op.batch_alter_table("detainee_record", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_detainee_record_record_id"))

    op.drop_table("detainee_record")
    with op.batch_alter_table("api_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_api_key_organisation_id"))

    op.drop_table("api_key")
    with op.batch_alter_table("account_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_role_account_id"))

    op.drop_table("account_role")
    with op.batch_alter_table("tracing_request", schema=None) as batch_op:
        batch_op.drop_index("ix_tracing_request_organisation_state")
        batch_op.drop_index(batch_op.f("ix_tracing_request_expires_on"))

    op.drop_table("tracing_request")
    with op.batch_alter_table("source_list", schema=None) as batch_op:
        batch_op.drop_index("ix_source_list_organisation_state")
        batch_op.drop_index("ix_source_list_organisation_file")

    op.drop_table("source_list")
    with op.batch_alter_table("run_chunk", schema=None) as batch_op:
        batch_op.drop_index("ix_run_chunk_claim")

    op.drop_table("run_chunk")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_organisation_id"))

    op.drop_table("account")
    op.drop_table("rate_window")
    op.drop_table("organisation")
    with op.batch_alter_table("matching_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_matching_run_state"))

    op.drop_table("matching_run")
    op.drop_table("key_check")
    with op.batch_alter_table("idempotency_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_idempotency_key_expires_at"))

    op.drop_table("idempotency_key")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_organisation")
        batch_op.drop_index("ix_audit_event_object")
        batch_op.drop_index(batch_op.f("ix_audit_event_actor_id"))

    op.drop_table("audit_event")
