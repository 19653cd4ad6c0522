// What programs give on a page, in a form that can be written down and compared.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { differentPixels, largestDifference, meanColors } from './pictures.mjs';

/** What the programs gave on the debug backend, written by `record.mjs`. */
export const EXPECTED = new URL('expected.json', import.meta.url);
/** The picture that a program painted there, as a PNG file. */
export const paintingOf = (program) => new URL(`paintings/${program.replace('/', '_')}.png`, import.meta.url);

/** The address that lets programs be compared: animations stand still after a frame. */
export const STILL = 'frames=1';

/** What is luck in a program's output. */
const LUCK = {
  'web/asynchronous': [/[\d.]+ ms/g, 'some ms'],
  'web/race': [/with a race: \d+/, 'with a race: luck'],
  'web/pi': [/\d{3,}/g, 'some'],
};
/** Programs whose pictures are luck: only their mean colours are compared, and those roughly. */
const RANDOM_PICTURES = { 'web/balls': 12 };
/** What part of the pixels may be other than the oracle's, which computes with more digits: at the edges of fractals they decide. */
const PIXELS_OFF = 0.002;
/** Corners are rounded on pages, which a mean colour notices. */
const ALMOST = 8;

const expected = existsSync(EXPECTED) ? JSON.parse(readFileSync(EXPECTED, 'utf8')) : {};

/** Lets a page's programs be asked what they have painted. */
export function watchPainters() {
  let module;
  Object.defineProperty(window, 'hpcModule', {
    get: () => module,
    set(value) {
      module = value;
      const { prototype } = value.GPUInterface;
      const { updateCanvas } = prototype;
      prototype.updateCanvas = function () {
        window.painter = this;
        return updateCanvas.call(this);
      };
    },
  });
}

/** The pixels of the interface that painted last in a frame, as a PNG file. */
async function paintingIn(frame) {
  const base64 = await frame.evaluate(async () => {
    const { width, height } = window.painter.canvas;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d').putImageData(new ImageData(await window.painter.readCanvas(), width, height), 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

/** Runs the program that `scope`, an example or the playground, shows; resolves with what it printed, showed and painted. */
export async function resultOf(page, scope, program, timeout = 60_000) {
  await scope.locator('button.run').click();
  await scope.and(page.locator('[data-phase="alive"]')).waitFor({ timeout });
  const stage = scope.locator('.stage iframe');
  const canvas = stage.contentFrame().locator('canvas');
  if (expected[program]?.picture) {
    // It is shown when the frame has told that there is something to see.
    await canvas.waitFor({ timeout });
  }
  const picture = (await canvas.isVisible()) ? await stillPicture(page, canvas, program) : null;
  const isLuck = program in RANDOM_PICTURES;
  const painting = picture && !isLuck ? await paintingIn(await (await stage.elementHandle()).contentFrame()) : null;
  const output = (await scope.locator('.lines span:not(.warn)').allInnerTexts()).join('').trim();
  assert.deepEqual(await scope.locator('.problem').allInnerTexts(), [], `${program} has no problems`);
  const [pattern, replacement] = LUCK[program] ?? [/$^/, ''];
  return { output: output.replace(pattern, replacement), picture, painting };
}

/** The mean colours of the canvas, once they do not change any more. */
async function stillPicture(page, canvas, program) {
  const [columns, rows] = program in RANDOM_PICTURES ? [1, 1] : [12, 8];
  const look = async () => meanColors(page, await canvas.screenshot({ timeout: 120_000 }), columns, rows);
  let before = [];
  let now = await look();
  while (largestDifference(before, now) > 0) {
    await page.waitForTimeout(400);
    [before, now] = [now, await look()];
  }
  return now;
}

/** Compares with what was written down: what it printed, what the page shows, roughly, and the pixels. */
export async function compare(page, program, seen) {
  const wanted = expected[program];
  assert.ok(wanted, `${program} is not in expected.json: node test/record.mjs ${program}`);
  assert.equal(seen.output, wanted.output, program);
  assert.equal(seen.picture === null, wanted.picture === null, `${program} paints`);
  if (wanted.picture) {
    const difference = largestDifference(seen.picture, wanted.picture);
    const allowed = RANDOM_PICTURES[program] ?? ALMOST;
    assert.ok(difference <= allowed, `${program}: a cell's mean colour is off by ${difference}`);
  }
  if (seen.painting) {
    const { off, pixels } = await differentPixels(page, seen.painting, readFileSync(paintingOf(program)));
    assert.ok(off <= pixels * PIXELS_OFF, `${program}: ${off} of ${pixels} pixels are not the oracle's`);
  }
}
