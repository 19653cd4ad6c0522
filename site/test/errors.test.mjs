// Each error page's first kernel gives its error when it is run on the page, and its last one runs.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { newPage, openSite } from './browser.mjs';

const FOLDER = new URL('../../docs/errors/', import.meta.url);
const PAGES = readdirSync(FOLDER).filter((file) => file.startsWith('HPC') && !readFileSync(new URL(file, FOLDER), 'utf8').includes('<!-- not provokable'));
/** What is no JavaScript, so that the site refuses it before it can be a kernel. */
const NO_PROGRAMS = ['HPC0001', 'HPC0002', 'HPC0104', 'HPC0107'];

let site;

before(async () => (site = await openSite()));
after(() => site.end());

for (const file of PAGES) {
  const code = file.replace('.md', '');
  test(`${code} is given by its kernel`, async () => {
    const { page } = await newPage(site.browser);
    await page.goto(`${site.url}/errors/${code}`, { waitUntil: 'networkidle' });
    const wrong = page.locator('.example').first();
    await wrong.locator('button.run').click();
    await wrong.locator('.problem').first().waitFor({ timeout: 30_000 });
    const codes = await wrong.locator('.problem .code').allInnerTexts();
    assert.ok(NO_PROGRAMS.includes(code) || codes.includes(code), `${codes}: ${await wrong.locator('.problem').allInnerTexts()}`);
    const right = page.locator('.example').last();
    await right.locator('button.run').click();
    await right.and(page.locator('[data-phase="alive"]')).waitFor({ timeout: 30_000 });
    assert.deepEqual(await right.locator('.problem').allInnerTexts(), []);
    await page.close();
  });
}
