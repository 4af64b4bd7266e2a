"""Servers whose instructions callgrind counts: user space only, on any machine the same
to about 1 %."""

import os
import re
import subprocess
from typing import Callable

from measure.process import Process


class CountedProcess(Process):
    """Runs near its own speed until `count`; `folder` takes callgrind's files."""

    def __init__(self, *command: str, folder: str, env: dict[str, str] | None = None):
        os.makedirs(folder, exist_ok=True)
        self.profile = os.path.join(folder, "profile")
        self.dumps = 0
        super().__init__("valgrind", "--tool=callgrind", "--instr-atstart=no",
                         f"--callgrind-out-file={self.profile}", *command, env=env)

    def count(self, run: Callable[[], None]) -> int:
        """Instructions of all threads while `run` runs."""
        if self.dumps == 0:
            self.control("--instr=on")  # and never off, which would spoil the next count
        self.dump()
        run()
        return self.dump()

    def dump(self) -> int:
        """Instructions since the last one."""
        self.control("--dump")
        self.dumps += 1
        with open(f"{self.profile}.{self.dumps}", encoding="utf-8") as text:
            return int(re.search(r"^(?:summary|totals): (\d+)", text.read(), re.MULTILINE).group(1))

    def control(self, what: str) -> None:
        subprocess.run(["callgrind_control", what, str(self.process.pid)], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
