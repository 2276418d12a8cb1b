"""The second factor: time-based codes (RFC 6238), each of which counts once."""

import hmac
import time

import pyotp

from service.store.sealed import Place
from service.store.tables import Account
from service.store.work import Work

STEP_SECONDS = 30
DRIFT_STEPS = 1  # a telephone's clock may be half a minute off
ISSUER = "Homeward"


def new_secret() -> str:
    """A fresh secret (base32, 160 bits)."""
    return pyotp.random_base32()


def setup_uri(secret: str, login: str) -> str:
    """What an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def keep(work: Work, account: Account, secret: str) -> None:
    """Seal the secret into the account; earlier codes no longer count."""
    account.totp_sealed = work.sealer.seal_text(_place(account), secret)
    account.totp_last_step = None
    account.version += 1
    work.session.add(account)
    work.session.flush()


def accept(work: Work, account: Account, code: str) -> bool:
    """Whether the code is the account's present one and was not used before. Uses it up."""
    if account.totp_sealed is None:
        return False
    secret = work.sealer.open_text(_place(account), account.totp_sealed)
    step = matching_step(secret, code, account.totp_last_step)
    if step is None:
        return False
    account.totp_last_step = step
    work.session.add(account)
    work.session.flush()
    return True


def matching_step(secret: str, code: str, last_step: int | None = None) -> int | None:
    """The time step that the code belongs to, later than `last_step`; None when it fits none."""
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    present = int(time.time()) // STEP_SECONDS
    generator = pyotp.TOTP(secret)
    for step in range(present - DRIFT_STEPS, present + DRIFT_STEPS + 1):
        expected = generator.generate_otp(step)
        if hmac.compare_digest(expected, digits) and (last_step is None or step > last_step):
            return step
    return None


def _place(account: Account) -> Place:
    return Place("account", "totp_sealed", account.id, account.organisation_id)
