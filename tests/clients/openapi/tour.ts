// Calls every operation of the demo with the client that was generated from
// /openapi.json (into ./client), to see that types and server agree. Prints each
// answer as a line of JSON. Usage: tour BASE_URL
import { client } from './client/client.gen';
import * as api from './client';

declare const process: { argv: string[]; exitCode: number };

client.setConfig({ baseUrl: process.argv[2] });
client.interceptors.response.use(async (response, request, options) => {
  const type = (response.headers.get('content-type') ?? '').split(';')[0];
  const body = type === 'application/json' ? await response.clone().json() : undefined;
  const route = `${request.method} ${options.url}`;
  console.log(JSON.stringify({ route, status: `${response.status}`, type, body }));
  return response;
});

function check(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** The data of an answer that went well. */
async function good<Data>(answer: Promise<{ data?: Data; error?: unknown; response: Response }>) {
  const { data, error, response } = await answer;
  check(response.ok, `${response.url} answered ${response.status}: ${JSON.stringify(error)}`);
  check(response.headers.get('portico-source') === 'upstream', 'the upstream has answered');
  return data as NonNullable<Data>;
}

/** The text of a stream, until it ends or `done` says so of what has come. */
async function read(stream: unknown, done = (_: string) => false) {
  const decoder = new TextDecoder();
  const reader = (stream as ReadableStream<Uint8Array>).getReader();
  let text = '';
  while (!done(text)) {
    const { done: ended, value } = await reader.read();
    if (ended) break;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

async function backstage() {
  const quick = { templateRef: 'template:default/quick', values: { name: 'alpha', seconds: 1 } };
  const { id } = await good(api.scaffolderTasksCreatetask({ body: quick }));
  check(id, 'a task has an id');
  const path = { taskid: id };
  const events = await read(
    await good(api.scaffolderTasksGettaskeventstream({ path, parseAs: 'stream' })));
  check(events.includes('event: completion'), 'the stream ends after the completion');
  const lines = await read(await good(api.scaffolderTasksGettaskeventstream({
    path, parseAs: 'stream', headers: { Accept: 'application/x-ndjson' },
  })));
  const last: api.BackstageScaffolderV1GetTaskEventStreamResponse =
    JSON.parse(lines.trimEnd().split('\n').at(-1)!);
  check(last.event === 'completion' && last.data?.taskId === id, 'the last line is the completion');

  const task = await good(api.scaffolderTasksGettask({ path }));
  check(task.status === 'completed', `the task is ${task.status}`);
  const query = { limit: 1, status: ['completed', 'failed'], order: ['desc:created_at'] };
  const page = await good(api.scaffolderTasksListtasks({ query }));
  check(page.tasks?.length === 1 && page.tasks[0].id === id, 'the newest task comes first');
  const entries = await good(api.scaffolderTasksGettasklogs({ path, query: { after: 1 } }));
  check(entries.every((entry) => (entry.id ?? 0) > 1), 'only entries after the first');

  const slow = await good(api.scaffolderTasksCreatetask({
    body: { templateRef: 'template:default/slow', values: {} },
  }));
  const canceled = await good(api.scaffolderTasksCanceltask({ path: { taskid: slow.id! } }));
  check(canceled.status === 'cancelled', 'a task can be cancelled');

  const log = { id: 'a', name: 'A', action: 'debug:log', input: { message: 'hi' } };
  const dry = await good(api.scaffolderTasksDryruntask({
    body: {
      template: {
        apiVersion: 'scaffolder.backstage.io/v1beta3', kind: 'Template', metadata: { name: 't' },
        spec: { owner: 'guests', type: 'service', parameters: [], steps: [log] },
      },
      values: {},
      directoryContents: [],
    },
  }));
  check(dry.log?.length, 'a dry run has a log');
}

async function backstageErrors() {
  const { error, response } = await api.scaffolderTasksGettask({ path: { taskid: 'nope' } });
  check(response.status === 404, `an unknown task is ${response.status}`);
  check((error as api.BackstageScaffolderV1ErrorResponse).error?.name === 'NotFoundError',
    "it is Backstage's own word");
}

async function render() {
  const tasks = await good(api.renderWorkflowTasksBetaListtasks({ query: { limit: 5 } }));
  const taskid = tasks[0].task?.id;
  check(taskid, 'a task has an id');
  const task = await good(api.renderWorkflowTasksBetaGettask({ path: { taskid } }));
  check(task.id === taskid, 'it is that task');
  const body = { task: 'demo-workflow/greet', input: ['world'] };
  const run = await good(api.renderWorkflowTasksBetaCreatetask({ body }));
  const events = await read(await good(api.renderWorkflowTasksBetaStreamtaskrunsevents({
    query: { taskRunIds: [run.id!] }, parseAs: 'stream',
  })), (text) => /event: task.completed\n.*\n\n/.test(text));
  check(events.includes(run.id!), 'the event is about the run');
  const details = await good(api.renderWorkflowTasksBetaGettaskrun({ path: { taskrunid: run.id! } }));
  check(details.results?.[0] === 'Hello, world', 'the task has greeted');
  const runs = await good(api.renderWorkflowTasksBetaListtaskruns({ query: { limit: 1 } }));
  check(runs[0].taskRun?.id === run.id, 'the newest run comes first');
  const slow = await good(api.renderWorkflowTasksBetaCreatetask({
    body: { task: 'demo-workflow/slow', input: {} },
  }));
  await good(api.renderWorkflowTasksBetaCanceltaskrun({ path: { taskrunid: slow.id! } }));
}

async function northflank() {
  const path = { projectid: 'demo-project' };
  const jobs = await good(api.northflankJobsListjobs({ path, query: { per_page: 1 } }));
  check(jobs.data?.jobs?.length === 1, 'a page has one job');
  const created = await good(api.northflankJobsCreatejob({
    path,
    body: {
      name: 'Tour',
      billing: { deploymentPlan: 'nf-compute-10' },
      deployment: { external: { imagePath: 'alpine:3' } },
    },
  }));
  const run = await good(api.northflankJobsRunjob({
    path: { ...path, jobid: created.data!.id! }, body: { runtimeEnvironment: { A: 'b' } },
  }));
  check(run.data?.runName, 'a run has a name');
}

async function tour() {
  await backstage();
  await backstageErrors();
  await render();
  await northflank();
}

tour().catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
