"""Instructions that one REST call costs, counted by callgrind.

The count repeats to about 1 % on any machine, however busy: user space only, the
slope between N and 3N requests, so that start and end cancel out. One run in a few
is off, always upwards: the lower of two is taken.
"""

import os
import re
import subprocess
import tempfile

from measure.answers import HEADERS, TASK_RUN, write_answer
from measure.process import BIN, TOKEN, Process
from measure.report import report
from measure.rest_load import PATH, check_answer, portico_command, send

GOAL = 115_000


def count(command: list[str], door: str, requests: int, folder: str) -> int:
    """Instructions of one whole run that answers so many requests."""
    profile = os.path.join(folder, "profile")
    callgrind = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={profile}"]
    with Process(*callgrind, *command, env=TOKEN) as server:
        url = f"http://{server.addresses[door]}{PATH}"
        check_answer(url, TASK_RUN)
        send(url, requests)
    with open(profile) as text:
        return int(re.search(r"^(?:summary|totals): (\d+)", text.read(), re.MULTILINE).group(1))


def per_request(command: list[str], door: str, requests: int, folder: str) -> float:
    fewer, more = (count(command, door, times * requests, folder) for times in (1, 3))
    return (more - fewer) / (2 * requests)


def bench_rest_instructions(quick: bool) -> None:
    requests, runs = (500, 1) if quick else (1_500, 2)
    print("Instructions of one REST call of 600 bytes, by callgrind")
    with tempfile.TemporaryDirectory() as folder, \
         Process(f"{BIN}/bench/canned_upstream", write_answer(folder, TASK_RUN),
                 *HEADERS) as upstream:
        address = upstream.addresses["http"]
        commands = {
            "bare": ([f"{BIN}/bench/bare_proxy", f"http://{address}"], "http"),
            "portico": (portico_command(address, "--threads", "1"), "rest"),
        }
        lowest = {
            name: min(per_request(command, door, requests, folder) for _ in range(runs))
            for name, (command, door) in commands.items()
        }
    report("bare Beast + libcurl proxy", f"{lowest['bare']:,.0f} instructions a request")
    report("Portico", f"{lowest['portico']:,.0f} instructions a request", f"< {GOAL:,}",
           lowest["portico"] < GOAL)
