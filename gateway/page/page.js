// The page: a list of all operations beside Swagger UI's view of the document.
'use strict';

// A stream is shown once it ends, or for as long as this.
const STREAM_MS = 15000;

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function operationsOf(spec) {
  return Object.entries(spec.paths).flatMap(([path, verbs]) =>
    Object.entries(verbs).map(([verb, operation]) => ({ path, verb, ...operation })));
}

// Swagger UI's own name for the element of an operation.
function anchorOf({ tags, operationId }) {
  return CSS.escape(`operations-${tags[0]}-${operationId}`);
}

function show(ui, operation) {
  ui.layoutActions.show(['operations-tag', operation.tags[0]], true);
  ui.layoutActions.show(['operations', operation.tags[0], operation.operationId], true);
  history.replaceState(null, '', `#/${operation.tags[0]}/${operation.operationId}`);
  const scroll = () => document.getElementById(anchorOf(operation))?.scrollIntoView();
  setTimeout(scroll, 50);
}

function entry(ui, operation) {
  const link = element('a', { href: `#/${operation.tags[0]}/${operation.operationId}` },
    element('span', { className: `verb ${operation.verb}`, textContent: operation.verb }),
    element('span', { textContent: operation.summary, title: operation.path }));
  link.dataset.words = `${operation.operationId} ${operation.summary} ${operation.path}`.toLowerCase();
  link.addEventListener('click', (event) => {
    event.preventDefault();
    show(ui, operation);
  });
  return link;
}

function list(ui, spec) {
  const operations = operationsOf(spec);
  const groups = spec.tags.map((tag) => element('section', {},
    element('h2', { textContent: tag.name }),
    ...operations.filter((operation) => operation.tags.includes(tag.name))
      .map((operation) => entry(ui, operation))));
  document.getElementById('contents').replaceChildren(...groups);
  document.getElementById('summary').textContent =
    `${operations.length} operations of ${spec.tags.length} APIs, by REST, gRPC and MCP`;
}

function filter(text) {
  const words = text.toLowerCase().split(/\s+/);
  for (const section of document.querySelectorAll('#contents section')) {
    const links = [...section.querySelectorAll('a')];
    for (const link of links) {
      link.hidden = !words.every((word) => link.dataset.words.includes(word));
    }
    section.hidden = links.every((link) => link.hidden);
  }
}

// fetch() for Swagger UI, which waits for the end of an answer: of an event stream it
// is given what has come so far.
async function fetchForAWhile(url, options) {
  const abort = new AbortController();
  const response = await fetch(url, { ...options, signal: abort.signal });
  const type = response.headers.get('content-type') || '';
  if (!/^(text\/event-stream|application\/x-ndjson)/.test(type)) return response;
  const timer = setTimeout(() => abort.abort(), STREAM_MS);
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
  clearTimeout(timer);
  return new Response(text, response);
}

function follow(request) {
  request.userFetch = fetchForAWhile;
  return request;
}

function followColorScheme() {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const set = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
  dark.addEventListener('change', set);
  set();
}

async function start() {
  followColorScheme();
  const response = await fetch('openapi.json');
  if (!response.ok) throw new Error(`openapi.json: ${response.status} ${response.statusText}`);
  const spec = await response.json();
  const ui = SwaggerUIBundle({
    spec,
    dom_id: '#document',
    deepLinking: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 0,
    docExpansion: 'list',
    tryItOutEnabled: true,
    validatorUrl: null,
    plugins: [PorticoSamples],
    requestInterceptor: follow,
  });
  list(ui, spec);
  document.getElementById('filter').addEventListener('input', (event) => filter(event.target.value));
}

start().catch((error) => {
  document.getElementById('summary').textContent = `The document cannot be shown: ${error.message}`;
});
