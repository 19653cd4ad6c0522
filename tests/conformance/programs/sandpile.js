export const title = 'the abelian sandpile: topple until nothing moves, which the host finds out';

export default async function ({ GPUInterface, canvas, dim, types, vec3 }) {
  const n = 15;
  const gpu = await new GPUInterface({
    buffers: [{ name: 'sand', size: [n, n] }, { name: 'next', size: [n, n] }, { name: 'unstable', size: [n] }],
    canvas: canvas(n, n),
  }).initialize();
  const topple = await gpu.createKernel((inputs) => {
    function gives(x = types.number, y = types.number) {
      return Math.floor(inputs.buffers.sand[x][y] / 4);
    }
    const x = inputs.threadId.x;
    const y = inputs.threadId.y;
    inputs.buffers.next[x][y] = (inputs.buffers.sand[x][y] % 4) + gives(x - 1, y) + gives(x + 1, y) + gives(x, y - 1) + gives(x, y + 1);
  });
  const count = await gpu.createKernel((inputs) => {
    let unstable = 0;
    for (let y = 0; y < dim(inputs.buffers.sand).y; y++) unstable += inputs.buffers.sand[inputs.threadId.x][y] > 3 ? 1 : 0;
    inputs.buffers.unstable[inputs.threadId.x] = unstable;
  });
  const paint = await gpu.createKernel((inputs) => {
    let color = vec3(0, 0, 0);
    switch (inputs.buffers.sand[inputs.threadId.x][inputs.threadId.y]) {
      case 3: color = vec3(255, 210, 60); break;
      case 2: color.y = 80;
      case 1: color.z = 200;
    }
    inputs.canvas.setPixel(inputs.threadId.xy, color);
  });
  const grains = Array.from({ length: n }, () => Array(n).fill(0));
  grains[7][7] = 300;
  grains[2][11] = 41;
  gpu.writeBuffer('sand', grains);
  let rounds = 0;
  let moving = true;
  while (moving && rounds < 40) {
    for (let k = 0; k < 8; k++) {
      topple.run(n, n);
      gpu.copyBuffer('next', 'sand');
    }
    count.run(n);
    moving = (await gpu.readBuffer('unstable')).some((unstable) => unstable > 0);
    rounds++;
  }
  if (moving) throw new Error('the pile did not come to rest');
  paint.run(n, n);
  gpu.updateCanvas();
  await gpu.readBuffer('sand');
  await gpu.readCanvas();
}
