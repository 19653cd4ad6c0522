// The contents of a buffer in the shapes that people look at: a picture, a line, a table.

import type { TypedArray } from 'hpc.js';
import type { BufferDescription } from './messages.js';

/** A grey picture, dark for the least number and light for the greatest. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly least: number;
  readonly greatest: number;
}

/** A picture of a buffer with two extents and one number an element: the first extent goes to the right, as on the canvas. */
export function pictureOf({ type, size }: BufferDescription, elements: TypedArray): Picture | undefined {
  const [width = 0, height = 0, ...more] = size;
  if (componentsOf(type) !== 1 || size.length !== 2 || more.length > 0 || width * height < 64) {
    return undefined;
  }
  const { least, greatest } = range(elements);
  const rgba = new Uint8ClampedArray(width * height * 4);
  const scale = greatest > least ? 255 / (greatest - least) : 0;
  for (let x = 0; x < width; x++) {
    for (let y = 0; y < height; y++) {
      const grey = (elements[x * height + y]! - least) * scale;
      rgba.set([grey, grey, grey, 255], (y * width + x) * 4);
    }
  }
  return { width, height, rgba, least, greatest };
}

/** The points of a line through a buffer with one extent and one number an element, in a box of 100 by 30. */
export function lineOf({ type, size }: BufferDescription, elements: TypedArray): string | undefined {
  if (componentsOf(type) !== 1 || size.length !== 1 || elements.length < 8) {
    return undefined;
  }
  const { least, greatest } = range(elements);
  const step = Math.max(1, Math.floor(elements.length / 400));
  const points = [];
  for (let index = 0; index < elements.length; index += step) {
    const height = greatest > least ? (elements[index]! - least) / (greatest - least) : 0.5;
    points.push(`${((100 * index) / (elements.length - 1)).toFixed(2)},${(29 - 28 * height).toFixed(2)}`);
  }
  return points.join(' ');
}

/** The first elements as text, booleans as 0 and 1: a row for each first index. */
export function tableOf({ type, size }: BufferDescription, elements: TypedArray, rows = 8, columns = 8): string[][] {
  const components = componentsOf(type);
  const stride = components === 3 ? 4 : components;
  const digits = type === 'f64' ? 10 : 5;
  const [height, width] = size.length === 1 ? [1, size[0]!] : [size[0]!, size.slice(1).reduce((a, b) => a * b)];
  const element = (index: number) =>
    Array.from(elements.subarray(index * stride, index * stride + components), (value) => short(value, digits)).join(', ');
  return Array.from({ length: Math.min(rows, height) }, (_, row) =>
    Array.from({ length: Math.min(columns, width) }, (_, column) => element(row * width + column)));
}

/** A number in few digits; integers have all of theirs. */
export function short(value: number, digits = 5): string {
  return String(Number.isSafeInteger(value) ? value : Number(value.toPrecision(digits)));
}

/** How many numbers an element of this type has: its name tells. */
function componentsOf(type: string): number {
  return Number(/^vec([234])/.exec(type)?.[1] ?? 1);
}

function range(elements: TypedArray): { least: number; greatest: number } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of elements) {
    least = Math.min(least, Number.isFinite(value) ? value : least);
    greatest = Math.max(greatest, Number.isFinite(value) ? value : greatest);
  }
  return { least, greatest };
}
