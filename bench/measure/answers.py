"""What the upstream answers."""

import json

# 600 bytes, the shape of Render's answer to GET /task-runs/{taskRunId}.
TASK_RUN = json.dumps(
    {
        "id": "trn-d4f6m2a3p0",
        "taskId": "tsk-d4f6m2a3p0q4",
        "status": "completed",
        "results": [{"rows": 118, "ok": True}],
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
