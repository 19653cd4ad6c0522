export const title = 'a median filter against noise: each thread sorts its neighbourhood';

export default async function ({ GPUInterface, array, dim }) {
  const [w, h] = [18, 14];
  const noisy = Array.from({ length: w }, (_, x) =>
    Array.from({ length: h }, (_, y) => ((x * 31 + y * 17) % 23 === 0 ? 255 : (x * 13 + y * 29) % 19 === 0 ? 0 : 60 + 8 * x + 3 * y)),
  );
  const gpu = await new GPUInterface({
    buffers: [{ name: 'image', size: [w, h], initialData: noisy }, { name: 'clean', size: [w, h] }],
  }).initialize();
  const filter = await gpu.createKernel((inputs) => {
    const size = dim(inputs.buffers.image);
    let values = array(9, 0);
    let count = 0;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const x = inputs.threadId.x + dx;
        const y = inputs.threadId.y + dy;
        if (x < 0 || x >= size.x || y < 0 || y >= size.y) continue;
        const value = inputs.buffers.image[x][y];
        let place = count++;
        while (place > 0 && values[place - 1] > value) {
          values[place] = values[place - 1];
          place--;
        }
        values[place] = value;
      }
    }
    const middle = count >> 1;
    inputs.buffers.clean[inputs.threadId.x][inputs.threadId.y] = count % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  });
  filter.run(w, h);
  await gpu.readBuffer('clean');
  gpu.copyBuffer('clean', 'image');
  filter.run(w, h);
  await gpu.readBuffer('clean');
}
