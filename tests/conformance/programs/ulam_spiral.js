export const title = 'the spiral of Ulam: each pixel finds its number, and whether that is prime';

export default async function ({ GPUInterface, canvas, types }) {
  const n = 21;
  const gpu = await new GPUInterface({ buffers: [{ name: 'numbers', size: [n, n] }], canvas: canvas(n, n) }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function numberAt(x = types.number, y = types.number) {
      const ring = Math.max(Math.abs(x), Math.abs(y));
      const last = (2 * ring + 1) ** 2;
      if (y === ring) return last - (ring - x);
      if (x === -ring) return last - 2 * ring - (ring - y);
      if (y === -ring) return last - 4 * ring - (ring + x);
      return last - 6 * ring - (ring + y);
    }
    function isPrime(n = types.number) {
      if (n < 4) return n > 1;
      if (n % 2 === 0 || n % 3 === 0) return false;
      for (let k = 5; k * k <= n; k += 6) if (n % k === 0 || n % (k + 2) === 0) return false;
      return true;
    }
    const middle = (inputs.canvas.size.x - 1) / 2;
    const number = numberAt(inputs.threadId.x - middle, inputs.threadId.y - middle);
    inputs.buffers.numbers[inputs.threadId.x][inputs.threadId.y] = number;
    const isEuler = Math.sqrt(4 * number - 163) % 1 === 0;
    if (isPrime(number)) inputs.canvas.setPixel(inputs.threadId.xy, isEuler ? 255 : 200, 200, 255);
  });
  kernel.run(n, n);
  gpu.updateCanvas();
  await gpu.readBuffer('numbers');
  await gpu.readCanvas();
}
