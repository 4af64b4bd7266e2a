// Looks at the page as a reader would, in headless Chromium. Prints what it saw as
// one JSON object. Usage: page_tour.js BASE_URL CHROMIUM [SCREENSHOT]
'use strict';

const puppeteer = require('puppeteer-core');

const [base, chromium, screenshot] = process.argv.slice(2);
const seen = { complaints: [], foreign: [], operations: [], samples: {}, tried: {} };

function watch(page) {
  page.on('console', (message) => {
    if (['error', 'warn'].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on('pageerror', (error) => seen.complaints.push(error.message));
  page.on('requestfailed', (request) => seen.complaints.push(
    `failed: ${request.url()}: ${request.failure()?.errorText}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'data:' && origin !== base) seen.foreign.push(request.url());
  });
}

const textOf = (page, selector) => page.$eval(selector, (found) => found.textContent.trim());

// Opens an operation by the list at the left, as a reader does.
async function open(page, id) {
  await page.click(`#contents a[href$="/${id}"]`);
  await page.waitForSelector('.opblock.is-open .portico-samples');
}

async function close(page) {
  await page.click('.opblock.is-open .opblock-summary-control');
  await page.waitForFunction(() => !document.querySelector('.opblock.is-open'));
}

async function samples(page) {
  const found = {};
  for (const tab of await page.$$('.opblock.is-open .portico-bar [role="tab"]')) {
    await tab.click();
    const label = await tab.evaluate((element) => element.textContent);
    found[label] = await textOf(page, '.opblock.is-open .portico-samples pre');
  }
  return found;
}

async function fill(page, parameter, value) {
  const input = await page.$(`.opblock.is-open input[placeholder="${parameter}"]`);
  await input.click({ clickCount: 3 });
  await input.type(value);
}

// Presses "Execute"; the status and body that the page shows then.
async function tryNow(page) {
  await page.click('.opblock.is-open button.execute');
  await page.waitForSelector('.live-responses-table tbody .response-col_status', { timeout: 20000 });
  return {
    status: await textOf(page, '.live-responses-table tbody .response-col_status'),
    body: await textOf(page, '.live-responses-table .highlight-code pre'),
  };
}

async function look(page) {
  await page.goto(base, { waitUntil: 'networkidle0' });
  seen.summary = await textOf(page, '#summary');
  seen.operations = await page.$$eval('.opblock-summary-path', (paths) =>
    paths.map((path) => path.textContent.replaceAll('\u200b', '')));
  seen.listed = await page.$$eval('#contents a', (links) =>
    links.map((link) => link.getAttribute('href').split('/').pop()));
  for (const id of seen.listed) {
    await open(page, id);
    seen.samples[id] = await samples(page);
    if (id === 'scaffolder-tasks.createtask') seen.tried.create = await tryNow(page);
    if (id === 'scaffolder-tasks.gettask') seen.tried.unknown = await tryNow(page);
    if (id === 'scaffolder-tasks.gettaskeventstream') {
      await fill(page, 'taskid', JSON.parse(seen.tried.create.body).id);
      seen.tried.stream = await tryNow(page);
    }
    if (screenshot && id === 'scaffolder-tasks.createtask') await page.screenshot({ path: screenshot });
    await close(page);
  }
  await page.type('#filter', 'cancel');
  seen.filtered = await page.$$eval('#contents a:not([hidden])', (links) => links.length);
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: chromium,
    // No sandbox: a test may run as root, and the page is ours.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1360, height: 900 });
    watch(page);
    await look(page);
  } finally {
    await browser.close();
  }
  console.log(JSON.stringify(seen));
}

main().catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
