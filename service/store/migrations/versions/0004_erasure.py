"""When a request ended, and what of it is erased

Revision: 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tracing_request", sa.Column("ended_on", sa.Date(), nullable=True))
    op.add_column("tracing_request", sa.Column("erased_on", sa.Date(), nullable=True))
    op.add_column(
        "candidate_link", sa.Column("erased", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    # what ended before this day was counted gets the whole time from now on
    op.execute("UPDATE tracing_request SET ended_on = CURRENT_DATE WHERE state IN ('withdrawn', 'expired')")


def downgrade() -> None:
    op.drop_column("candidate_link", "erased")
    op.drop_column("tracing_request", "erased_on")
    op.drop_column("tracing_request", "ended_on")
