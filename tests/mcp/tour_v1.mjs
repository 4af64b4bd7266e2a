// Lists and calls with the official client, 1.x. Arguments: TARGET, a URL or the
// command of a stdio server. Prints what it saw as JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [target, ...args] = process.argv.slice(2);
const transport = target.startsWith('http')
  ? new StreamableHTTPClientTransport(new URL(target))
  : new StdioClientTransport({ command: target, args, stderr: 'inherit' });
const client = new Client({ name: 'portico-test', version: '1.0.0' });
await client.connect(transport);
const { tools } = await client.listTools();
const progress = [];
const created = await client.callTool({
  name: 'backstage-create-scaffolder-task',
  arguments: { body: { templateRef: 'template:default/quick', values: { name: 'alpha' } } },
});
const taskId = created.structuredContent.id;
const seen = {
  server: client.getServerVersion(),
  instructions: client.getInstructions(),
  tools: tools.map((tool) => tool.name),
  call: await client.callTool({ name: 'list-tasks', arguments: {} }),
  stream: await client.callTool(
    { name: 'backstage-get-task-event-stream', arguments: { taskId } },
    undefined, { onprogress: (one) => progress.push(one.progress) }),
  refused: await client.callTool({ name: 'retrieve-task', arguments: {} }),
  unknown: await client.callTool({ name: 'no-such-tool', arguments: {} })
    .then((result) => result, (error) => ({ code: error.code })),
  progress,
};
await client.close();
console.log(JSON.stringify(seen));
