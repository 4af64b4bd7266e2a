// A gRPC client of Portico's Backstage service that loads the .proto files at run
// time: no code is generated.
//
//   npm install && node tasks_client.js 127.0.0.1:50051
//
// Lists tasks, starts one, follows its events to the end, and shows what an error
// looks like. Ends with status 0 only if all of it went as Backstage's scaffolder
// does it. GOOGLEAPIS is the folder that has google/api and google/rpc (Debian:
// golang-github-gogo-googleapis-dev).
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const protoLoader = require('@grpc/proto-loader');

const TEMPLATE = process.env.TEMPLATE || 'template:default/quick';
const TIMEOUT_MS = 60_000;

const definition = protoLoader.loadSync(
  [
    'backstage/scaffolder/v1/tasks.proto',
    'google/rpc/error_details.proto',
    'google/rpc/status.proto',
  ],
  {
    includeDirs: [
      path.join(__dirname, '../../../proto'),
      process.env.GOOGLEAPIS || '/usr/share/gocode/src/github.com/gogo/googleapis',
    ],
    keepCase: true, // field names as in the .proto files
    longs: String, // a JavaScript number cannot hold every int64
    arrays: true, // an empty list, not undefined
  },
);
const { TasksService } = grpc.loadPackageDefinition(definition).backstage.scaffolder.v1;

/** A JSON value as google.protobuf.Value. */
function toValue(json) {
  if (json === null) return { nullValue: 'NULL_VALUE' };
  if (typeof json === 'boolean') return { boolValue: json };
  if (typeof json === 'number') return { numberValue: json };
  if (typeof json === 'string') return { stringValue: json };
  if (Array.isArray(json)) return { listValue: { values: json.map(toValue) } };
  return { structValue: toStruct(json) };
}

/** A JSON object as google.protobuf.Struct. */
function toStruct(object) {
  const fields = Object.entries(object).map(([name, value]) => [name, toValue(value)]);
  return { fields: Object.fromEntries(fields) };
}

/** The google.rpc.ErrorInfo that a failed call carries; an error without one is a surprise. */
function errorInfo(error) {
  const [bytes] = error.metadata.get('grpc-status-details-bin');
  assert(bytes, `no details with ${error.message}`);
  const status = definition['google.rpc.Status'].deserialize(bytes);
  assert.equal(status.code, error.code, 'the status and its details agree');
  const detail = status.details.find((any) => any.type_url.endsWith('/google.rpc.ErrorInfo'));
  assert(detail, `no ErrorInfo with ${error.message}`);
  return definition['google.rpc.ErrorInfo'].deserialize(detail.value);
}

/** Calls a unary RPC. */
function call(client, method, request) {
  const options = { deadline: Date.now() + TIMEOUT_MS };
  return new Promise((resolve, reject) => {
    client[method](request, options, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
}

async function listTasks(client) {
  const page = await call(client, 'ListTasks', { limit: 3 });
  console.log(`${page.total_tasks} tasks, the newest ${page.tasks.length}:`);
  for (const task of page.tasks) {
    console.log(`  ${task.id}  ${task.status}  ${task.spec.template_info.entity_ref}`);
  }
  assert(page.tasks.length <= 3, 'a page holds at most as many tasks as asked for');
  return Number(page.total_tasks);
}

/** Prints the task's events; answers the last one, which is the completion. */
async function follow(client, taskId) {
  let last;
  const options = { deadline: Date.now() + TIMEOUT_MS };
  for await (const event of client.GetTaskEventStream({ task_id: taskId }, options)) {
    last = event.task_event;
    console.log(`  ${last.created_at}  ${event.event}  ${JSON.stringify(last.body.message)}`);
    assert.equal(String(JSON.parse(event.data).id), last.id, "data is the upstream's own text");
    assert.equal(last.task_id, taskId, 'the event is about our task');
  }
  assert.equal(last?.type, 'completion', 'the stream ends after the completion');
  return last;
}

async function showError(client) {
  const error = await call(client, 'GetTask', { task_id: 'no-such-task' }).then(
    () => assert.fail('a task that does not exist was found'),
    (reason) => reason,
  );
  const info = errorInfo(error);
  console.log(`an error: ${grpc.status[error.code]}: ${error.details}`);
  console.log(`  ${info.domain}/${info.reason} ${JSON.stringify(info.metadata)}`);
  assert.equal(error.code, grpc.status.NOT_FOUND, 'an unknown task is NOT_FOUND');
  assert.equal(info.domain, 'portico', "the error is Portico's");
  assert.equal(info.metadata.http_status, '404', "it names the upstream's status");
}

async function main(address) {
  assert(address, 'usage: node tasks_client.js ADDRESS');
  const client = new TasksService(address, grpc.credentials.createInsecure());
  try {
    const before = await listTasks(client);
    const { id } = await call(client, 'CreateTask', {
      template_ref: TEMPLATE,
      values: toStruct({ name: 'alpha', seconds: 1 }),
    });
    console.log(`created ${id}`);
    await follow(client, id);
    const task = await call(client, 'GetTask', { task_id: id });
    console.log(task.status);
    assert.equal(task.status, 'completed', 'the task has completed');
    assert((await listTasks(client)) > before, 'the list has grown');
    await showError(client);
  } finally {
    client.close();
  }
}

main(process.argv[2]).catch((surprise) => {
  console.error(`tasks_client: ${surprise.message}`);
  process.exitCode = 1;
});
