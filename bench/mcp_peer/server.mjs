// An MCP server as the official SDK's documents write one, with a tool of Portico's.
// Arguments: the upstream's base URL. Prints its address, then "ready".
import { createServer } from 'node:http';
import {
  localhostHostValidation,
  localhostOriginValidation,
  toNodeHandler,
} from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

const [upstream] = process.argv.slice(2);

// A server for each request: the SDK's stateless form, which serves both eras.
function build() {
  const server = new McpServer({ name: 'peer', version: '1.0.0' });
  const tool = {
    title: 'Retrieve task run',
    description: 'One task run by its id, with its input and results.',
    inputSchema: z.object({ taskRunId: z.string().describe("The run's id, e.g. `trn-1234`.") }),
    outputSchema: z.object({}).passthrough(),
    annotations: {
      readOnlyHint: true,
      destructiveHint: false,
      idempotentHint: true,
      openWorldHint: true,
    },
  };
  server.registerTool('retrieve-task-run', tool, async ({ taskRunId }) => {
    const answer = await fetch(`${upstream}/task-runs/${encodeURIComponent(taskRunId)}`);
    const text = await answer.text();
    return { content: [{ type: 'text', text }], structuredContent: JSON.parse(text) };
  });
  return server;
}

const validateHost = localhostHostValidation();
const validateOrigin = localhostOriginValidation();
const handle = toNodeHandler(createMcpHandler(build));
const server = createServer((request, response) => {
  if (validateHost(request, response) && validateOrigin(request, response)) {
    handle(request, response);
  }
});
server.listen(0, '127.0.0.1', () => {
  console.log(`mcp 127.0.0.1:${server.address().port}\nready`);
});
process.on('SIGTERM', () => process.exit(0));
