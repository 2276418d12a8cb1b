"""What every Homeward process does before it opens people's data."""

import os
import resource
import signal
from threading import Event
from types import FrameType

from service import logs
from service.config import Settings

_NICER = 10


def prepare(settings: Settings, quiet: bool = False) -> None:
    """No memory dumps with people in them, files for the owner only, logs without people; `quiet` logs no
    more than warnings.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)
    logs.set_up("warning" if quiet and settings.log_level in ("debug", "info") else settings.log_level)


def stand_back() -> None:
    """Whoever waits before a screen comes first: a process that computes in the background takes the
    processors that are left, and about a tenth of those that are wanted.
    """
    os.nice(_NICER)


def stop_on_signal() -> Event:
    """An event that SIGTERM or SIGINT sets; the work at hand is finished first."""
    stop = Event()

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        logs.get_logger().info("stopping", signal=signal.Signals(number).name)
        stop.set()

    signal.signal(signal.SIGTERM, note)
    signal.signal(signal.SIGINT, note)
    return stop
