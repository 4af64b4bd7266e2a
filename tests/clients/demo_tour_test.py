"""A newcomer's first hour, with grpcurl: every RPC of the demo, by reflection alone.

Starts the real binary as `./dev serve` does and calls each of the 17 operations
without any .proto file. `buf curl` stands in where grpcurl is not installed.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest

from tests.fakes.served_portico import ServedPortico
from tools import case_report

BACKSTAGE = "backstage.scaffolder.v1.TasksService"
RENDER = "render.workflows.v1.WorkflowTasksService"
NORTHFLANK = "northflank.jobs.v1.JobsService"


def find_client():
    for name in ("grpcurl", "buf"):
        path = shutil.which(name) or shutil.which(name, path=os.environ.get("PORTICO_TOOLS", ""))
        if path:
            return path
    return None


def camel(value):
    """`value` with its keys in lowerCamelCase: clients print field names either way."""
    if isinstance(value, list):
        return [camel(item) for item in value]
    if isinstance(value, dict):
        return {re.sub("_([a-z])", lambda m: m.group(1).upper(), key): camel(item)
                for key, item in value.items()}
    return value


class DemoTour(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = find_client()
        if cls.client is None:
            raise unittest.SkipTest("neither grpcurl nor buf is installed")
        cls.server = ServedPortico("--demo", doors=["grpc"])
        cls.address = cls.server.addresses["grpc"]

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def command(self, method, request, seconds=30):
        body = json.dumps(request)
        if self.client.endswith("grpcurl"):
            return [self.client, "-plaintext", "-max-time", str(seconds), "-d", body, self.address,
                    method]
        return [self.client, "curl", "--protocol", "grpc", "--http2-prior-knowledge", "-d", body,
                f"http://{self.address}/{method}"]

    def call(self, method, request=None):
        """The answer of a unary RPC, as the client prints it."""
        run = subprocess.run(self.command(method, request or {}), capture_output=True, text=True)
        self.assertEqual(run.returncode, 0, f"{method}: {run.stderr}")
        return camel(json.loads(run.stdout))

    def follow(self, method, request, until):
        """[(seconds since the call, event)] of a stream, up to the event that `until` finds."""
        started, events, text = time.monotonic(), [], ""
        run = subprocess.Popen(self.command(method, request), stdout=subprocess.PIPE, text=True)
        for line in run.stdout:
            text += line
            try:
                event = camel(json.loads(text))
            except ValueError:
                continue  # an event is printed over several lines
            text = ""
            events.append((time.monotonic() - started, event))
            if until(event):
                break
        run.kill()
        run.wait()
        run.stdout.close()
        self.assertTrue(events and until(events[-1][1]), f"{method} ended early: {events}")
        return events

    def test_backstage(self):
        task = self.call(f"{BACKSTAGE}/CreateTask",
                         {"templateRef": "template:default/quick",
                          "values": {"name": "alpha", "seconds": 2}})["id"]
        events = self.follow(f"{BACKSTAGE}/GetTaskEventStream", {"taskId": task},
                             lambda event: event.get("event") == "completion")
        self.assertEqual(events[0][1]["taskEvent"]["body"]["message"],
                         "Starting up task with 3 steps")
        self.assertGreater(events[-1][0] - events[0][0], 0.9, "events come as they happen")
        self.assertEqual(self.call(f"{BACKSTAGE}/GetTask", {"taskId": task})["status"], "completed")
        listed = self.call(f"{BACKSTAGE}/ListTasks", {"limit": 1})
        self.assertEqual(listed["tasks"][0]["id"], task)
        logs = self.call(f"{BACKSTAGE}/GetTaskLogs", {"taskId": task})["entries"]
        self.assertEqual(len(logs), len(events))
        slow = self.call(f"{BACKSTAGE}/CreateTask",
                         {"templateRef": "template:default/slow", "values": {}})["id"]
        self.assertEqual(self.call(f"{BACKSTAGE}/CancelTask", {"taskId": slow})["status"],
                         "cancelled")

    def test_backstage_dry_run(self):
        template = {
            "apiVersion": "scaffolder.backstage.io/v1beta3", "kind": "Template",
            "metadata": {"name": "t"},
            "spec": {"owner": "guests", "type": "service", "parameters": [],
                     "steps": [{"id": "a", "name": "A", "action": "debug:log",
                                "input": {"message": "hi"}}]},
        }
        answer = self.call(f"{BACKSTAGE}/DryRunTask",
                           {"template": template, "values": {},
                            "directoryContents": [{"path": "a.txt", "base64Content": "YQ=="}]})
        self.assertTrue(answer["log"])

    def test_render(self):
        task = self.call(f"{RENDER}/ListTasks")["tasks"][0]["task"]
        self.assertEqual(self.call(f"{RENDER}/GetTask", {"taskId": task["id"]})["id"], task["id"])
        slug = task["workflowId"].replace("wfl-", "", 1) + "/" + task["name"]
        run = self.call(f"{RENDER}/RunTask", {"task": slug, "input": [1, 2]})["id"]
        events = self.follow(f"{RENDER}/StreamTaskRunEvents", {"taskRunIds": [run]},
                             lambda event: event.get("event") == "task.completed")
        self.assertEqual(events[-1][1]["taskRun"]["id"], run)
        self.assertEqual(self.call(f"{RENDER}/GetTaskRun", {"taskRunId": run})["id"], run)
        self.assertEqual(
            self.call(f"{RENDER}/ListTaskRuns", {"limit": 1})["taskRuns"][0]["taskRun"]["id"], run)
        other = self.call(f"{RENDER}/RunTask", {"task": slug, "input": {"a": 1}})["id"]
        self.assertEqual(self.call(f"{RENDER}/CancelTaskRun", {"taskRunId": other}), {})

    def test_northflank(self):
        project = {"projectId": "demo-project"}
        jobs = self.call(f"{NORTHFLANK}/ListJobs", project)["data"]["jobs"]
        self.assertTrue(jobs)
        created = self.call(f"{NORTHFLANK}/CreateJob",
                            {**project, "name": "Tour", "billing": {"deploymentPlan": "nf-compute-10"}})
        job = created["data"]["id"]
        run = self.call(f"{NORTHFLANK}/RunJob", {**project, "jobId": job})
        self.assertTrue(run["data"]["runName"])

    def test_an_error_has_its_details(self):
        run = subprocess.run(self.command(f"{BACKSTAGE}/GetTask", {"taskId": "nope"}),
                             capture_output=True, text=True)
        self.assertNotEqual(run.returncode, 0)
        self.assertIn("No task with id 'nope' found", run.stderr + run.stdout)

    def test_the_python_client_runs_as_the_readme_says(self):
        run = subprocess.run(["tests/clients/python/run.sh", self.address], capture_output=True,
                             text=True, env={**os.environ, "TMPDIR": tempfile.gettempdir()})
        self.assertEqual(run.returncode, 0, run.stdout + run.stderr)


if __name__ == "__main__":
    case_report.main()
