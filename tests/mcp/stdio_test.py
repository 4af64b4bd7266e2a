"""`portico mcp --stdio` as a process: what is on its output, and how it ends."""

import json
import subprocess
import time
import unittest

from tests.mcp.portico import STDIO
from tools import case_report

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
CALL = {"jsonrpc": "2.0", "id": 2, "method": "tools/call",
        "params": {"name": "list-tasks", "arguments": {}}}


def lines(*messages):
    return "".join(json.dumps(message) + "\n" for message in messages)


class Stdio(unittest.TestCase):
    def start(self, *flags):
        return subprocess.Popen([*STDIO, *flags], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def test_nothing_but_messages_is_on_the_output(self):
        run = subprocess.run([*STDIO, "--log-format", "json"], input=lines(LIST, CALL, "nonsense"),
                             capture_output=True, text=True, timeout=60)
        self.assertEqual(run.returncode, 0, run.stderr)
        replies = [json.loads(line) for line in run.stdout.splitlines()]
        self.assertEqual({reply["id"] for reply in replies}, {1, 2, None})

    def test_the_end_of_input_ends_it_within_100_ms(self):
        taken = []
        for _ in range(5):
            process = self.start()
            process.stdin.write(lines(LIST))
            process.stdin.flush()
            process.stdout.readline()
            begin = time.monotonic()
            process.stdin.close()
            self.assertEqual(process.wait(30), 0)
            taken.append(time.monotonic() - begin)
            process.stdout.close()
            process.stderr.close()
        self.assertLess(min(taken), 0.1, taken)

    def test_what_is_wrong_with_the_flags_is_said_elsewhere(self):
        run = subprocess.run([*STDIO, "--no-such-flag"], input="", capture_output=True, text=True)
        self.assertEqual((run.returncode, run.stdout), (2, ""))
        self.assertIn("--no-such-flag", run.stderr)


if __name__ == "__main__":
    case_report.main()
