// Lists and calls with the official client, 2.x. Arguments: MODE ("legacy", "auto", or
// a revision to pin), TARGET, a URL or the command of a stdio server. Prints what it saw
// as JSON.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [named, target, ...args] = process.argv.slice(2);
const mode = named === 'legacy' || named === 'auto' ? named : { pin: named };
const transport = target.startsWith('http')
  ? new StreamableHTTPClientTransport(new URL(target))
  : new StdioClientTransport({ command: target, args, stderr: 'inherit' });
const client = new Client({ name: 'portico-test', version: '1.0.0' },
  { versionNegotiation: { mode } });
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
    { onprogress: (one) => progress.push(one.progress) }),
  refused: await client.callTool({ name: 'retrieve-task', arguments: {} }),
  unknown: await client.callTool({ name: 'no-such-tool', arguments: {} })
    .then((result) => result, (error) => ({ code: error.code })),
  progress,
};
await client.close();
console.log(JSON.stringify(seen));
