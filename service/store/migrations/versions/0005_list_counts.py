"""How common names are on the lists; whether a family, or what evidence speaks of, is as it was

Revision: 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

from service.store.columns import UtcDateTime

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "list_counts",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("lists", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("matcher", sa.String(length=40), nullable=False),
        sa.Column("counted_at", UtcDateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column(
        "candidate_link", sa.Column("told", sa.String(length=64), server_default="", nullable=False)
    )
    op.add_column("family_link", sa.Column("facts", sa.String(length=64), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("family_link", "facts")
    op.drop_column("candidate_link", "told")
    op.drop_table("list_counts")
