// The contents of a buffer in the shapes that people look at: a picture, a line, a table.

import type { BufferDescription } from './messages.js';

/** A grey picture, dark for the least number and light for the greatest. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly least: number;
  readonly greatest: number;
}

/** A picture of a buffer of numbers with two extents: the first goes to the right, as on the canvas. */
export function pictureOf({ type, size }: BufferDescription, floats: Float32Array): Picture | undefined {
  const [width = 0, height = 0, ...more] = size;
  if (type !== 'number' || size.length !== 2 || more.length > 0 || width * height < 64) {
    return undefined;
  }
  const { least, greatest } = range(floats);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const scale = greatest > least ? 255 / (greatest - least) : 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const grey = (floats[x * height + y]! - least) * scale;
      rgba.set([grey, grey, grey, 255], (y * width + x) * 4);
    }
  }
  return { width, height, rgba, least, greatest };
}

/** The points of a line through the numbers of a buffer with one extent, in a box of 100 by 30. */
export function lineOf({ type, size }: BufferDescription, floats: Float32Array): string | undefined {
  if (type !== 'number' || size.length !== 1 || floats.length < 8) {
    return undefined;
  }
  const { least, greatest } = range(floats);
  const step = Math.max(1, Math.floor(floats.length / 400));
  const points = [];
  for (let index = 0; index < floats.length; index += step) {
    const height = greatest > least ? (floats[index]! - least) / (greatest - least) : 0.5;
    points.push(`${((100 * index) / (floats.length - 1)).toFixed(2)},${(29 - 28 * height).toFixed(2)}`);
  }
  return points.join(' ');
}

/** The first elements as text: a row for each first index. */
export function tableOf({ type, size }: BufferDescription, floats: Float32Array, rows = 8, columns = 8): string[][] {
  const stride = { number: 1, vec2: 2, vec3: 4, vec4: 4 }[type] ?? 1;
  const components = { number: 1, vec2: 2, vec3: 3, vec4: 4 }[type] ?? 1;
  const [height, width] = size.length === 1 ? [1, size[0]!] : [size[0]!, size.slice(1).reduce((a, b) => a * b)];
  const element = (index: number) =>
    Array.from(floats.subarray(index * stride, index * stride + components), short).join(', ');
  return Array.from({ length: Math.min(rows, height) }, (_, row) =>
    Array.from({ length: Math.min(columns, width) }, (_, column) => element(row * width + column)));
}

/** A float in few digits. */
export function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function range(floats: Float32Array): { least: number; greatest: number } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of floats) {
    least = Math.min(least, Number.isFinite(value) ? value : least);
    greatest = Math.max(greatest, Number.isFinite(value) ? value : greatest);
  }
  return { least, greatest };
}
