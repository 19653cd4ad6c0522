// The playground by keyboard and mouse: typed into, broken, mended, shared; and the other pages by mouse.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newPage, openSite } from './browser.mjs';
import { meanColors } from './pictures.mjs';

let site;

before(async () => (site = await openSite()));
after(() => site.end());

/** A playground that shows the program of this name. */
async function playground(example, options = {}) {
  const { page, faults } = await newPage(site.browser, { viewport: { width: 1280, height: 860 }, ...options });
  await page.goto(`${site.url}/playground#example=${example}`, { waitUntil: 'networkidle' });
  await page.locator('.cm-content').waitFor();
  return { page, faults, editor: page.locator('.editor .cm-content') };
}

/** What the editor holds, if all of it is in sight. */
async function programOf(page) {
  return (await page.locator('.editor .cm-line').allTextContents()).join('\n');
}

/** Replaces the whole program by typing. */
async function type(page, editor, text) {
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

const DOUBLE = `import GPUInterface from 'hpc.js';

const gpu = await new GPUInterface({
  buffers: [{ name: 'apples', size: [4], initialData: [1, 2, 3, 4] }],
}).initialize();
const double = await gpu.createKernel((inputs) => {
  inputs.buffers.apples[inputs.threadId.x] *= 2;
});
double.run(4);
console.log(await gpu.readBuffer('apples'));
`;

test('a program is typed and run by keyboard, without a function main', async () => {
  const { page, faults, editor } = await playground('js/double');
  await type(page, editor, DOUBLE);
  await page.keyboard.press('Control+Enter');
  await page.getByText('Float32Array [2, 4, 6, 8]').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('a mistake in a kernel is underlined with its message while it is typed, and goes away when it is mended', async () => {
  const { page, faults, editor } = await playground('js/double');
  await type(page, editor, DOUBLE.replace('*= 2', '= wrong'));
  const mistake = page.locator('.mistakes li');
  await mistake.waitFor();
  assert.match(await mistake.innerText(), /^7:\d+ HPC0101 .*wrong/);
  assert.equal(await page.locator('.editor .cm-lintRange-error').innerText(), 'wrong');
  await mistake.getByRole('button').click();
  await page.keyboard.press('Control+Shift+ArrowRight');
  await page.keyboard.type('7');
  await mistake.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Enter');
  await page.getByText('Float32Array [7, 7, 7, 7]').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('all mistakes of all kernels are found, also in a program that never ends', async () => {
  const { page, editor } = await playground('js/double');
  const kernel = "await gpu.createKernel((inputs) => {\n  inputs.buffers.pears[0] = 1;\n  inputs.buffers.apples[0] = 'text';\n});\n";
  await type(page, editor, `${DOUBLE}${kernel}for (;;) await new Promise((resolve) => setTimeout(resolve));\n`);
  await page.locator('.mistakes li').nth(1).waitFor();
  const codes = (await page.locator('.mistakes li').allInnerTexts()).map((text) => /HPC\d+/.exec(text)[0]);
  assert.deepEqual(codes, ['HPC0105', 'HPC0005']);
  await page.close();
});

test('what goes wrong in a run is shown with its place', async () => {
  const { page, editor } = await playground('js/double');
  await type(page, editor, `${DOUBLE}double.run(0);\n`);
  await page.keyboard.press('Control+Enter');
  const problem = page.locator('.problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /run takes positive integers, but x is 0[\s\S]*line 11, column \d+/);
  await page.close();
});

test('a program that is no JavaScript says where', async () => {
  const { page, editor } = await playground('js/double');
  await type(page, editor, 'const = 3;');
  await page.keyboard.press('Control+Enter');
  const problem = page.locator('.problem');
  await problem.waitFor();
  assert.match(await problem.innerText(), /Unexpected token[\s\S]*line 1, column 7/);
  await page.close();
});

test('names of buffers are completed', async () => {
  const { page, editor } = await playground('js/double');
  await type(page, editor, DOUBLE);
  await page.keyboard.press('Control+Home');
  for (let line = 0; line < 6; line++) {
    await page.keyboard.press('ArrowDown');
  }
  await page.keyboard.press('Home');
  await page.keyboard.type('inputs.buffers.');
  const option = page.locator('.cm-tooltip-autocomplete li');
  await option.first().waitFor({ timeout: 60_000 });
  assert.deepEqual(await option.allInnerTexts(), ['apples']);
  await page.close();
});

test('a shared link shows the same program and does not run it', async () => {
  const context = await site.browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
  const { page, editor } = await playground('js/double', {});
  const program = `${DOUBLE}// ¡größer & <br> 世界!\n`;
  await type(page, editor, program);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByRole('status').getByText('The link is').waitFor();
  const link = page.url();
  await page.close();
  const other = await context.newPage();
  await other.goto(link, { waitUntil: 'networkidle' });
  await other.locator('.editor .cm-line').first().waitFor();
  assert.equal(await programOf(other), program);
  assert.equal(await other.locator('.stage iframe').count(), 0);
  await context.close();
});

test('what was typed is there again after the page was loaded anew', async () => {
  const { page, editor } = await playground('js/double');
  await type(page, editor, DOUBLE);
  await page.waitForURL(/#program=/);
  await page.reload({ waitUntil: 'networkidle' });
  await page.locator('.editor .cm-line').first().waitFor();
  assert.equal(await programOf(page), DOUBLE);
  assert.equal(await page.getByLabel('A program to start from').inputValue(), '');
  await page.close();
});

test('a link that was cut off says so', async () => {
  const { page, faults } = await newPage(site.browser);
  await page.goto(`${site.url}/playground#program=abc`, { waitUntil: 'networkidle' });
  await page.getByText('The link holds no program').waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('buffers, code and queue are shown', async () => {
  const { page, faults } = await playground('web/heat');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('.playground[data-phase="alive"]').waitFor();
  await page.getByRole('tab', { name: 'Buffers' }).click();
  await page.locator('.buffers canvas').nth(1).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.locator('.panel .cm-content').filter({ hasText: /fn |func/ }).waitFor();
  await page.getByRole('button', { name: /^draw/ }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'Queue' }).click();
  await page.locator('.queue g.run').first().waitFor();
  const lanes = await page.locator('.queue .name').allTextContents();
  for (const lane of ['run diffuse', 'run draw', 'copy next → heat', 'canvas']) {
    assert.ok(lanes.map((text) => text.trim()).includes(lane), `${lane} among ${lanes}`);
  }
  const done = page.locator('.queue tbody tr').first().locator('td').last();
  await done.filter({ hasText: ' ms' }).waitFor();
  assert.deepEqual(faults, []);
  await page.close();
});

test('on the debug backend a race is reported', async () => {
  const { page } = await playground('web/race');
  await page.getByLabel('Who executes the kernels').selectOption('debug');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('.lines .warn').filter({ hasText: 'race: total[0]' }).first().waitFor();
  await page.close();
});

test('heat follows the mouse', async () => {
  const { page, faults } = await newPage(site.browser, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.url}/tutorials/heat`, { waitUntil: 'networkidle' });
  const example = page.locator('.example[data-program="web/heat"]');
  await example.locator('button.run').click();
  await example.and(page.locator('[data-phase="alive"]')).waitFor();
  const canvas = example.locator('iframe').contentFrame().locator('canvas');
  const red = async () => {
    const colors = await meanColors(page, await canvas.screenshot(), 8, 1);
    return colors.filter((_, index) => index % 3 === 0);
  };
  const before = await red();
  const { x, y, width, height } = await canvas.boundingBox();
  const drag = async (button) => {
    await page.mouse.move(x + width * 0.12, y + height * 0.3);
    await page.mouse.down({ button });
    await page.mouse.move(x + width * 0.12, y + height * 0.8, { steps: 12 });
    await page.waitForTimeout(300);
    await page.mouse.up({ button });
  };
  await drag('left');
  const heated = await red();
  assert.ok(heated[0] > before[0] + 40, `the left of the plate is warm: ${before} → ${heated}`);
  assert.ok(Math.abs(heated[7] - before[7]) < 10, 'the right of it is not');
  await drag('right');
  const cooled = await red();
  assert.ok(cooled[0] < heated[0] - 20, `and is cooled: ${heated} → ${cooled}`);
  assert.deepEqual(faults, []);
  await page.close();
});

test('nothing goes on when a program is stopped, or has destroyed its interface', async () => {
  const { page, editor } = await playground('web/balls');
  await page.getByRole('button', { name: 'Run' }).click();
  await page.locator('.playground[data-phase="alive"]').waitFor();
  assert.ok((await busyShare(page)) > 0.005, 'balls keep the page busy');
  await page.getByRole('button', { name: 'Stop' }).click();
  assert.ok((await busyShare(page)) < 0.02, 'a stopped program does nothing');
  await type(page, editor, `${DOUBLE}gpu.destroy();\n`);
  await page.keyboard.press('Control+Enter');
  await page.locator('.playground[data-phase="alive"]').waitFor();
  await page.waitForTimeout(600);
  assert.ok((await busyShare(page)) < 0.02, 'after destroy() nothing is left to do');
  await page.close();
});

/** The share of a second that the page's scripts take. */
async function busyShare(page) {
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const scripts = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration').value;
  };
  await page.waitForTimeout(300);
  const start = await scripts();
  await page.waitForTimeout(1000);
  return (await scripts()) - start;
}
