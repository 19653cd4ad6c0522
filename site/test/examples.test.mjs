// Every example on every page runs where it is read, and so does every program that the playground offers; all give what the debug
// backend gave when `expected.json` was recorded.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newPage, openSite } from './browser.mjs';
import { compare, resultOf, STILL, watchPainters } from './programs.mjs';

/** The pages with examples. */
const PAGES = [
  '/', '/start', '/gpu', '/tutorials/first', '/tutorials/julia', '/tutorials/heat', '/tutorials/balls', '/practices/asynchronous',
  '/practices/races', '/practices/even-odd', '/practices/classes', '/reference/language',
];

let site;

before(async () => (site = await openSite()));
after(() => site.end());

for (const path of PAGES) {
  test(`the examples of ${path} give what they should`, async () => {
    const { page, faults } = await newPage(site.browser, { viewport: { width: 1280, height: 1000 } });
    await page.addInitScript(watchPainters);
    await page.goto(`${site.url}${path}?${STILL}`, { waitUntil: 'networkidle' });
    const programs = await page.locator('.example').evaluateAll((all) => all.map(({ dataset }) => dataset.program));
    assert.ok(programs.length > 0, 'there are examples');
    for (const program of programs) {
      const example = page.locator(`.example[data-program="${program}"]`);
      await compare(page, program, await resultOf(page, example, program));
      await example.locator('button.stop').click();
      assert.equal(await example.locator('iframe').count(), 0, 'nothing is left of a program that was stopped');
    }
    await page.close();
    assert.deepEqual(faults, []);
  });
}

for (const backend of ['gpu', 'cpu']) {
  test(`the programs that the playground offers give what they should on the ${backend.toUpperCase()}`, async (t) => {
    const { page, faults } = await newPage(site.browser, { viewport: { width: 1280, height: 900 } });
    await page.addInitScript(watchPainters);
    await page.goto(`${site.url}/playground?${STILL}&backend=${backend}`, { waitUntil: 'networkidle' });
    const starters = page.getByLabel('A program to start from');
    const programs = await starters.locator('option').evaluateAll((all) => all.map(({ value }) => value));
    assert.ok(programs.length >= 12, `${programs.length} programs`);
    for (const program of programs) {
      await t.test(program, async () => {
        await starters.selectOption(program);
        await compare(page, program, await resultOf(page, page.locator('.playground'), program));
        assert.match(await page.locator('.playground .status').innerText(), new RegExp(`^${backend}: .`));
      });
    }
    assert.deepEqual(faults, []);
    await page.close();
  });
}
