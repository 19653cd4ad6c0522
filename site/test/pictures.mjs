// Pictures as a few numbers: the mean colours of cells, so that two can be compared.

/** The mean red, green and blue of each cell of a PNG picture, row by row. `page` decodes it. */
export async function meanColors(page, png, columns, rows) {
  return page.evaluate(
    async ([base64, columns, rows]) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d');
      context.drawImage(bitmap, 0, 0);
      const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
      const sums = Array.from({ length: columns * rows }, () => [0, 0, 0, 0]);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const sum = sums[Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width)];
          [0, 1, 2].forEach((channel) => (sum[channel] += data[(y * width + x) * 4 + channel]));
          sum[3] += 1;
        }
      }
      return sums.flatMap(([r, g, b, count]) => [r, g, b].map((channel) => Math.round(channel / count)));
    },
    [png.toString('base64'), columns, rows],
  );
}

/** How many pixels of two PNG pictures differ by more than rounding, and how many there are. `page` decodes them. */
export async function differentPixels(page, seen, wanted) {
  return page.evaluate(
    async (pictures) => {
      const [a, b] = await Promise.all(pictures.map(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height);
      }));
      const pixels = b.width * b.height;
      if (a.width !== b.width || a.height !== b.height) {
        return { off: pixels, pixels };
      }
      let off = 0;
      for (let pixel = 0; pixel < pixels * 4; pixel += 4) {
        off += [0, 1, 2].some((channel) => Math.abs(a.data[pixel + channel] - b.data[pixel + channel]) > 1) ? 1 : 0;
      }
      return { off, pixels };
    },
    [seen, wanted].map((png) => png.toString('base64')),
  );
}

/** The largest difference between two lists of numbers. */
export function largestDifference(a, b) {
  return a.length === b.length ? Math.max(...a.map((value, index) => Math.abs(value - b[index]))) : Infinity;
}
