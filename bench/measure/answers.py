"""What the upstream answers."""

import json
import os

# 600 bytes, the shape of Render's answer to GET /task-runs/{taskRunId}.
TASK_RUN = json.dumps(
    {
        "id": "trn-d4f6m2a3p0",
        "taskId": "tsk-d4f6m2a3p0q4",
        "status": "completed",
        "results": [{"rows": 118, "ok": True,
                     "report": "https://reports.example.com/2026/05/19/c-1042-customer.html"}],
        "startedAt": "2026-05-19T10:00:00.123Z",
        "completedAt": "2026-05-19T10:00:04.567Z",
        "input": {"customer": "c-1042", "limit": 50},
        "parentTaskRunId": "trn-d4f6m2a3p0q",
        "rootTaskRunId": "trn-d4f6m2a3p0q",
        "retries": 1,
        "attempts": [
            {"status": "failed", "startedAt": "2026-05-19T10:00:00.200Z",
             "completedAt": "2026-05-19T10:00:01.900Z"},
            {"status": "completed", "startedAt": "2026-05-19T10:00:02.000Z",
             "completedAt": "2026-05-19T10:00:04.500Z"},
        ],
    },
    separators=(",", ":"),
)

# 100 KB: a list of them, as GET /task-runs answers.
TASK_RUNS = json.dumps(
    [{"cursor": f"c{i:04}", "taskRun": json.loads(TASK_RUN)} for i in range(159)],
    separators=(",", ":"),
)

# What else the head of an API's answer holds, in number and size as nginx sends it
# with a file.
HEADERS = (
    "Server: nginx/1.22.1",
    "Date: Tue, 19 May 2026 10:00:05 GMT",
    "Last-Modified: Tue, 19 May 2026 10:00:04 GMT",
    "Connection: keep-alive",
    'ETag: "6a0c3b54-258"',
    "Accept-Ranges: bytes",
)


def write_answer(folder: str, body: str) -> str:
    """A file that holds `body`, for canned_upstream."""
    file = os.path.join(folder, f"body-{len(body)}.json")
    with open(file, "w") as out:
        out.write(body)
    return file
