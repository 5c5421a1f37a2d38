"""Stands for the library in a worker: some contents hang, kill or bloat the process."""

import os
import re
import signal
import time
from pathlib import Path

from cleaners import Cleaner
from flows.cleaning.work import Part, clean_page
from flows.reading.raw import RawPage

KEPT: list[bytes] = []


def hostile(cleaner: Cleaner, page: RawPage) -> Part:
    match page.content:
        case "hang":
            re.match(r"(a+)+$", "a" * 60 + "b")  # inside C, where no Python signal handler gets its turn
        case "sleep":
            time.sleep(60)
        case "work":
            begun = time.process_time()
            while time.process_time() < begun + 0.5:
                pass
        case "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "grow":
            held = []
            while True:
                held.append(b"x" * 1_000_000)  # bytes(1_000_000) would not be in memory yet
                time.sleep(0.0005)
        case "huge":
            bytearray(50_000_000_000)
        case "keep":
            KEPT.append(b"x" * 150_000_000)
        case _ if page.url and not Path(page.url).exists():  # once
            Path(page.url).touch()
            os._exit(7)
    return clean_page(cleaner, page)
