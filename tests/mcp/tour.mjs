// What both tours do with a client that is connected: lists, calls, and prints what it
// saw as JSON. `follow` makes the one call whose options 1.x and 2.x place differently.
export async function tour(client, follow) {
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
    stream: await follow(
      { name: 'backstage-get-task-event-stream', arguments: { taskId } },
      { onprogress: (one) => progress.push(one.progress) }),
    refused: await client.callTool({ name: 'retrieve-task', arguments: {} }),
    unknown: await client.callTool({ name: 'no-such-tool', arguments: {} })
      .then((result) => result, (error) => ({ code: error.code })),
    progress,
  };
  await client.close();
  console.log(JSON.stringify(seen));
}
