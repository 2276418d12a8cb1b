"""Settings that would be unsafe are refused."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from service.config import Settings, SettingsRefused, load_settings

UNSAFE = [
    {"secure_cookies": False},
    {"rate_limits": False},
    {"postgres_unsafe_for_tests": True},
    {"log_level": "debug"},
    {"environment": "staging"},
    {"database_url": "mysql://localhost/homeward"},
    {"database_url": "no address"},
    {"public_host": "one.example", "staff_host": "one.example"},
    {"expiry_months": 25},
    {"expiry_months": 0},
    {"idle_minutes": 0},
    {"session_hours": 100},
    {"lease_seconds": 0},
    {"upload_limit_mib": 10_000},
    {"body_limit_kib": 0},
    {"second_factor": "never"},
]


@pytest.mark.parametrize("unsafe", UNSAFE, ids=lambda unsafe: next(iter(unsafe)))
def test_an_unsafe_setting_refuses(unsafe: dict[str, object]) -> None:
    """Production starts with safe settings or not at all."""
    with pytest.raises(ValidationError):
        Settings(**unsafe)  # type: ignore[arg-type]  # checked by pydantic


def test_a_refusal_names_the_variable_and_not_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    """A database address holds a password: the sentence must not repeat it."""
    monkeypatch.setenv("HOMEWARD_DATABASE_URL", "mysql://homeward:password-of-ours@localhost/homeward")
    monkeypatch.setenv("HOMEWARD_EXPIRY_MONTHS", "700")
    with pytest.raises(SettingsRefused) as refused:
        load_settings()
    assert "HOMEWARD_EXPIRY_MONTHS" in refused.value.sentence
    assert "password-of-ours" not in refused.value.sentence


def test_the_defaults_are_safe() -> None:
    """Without any variable: production, secure cookies, second factor, limits, a file of its own."""
    settings = Settings()
    assert settings.environment == "production"
    assert settings.secure_cookies
    assert settings.second_factor == "required"
    assert settings.url.startswith("sqlite:///")
    assert not settings.keys_at.is_relative_to(settings.data_dir)


def test_every_setting_is_described_in_the_operating_guide() -> None:
    """No variable without a line in docs/operating.md."""
    told = (Path(__file__).resolve().parents[2] / "docs" / "operating.md").read_text("utf-8")
    for name, field in Settings.model_fields.items():
        assert field.description
        assert f"HOMEWARD_{name.upper()}" in told, name
