"""The commands of the real binary that read files, and what they say."""

import json
import subprocess

PORTICO = "server/portico"
SECONDS = 30  # far beyond what any file may take


def run(*words, seconds=SECONDS):
    """Ends in TimeoutExpired where Portico hangs."""
    return subprocess.run([PORTICO, *words], capture_output=True, timeout=seconds)


def check(*words):
    """The exit code of `portico check`, and its findings without the notes."""
    checked = run("check", "--format", "json", *words)
    if checked.returncode not in (0, 1):
        raise AssertionError(f"check ended with {checked.returncode}: {checked.stderr!r}")
    findings = json.loads(checked.stdout)
    return checked.returncode, [one for one in findings if one["severity"] != "note"]
