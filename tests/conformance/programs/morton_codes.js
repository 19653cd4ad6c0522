export const title = 'Morton codes of two and three coordinates, to all 32 bits and back, and beyond by arithmetic';

export default async function ({ GPUInterface, types }) {
  const points = Uint32Array.of(0, 0, 0, 1, 2, 3, 65535, 65535, 1023, 43690, 21845, 512, 4660, 22136, 771, 32768, 32768, 1000);
  const count = points.length / 3;
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'points', size: [3 * count], initialData: points },
      { name: 'codes', type: 'u32', size: [count, 2] },
      { name: 'back', type: 'u16', size: [count, 2] },
      { name: 'wide', type: 'f64', size: [count] },
    ],
  }).initialize();
  const encode = await gpu.createKernel((inputs) => {
    function spread(x = types.number) {
      let y = x & 0xffff;
      y = (y | (y << 8)) & 0x00ff00ff;
      y = (y | (y << 4)) & 0x0f0f0f0f;
      y = (y | (y << 2)) & 0x33333333;
      return (y | (y << 1)) & 0x55555555;
    }
    function spread3(x = types.number) {
      let y = x & 0x3ff;
      y = (y | (y << 16)) & 0xff0000ff;
      y = (y | (y << 8)) & 0x0300f00f;
      y = (y | (y << 4)) & 0x030c30c3;
      return (y | (y << 2)) & 0x09249249;
    }
    const i = inputs.threadId.x;
    const x = inputs.buffers.points[3 * i];
    const y = inputs.buffers.points[3 * i + 1];
    const z = inputs.buffers.points[3 * i + 2];
    inputs.buffers.codes[i][0] = spread(x) | (spread(y) << 1);
    inputs.buffers.codes[i][1] = spread3(x) + spread3(y) * 2 + spread3(z) * 4;
  });
  const decode = await gpu.createKernel((inputs) => {
    function gather(x = types.number) {
      let y = x & 0x55555555;
      y = (y | (y >>> 1)) & 0x33333333;
      y = (y | (y >>> 2)) & 0x0f0f0f0f;
      y = (y | (y >>> 4)) & 0x00ff00ff;
      return (y | (y >>> 8)) & 0xffff;
    }
    const i = inputs.threadId.x;
    const code = inputs.buffers.codes[i][0];
    inputs.buffers.back[i][0] = gather(code);
    inputs.buffers.back[i][1] = gather(code >>> 1);
  });
  const wide = await gpu.createKernel((inputs) => {
    // 48 bits: three coordinates of 16 bits each, a bit at a time.
    const i = inputs.threadId.x;
    let code = 0;
    let place = 1;
    for (let bit = 0; bit < 16; bit++) {
      for (let axis = 0; axis < 3; axis++) {
        if ((inputs.buffers.points[3 * i + axis] >> bit) & 1) code += place;
        place *= 2;
      }
    }
    inputs.buffers.wide[i] = code;
  });
  for (const kernel of [encode, decode, wide]) kernel.run(count);
  const each = (code) => Array.from({ length: count }, (_, i) => code(points.slice(3 * i, 3 * i + 3)));
  await gpu.expect('codes', each(([x, y, z]) => [interleaved([x, y], 16), interleaved([x, y, z].map((c) => c % 1024), 10)]).flat(), 'exact');
  await gpu.expect('back', each(([x, y]) => [x, y]).flat(), 'exact');
  await gpu.expect('wide', each(([x, y, z]) => interleaved([x, y, z], 16)), 'exact');
}

function interleaved(coordinates, bits) {
  let code = 0n;
  for (let bit = 0; bit < bits; bit++) {
    coordinates.forEach((c, axis) => (code |= BigInt((c >> bit) & 1) << BigInt(bit * coordinates.length + axis)));
  }
  return Number(code);
}
