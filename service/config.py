# ruff: noqa: N818 - "SettingsRefused" says what happened
"""Settings: read once from the environment (HOMEWARD_...), frozen, and refused when unsafe."""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from matching.policy_file import PolicyError, read
from matching.weights import POLICY, Policy
from service.errors import HomewardError
from service.languages import KNOWN, USUAL
from service.notices.mail import is_address
from service.notices.reach import LOOPBACK
from service.notices.webhook import acceptable

SECRET_LEAST = 32


class SettingsRefused(HomewardError):
    """The service does not start with these settings; the sentence says which one to change."""

    status = 500


class Settings(BaseSettings):
    """Everything an operator can set. Each variable is described in docs/operating.md."""

    model_config = SettingsConfigDict(env_prefix="HOMEWARD_", frozen=True, extra="ignore")

    environment: Literal["production", "development"] = Field(
        "production",
        description="`development` allows plain http cookies and shows the API description.",
    )
    data_dir: Path = Field(
        Path("/var/lib/homeward"), description="Directory of the SQLite file; created with mode 0700."
    )
    database_url: str = Field(
        "",
        description="postgresql+psycopg://... or sqlite:///...; empty: homeward.db in the data directory.",
    )
    key_file: Path | None = Field(
        None,
        description="Key file, mode 0600, best on another volume than the data; "
        "default: keys.json in ~/.config/homeward.",
    )
    public_host: str = Field(
        "", description="Host name of the public pages; empty: one host serves both surfaces."
    )
    public_contact: str = Field(
        "", description="How relatives reach the organisation; shown on the public pages."
    )
    staff_host: str = Field("", description="Host name of the staff pages and the API.")
    languages: str = Field(
        ",".join(USUAL),
        description="Languages of the public pages, the first ones offered first. Known: "
        + ", ".join(KNOWN)
        + ". Those that are not on by default wait for a native reader.",
    )
    secure_cookies: bool = Field(True, description="Cookies only over https; refused off in production.")
    second_factor: Literal["required", "optional"] = Field(
        "required", description="Whether every staff account needs a second factor to work."
    )
    behind_proxy: bool = Field(
        False, description="Trust X-Forwarded-For and -Proto of the proxy on the same machine."
    )
    expiry_months: Annotated[int, Field(ge=1, le=24)] = Field(
        24, description="After how many months a request expires unless a human extends it."
    )
    erase_days: Annotated[int, Field(ge=1, le=90)] = Field(
        30, description="How many days after its end what was told in a request is erased."
    )
    body_limit_kib: Annotated[int, Field(ge=16, le=1024)] = Field(
        64, description="Largest body of an ordinary request, in KiB."
    )
    upload_limit_mib: Annotated[int, Field(ge=1, le=100)] = Field(
        20, description="Largest list file, in MiB."
    )
    busy_seconds: Annotated[int, Field(ge=1, le=120)] = Field(
        30, description="How long a write waits for another one before it answers 503."
    )
    lease_seconds: Annotated[int, Field(ge=2, le=600)] = Field(
        30, description="How long a worker may be silent before another one takes over its chunk."
    )
    chunk_requests: Annotated[int, Field(ge=1, le=200)] = Field(
        10, description="How many requests are matched in one step of a run."
    )
    links_per_person: Annotated[int, Field(ge=1, le=50)] = Field(
        10, description="How many candidate links are kept for each sought person."
    )
    recount_rows: Annotated[int, Field(ge=0, le=100_000_000)] = Field(
        20_000,
        description="On lists of fewer rows, names are counted anew whenever a list changes; on longer ones "
        "when they have a tenth more or fewer rows than when counted last.",
    )
    reading_budget: Annotated[int, Field(ge=20, le=5000)] = Field(
        200, description="How many different people one account may find by searching in a day."
    )
    policy_file: Path | None = Field(
        None,
        description="Scoring policy that `homeward weights estimate` wrote; default: the program's table.",
    )
    idle_minutes: Annotated[int, Field(ge=5, le=120)] = Field(
        30, description="A sign-in ends after this time without use."
    )
    session_hours: Annotated[int, Field(ge=1, le=24)] = Field(
        12, description="A sign-in ends after this time in any case."
    )
    webhook_url: str = Field(
        "", description="Where a program hears what happened; https, or http on this machine. Empty: nowhere."
    )
    webhook_secret_file: Path | None = Field(
        None, description="File with the secret that signs webhook events, at least 32 characters."
    )
    webhook_private: bool = Field(
        False, description="Whether the webhook may be a machine of a private network."
    )
    smtp_host: str = Field("", description="Mail server for notices to staff; empty: no mail is sent.")
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = Field(587, description="Port of the mail server.")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How mail travels; `none` only to a mail server on this machine."
    )
    smtp_user: str = Field("", description="Name at the mail server; empty: no log-in there.")
    smtp_password_file: Path | None = Field(None, description="File with the password at the mail server.")
    mail_from: str = Field("", description="Sender of the mails, a plain address.")
    mail_hours: Annotated[int, Field(ge=1, le=168)] = Field(
        24, description="How many hours lie between two mails to one person, at least."
    )
    rate_limits: bool = Field(True, description="Limit log-ins and submissions; refused off in production.")
    postgres_unsafe_for_tests: bool = Field(
        False, description="Accept a PostgreSQL with fsync off. For tests only; refused in production."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level logged.")

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.environment == "production":
            for name, unsafe in (
                ("secure_cookies", not self.secure_cookies),
                ("rate_limits", not self.rate_limits),
                ("postgres_unsafe_for_tests", self.postgres_unsafe_for_tests),
                ("log_level", self.log_level == "debug"),
            ):
                if unsafe:
                    raise ValueError(f"HOMEWARD_{name.upper()} is unsafe in production")
        if bool(self.public_host) and self.public_host == self.staff_host:
            raise ValueError("HOMEWARD_PUBLIC_HOST and HOMEWARD_STAFF_HOST must be two names, or both empty")
        self._check_notices()
        if not self.offered_languages or set(self.offered_languages) - set(KNOWN):
            raise ValueError(f"HOMEWARD_LANGUAGES must name some of {', '.join(KNOWN)}, with commas between")
        try:
            name = make_url(self.url).drivername
        except ArgumentError:
            raise ValueError("HOMEWARD_DATABASE_URL is not a database address") from None
        if name not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg", "postgresql"):
            raise ValueError("HOMEWARD_DATABASE_URL must begin with sqlite:/// or postgresql+psycopg://")
        return self

    def _check_notices(self) -> None:
        """Nothing leaves unsigned or in the clear."""
        if self.webhook_url:
            if not acceptable(self.webhook_url):
                raise ValueError("HOMEWARD_WEBHOOK_URL must begin with https://, or http:// on this machine")
            if not _holds(self.webhook_secret_file, SECRET_LEAST):
                raise ValueError(f"HOMEWARD_WEBHOOK_SECRET_FILE must hold {SECRET_LEAST} characters or more")
        if self.smtp_host:
            if not is_address(self.mail_from):
                raise ValueError("HOMEWARD_MAIL_FROM must be one plain address")
            if self.smtp_security == "none" and self.smtp_host not in LOOPBACK:
                raise ValueError("HOMEWARD_SMTP_SECURITY=none is for a mail server on this machine only")
            if self.smtp_user and not _holds(self.smtp_password_file, 1):
                raise ValueError("HOMEWARD_SMTP_PASSWORD_FILE must hold the password of HOMEWARD_SMTP_USER")

    @cached_property
    def url(self) -> str:
        """The database address in force."""
        return self.database_url or f"sqlite:///{self.data_dir / 'homeward.db'}"

    @cached_property
    def offered_languages(self) -> tuple[str, ...]:
        """The languages of the public pages, in their order."""
        return tuple(dict.fromkeys(tag.strip() for tag in self.languages.split(",") if tag.strip()))

    @cached_property
    def keys_at(self) -> Path:
        """Where the key file is expected."""
        return self.key_file or Path.home() / ".config" / "homeward" / "keys.json"

    @cached_property
    def policy(self) -> Policy:
        """The scoring policy in force. Raises `SettingsRefused` for a file that is none."""
        return policy_of(self.policy_file)


def _holds(path: Path | None, least: int) -> bool:
    """Whether a file is there and holds so many bytes beside the line's end."""
    try:
        return path is not None and len(path.read_bytes().strip()) >= least
    except OSError:
        return False


def policy_of(path: Path | None) -> Policy:
    """The policy of a file, or the program's own. Raises `SettingsRefused` (`policy_refused`)."""
    if path is None:
        return POLICY
    try:
        return read(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        sentence = "The policy file cannot be read; name a file that `homeward weights estimate` wrote."
        raise SettingsRefused("policy_refused", sentence) from None
    except PolicyError as wrong:
        raise SettingsRefused("policy_refused", f"The policy file is refused: {wrong}.") from None


def load_settings() -> Settings:
    """The settings of this process. Raises `SettingsRefused` with a sentence that never echoes a value."""
    try:
        return Settings()
    except ValidationError as refused:
        causes = []
        for error in refused.errors(include_input=False, include_url=False):
            where = ".".join(str(part) for part in error["loc"])
            causes.append(f"HOMEWARD_{where.upper()}: {error['msg']}" if where else error["msg"])
        raise SettingsRefused(
            "settings_refused", "The settings are refused. " + "; ".join(causes) + "."
        ) from None
