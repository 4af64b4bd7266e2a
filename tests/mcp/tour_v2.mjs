// Lists and calls with the official client, 2.x. Arguments: MODE ("legacy", "auto", or
// a revision to pin), TARGET, a URL or the command of a stdio server. Prints what it saw
// as JSON.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

import { tour } from './tour.mjs';

const [named, target, ...args] = process.argv.slice(2);
const mode = named === 'legacy' || named === 'auto' ? named : { pin: named };
const transport = target.startsWith('http')
  ? new StreamableHTTPClientTransport(new URL(target))
  : new StdioClientTransport({ command: target, args, stderr: 'inherit' });
const client = new Client({ name: 'portico-test', version: '1.0.0' },
  { versionNegotiation: { mode } });
await client.connect(transport);
await tour(client, (call, options) => client.callTool(call, options));
