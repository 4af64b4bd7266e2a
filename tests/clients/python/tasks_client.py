#!/usr/bin/python3
"""A gRPC client of Portico's Backstage service, with generated stubs.

    tests/clients/python/run.sh 127.0.0.1:50051

Lists tasks, starts one, follows its events to the end, and shows what an error
looks like. Ends with status 0 only if all of it went as Backstage's scaffolder
does it.
"""

import argparse
import json
import sys

import grpc
from google.protobuf import json_format
from google.rpc import error_details_pb2, status_pb2

from backstage.scaffolder.v1 import tasks_pb2, tasks_pb2_grpc


def error_info(error):
    """The google.rpc.ErrorInfo that a failed call carries; an error without one is a surprise."""
    metadata = {entry.key: entry.value for entry in error.trailing_metadata() or ()}
    status = status_pb2.Status.FromString(metadata["grpc-status-details-bin"])
    expect("the status and its details agree", status.code == error.code().value[0])
    info = error_details_pb2.ErrorInfo()
    for detail in status.details:
        if detail.Unpack(info):
            return info
    raise AssertionError(f"no ErrorInfo among {len(status.details)} details")


def expect(claim, holds):
    if not holds:
        raise AssertionError(f"not so: {claim}")


def list_tasks(service, timeout):
    page = service.ListTasks(tasks_pb2.ListTasksRequest(limit=3), timeout=timeout)
    print(f"{page.total_tasks} tasks, the newest {len(page.tasks)}:")
    for task in page.tasks:
        print(f"  {task.id}  {task.status:<10}  {task.spec.template_info.entity_ref}")
    expect("a page holds at most as many tasks as asked for", len(page.tasks) <= 3)
    return page.total_tasks


def create_task(service, template, values, timeout):
    request = tasks_pb2.CreateTaskRequest(template_ref=template)
    request.values.update(values)  # any JSON object
    task_id = service.CreateTask(request, timeout=timeout).id
    print(f"created {task_id}")
    expect("a new task has an id", task_id)
    return task_id


def follow(service, task_id, timeout):
    """Prints the task's events; returns the last one, which is the completion."""
    last = None
    request = tasks_pb2.GetTaskEventStreamRequest(task_id=task_id)
    for event in service.GetTaskEventStream(request, timeout=timeout):
        last = event.task_event
        print(f"  {last.created_at}  {event.event:<10}  {last.body.message!r}")
        expect("data is the upstream's own text", json.loads(event.data)["id"] == last.id)
        expect("the event is about our task", last.task_id == task_id)
    expect("the stream ends after the completion", last is not None and last.type == "completion")
    return last


def show_error(service, timeout):
    try:
        service.GetTask(tasks_pb2.GetTaskRequest(task_id="no-such-task"), timeout=timeout)
    except grpc.RpcError as error:
        info = error_info(error)
        print(f"an error: {error.code().name}: {error.details()}")
        print(f"  {info.domain}/{info.reason} {dict(info.metadata)}")
        expect("an unknown task is NOT_FOUND", error.code() == grpc.StatusCode.NOT_FOUND)
        expect("the error is Portico's", info.domain == "portico")
        expect("it names the upstream's status", info.metadata["http_status"] == "404")
    else:
        raise AssertionError("a task that does not exist was found")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", help="e.g. 127.0.0.1:50051")
    parser.add_argument("--template", default="template:default/quick")
    parser.add_argument("--values", type=json.loads, default={"name": "alpha", "seconds": 1})
    parser.add_argument("--timeout", type=float, default=60.0, help="seconds for each call")
    arguments = parser.parse_args()

    with grpc.insecure_channel(arguments.address) as channel:
        service = tasks_pb2_grpc.TasksServiceStub(channel)
        before = list_tasks(service, arguments.timeout)
        task_id = create_task(service, arguments.template, arguments.values, arguments.timeout)
        completion = follow(service, task_id, arguments.timeout)
        task = service.GetTask(
            tasks_pb2.GetTaskRequest(task_id=task_id), timeout=arguments.timeout
        )
        print(f"{task.status}: {json_format.MessageToDict(completion.body.output)}")
        expect("the task has completed", task.status == "completed")
        expect("the list has grown", list_tasks(service, arguments.timeout) > before)
        show_error(service, arguments.timeout)


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, KeyError, grpc.RpcError) as surprise:
        sys.exit(f"tasks_client: {surprise!r}")
