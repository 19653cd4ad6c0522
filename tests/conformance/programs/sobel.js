export const title = 'edges of a picture with the Sobel operator';

export default async function ({ GPUInterface, vec2, types }) {
  const image = Array.from({ length: 9 }, (_, x) => Array.from({ length: 8 }, (_, y) => (x + y > 7 ? 1 : (x * y) % 3)));
  const gpu = await new GPUInterface({
    buffers: [{ name: 'image', size: [9, 8], initialData: image }, { name: 'edges', size: [9, 8] }],
  }).initialize();
  const kernel = await gpu.createKernel((inputs) => {
    function at(dx = types.number, dy = types.number) {
      return inputs.buffers.image[inputs.threadId.x + dx][inputs.threadId.y + dy];
    }
    const gx = at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1);
    const gy = at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1);
    inputs.buffers.edges[inputs.threadId.x][inputs.threadId.y] = vec2(gx, gy).length();
  });
  kernel.run(9, 8);
  await gpu.readBuffer('edges', 'arithmetic');
}
