// Writes down what programs give on the debug backend: node test/record.mjs [PROGRAM ...], all without. It takes minutes.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { newPage, openSite } from './browser.mjs';
import { EXPECTED, paintingOf, resultOf, STILL, watchPainters } from './programs.mjs';

const FOLDERS = ['js', 'web'];
const all = FOLDERS.flatMap((folder) =>
  readdirSync(new URL(`../../examples/${folder}`, import.meta.url))
    .filter((file) => file.endsWith('.js'))
    .map((file) => `${folder}/${file.replace('.js', '')}`));
// These need arguments; their namesakes in web/ do not.
const alone = all.filter((name) => !['js/balls', 'js/heat', 'js/julia'].includes(name));

const asked = process.argv.slice(2);
const expected = existsSync(EXPECTED) ? JSON.parse(readFileSync(EXPECTED, 'utf8')) : {};
const site = await openSite();
for (const program of asked.length > 0 ? asked : alone) {
  const { page } = await newPage(site.browser);
  await page.addInitScript(watchPainters);
  await page.goto(`${site.url}/playground?backend=debug&${STILL}#example=${program}`, { waitUntil: 'networkidle' });
  const { painting, ...rest } = await resultOf(page, page.locator('.playground'), program, 300_000);
  expected[program] = rest;
  if (painting) {
    writeFileSync(paintingOf(program), painting);
  }
  await page.close();
  console.log(program, expected[program].output.slice(0, 80));
  writeFileSync(EXPECTED, `${JSON.stringify(expected, null, 1).replace(/\n\s+(?=[\d\]])/g, ' ')}\n`);
}
await site.end();
