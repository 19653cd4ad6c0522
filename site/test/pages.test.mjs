// Every page of the site loads without a fault, and every link leads somewhere.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { after, before, test } from 'node:test';
import { newPage, openSite } from './browser.mjs';

const DIST = fileURLToPath(new URL('../.vitepress/dist', import.meta.url));
const PAGES = readdirSync(DIST, { recursive: true })
  .filter((file) => file.endsWith('.html') && file !== '404.html')
  .map((file) => `/${file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1').replace(/\.html$/, '')}`);

let site;
/** The ids that each page has, and the links on it. */
const anchors = new Map();
const links = [];

before(async () => (site = await openSite()));
after(() => site.end());

test('there are pages', () => assert.ok(PAGES.length > 45, `only ${PAGES.length} pages: ${PAGES}`));

for (const path of PAGES) {
  test(`${path} loads without a fault`, async () => {
    const { page, faults } = await newPage(site.browser);
    await page.goto(site.url + path, { waitUntil: 'networkidle' });
    const isIsolated = await page.evaluate(() => crossOriginIsolated);
    const content = await page.evaluate(() => ({
      title: document.title,
      ids: Array.from(document.querySelectorAll('[id]'), ({ id }) => id),
      links: Array.from(document.querySelectorAll('a[href]'), ({ href }) => href),
    }));
    await page.close();
    assert.deepEqual(faults, []);
    assert.ok(isIsolated, 'shared memory needs an isolated page');
    assert.ok(content.title.length > 0);
    anchors.set(path, new Set(content.ids));
    links.push(...content.links.map((href) => ({ from: path, href })));
  });
}

// Plain text, with a test of its own.
anchors.set('/llms.txt', new Set());

test('no link is dead', () => {
  const inside = links.filter(({ href }) => href.startsWith(site.url));
  assert.ok(inside.length > 200, `only ${inside.length} links`);
  const dead = inside.filter(({ href }) => {
    const { pathname, hash } = new URL(href);
    const ids = anchors.get(pathname);
    // The playground's fragments are programs.
    return !ids || (hash !== '' && pathname !== '/playground' && !ids.has(decodeURIComponent(hash.slice(1))));
  });
  assert.deepEqual([...new Set(dead.map(({ from, href }) => `${from} → ${href}`))], []);
});
