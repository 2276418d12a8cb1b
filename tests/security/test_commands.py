"""Accounts and keys from the command line, as an operator types it."""

import json
import stat

from tests.support.processes import Installation, InstallationFactory

PASSWORD = "an invented long sentence\n"


def test_accounts_from_the_command_line(installation: Installation) -> None:
    """Add, list, change roles, new password, disable; errors are one sentence and exit code 1."""
    add = ("user", "add", "rosa", "--organisation", "Example Relief", "--password-stdin", "--role")
    assert installation.command(*add, "reviewer", stdin=PASSWORD).returncode == 0
    again = installation.command(*add, "reviewer", stdin=PASSWORD)
    assert again.returncode == 1
    assert again.stderr.strip() == "There is an account of this name already."
    assert installation.command(*add, "emperor", stdin=PASSWORD).returncode == 2
    weak = installation.command("user", "password", "rosa", "--password-stdin", stdin="short\n")
    assert weak.returncode == 1
    assert installation.command("user", "role", "rosa", "--role", "intake").returncode == 0
    assert installation.command("user", "disable", "rosa").returncode == 0
    shown = json.loads(installation.command("user", "list", "--json").stdout)
    assert shown == [
        {
            "login": "rosa",
            "organisation": "Example Relief",
            "roles": ["intake"],
            "disabled": True,
            "second_factor": False,
        }
    ]


def test_keys_from_the_command_line(make_installation: InstallationFactory) -> None:
    """A machine key is shown once; a key file is private and never replaced."""
    installation = make_installation()
    refused = installation.command("key", "create")
    assert refused.returncode == 1
    assert "not replaced" in refused.stderr
    fresh = installation.directory / "other" / "keys.json"
    assert installation.command("key", "create", "--path", str(fresh)).returncode == 0
    assert stat.S_IMODE(fresh.stat().st_mode) == 0o600
    installation.command(
        "user", "add", "boss", "--role", "administrator", "--organisation", "Example Relief",
        "--password-stdin", stdin=PASSWORD,
    )  # fmt: skip
    order = ("key", "api", "--organisation", "Example Relief", "--label", "script", "--scope")
    made = installation.command(*order, "names:compare")
    assert made.stdout.startswith("hw_")
    assert installation.command(*order, "link:judge").returncode == 1
    prefix = made.stdout.split("_")[1]
    assert installation.command("key", "revoke", prefix).returncode == 0
