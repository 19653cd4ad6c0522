// Pictures of the site for people to look at: node scripts/screenshots.mjs writes them to site/screenshots/ and prints the path.

import { fileURLToPath } from 'node:url';
import { newPage, openSite } from '../test/browser.mjs';

const FOLDER = fileURLToPath(new URL('../screenshots/', import.meta.url));
const LOOKS = {
  light: { viewport: { width: 1360, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1360, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', deviceScaleFactor: 2, isMobile: true, hasTouch: true },
};
/** What is shown, and the program that is run first. */
const SHOTS = {
  home: { path: '/' },
  'home-example': { path: '/', run: '.example', scroll: '.example .bar' },
  tutorial: { path: '/tutorials/heat', run: '.example' },
  reference: { path: '/reference/interface' },
  language: { path: '/reference/language', run: '.example' },
  error: { path: '/errors/HPC0101', run: '.example >> nth=0' },
  playground: { path: '/playground#example=web/julia', run: '.playground' },
  'playground-queue': { path: '/playground#example=web/balls', run: '.playground', tab: 'Queue' },
  'playground-code': { path: '/playground#example=web/heat', run: '.playground', tab: 'Code' },
  'playground-buffers': { path: '/playground#example=web/waves', run: '.playground', tab: 'Buffers' },
};

const wanted = process.argv.slice(2);
const site = await openSite();
for (const [look, options] of Object.entries(LOOKS)) {
  for (const [name, { path, run, scroll, tab }] of Object.entries(SHOTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) {
      continue;
    }
    const { page } = await newPage(site.browser, options);
    await page.goto(site.url + path, { waitUntil: 'networkidle' });
    if (run) {
      await page.locator(run).locator('button.run').click();
      await page.locator(run).and(page.locator('[data-phase="alive"]')).waitFor({ timeout: 60_000 });
      await page.waitForTimeout(1200);
    }
    if (tab) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForTimeout(600);
    }
    if (scroll) {
      await page.locator(scroll).evaluate((element) => element.scrollIntoView({ block: 'start' }));
      await page.evaluate(() => scrollBy(0, -200));
    }
    await page.screenshot({ path: `${FOLDER}${name}-${look}.png` });
    await page.close();
  }
}
await site.end();
console.log(`screenshots: ${FOLDER}`);
