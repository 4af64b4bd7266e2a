// Lists and calls with the official client, 1.x. Arguments: TARGET, a URL or the
// command of a stdio server. Prints what it saw as JSON.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import { tour } from './tour.mjs';

const [target, ...args] = process.argv.slice(2);
const transport = target.startsWith('http')
  ? new StreamableHTTPClientTransport(new URL(target))
  : new StdioClientTransport({ command: target, args, stderr: 'inherit' });
const client = new Client({ name: 'portico-test', version: '1.0.0' });
await client.connect(transport);
await tour(client, (call, options) => client.callTool(call, undefined, options));
