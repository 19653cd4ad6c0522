export const title = 'blocks of a picture as JPEG has them: cosine transform, quantization, zigzag, and back';

export default async function ({ GPUInterface, array, types }) {
  const [w, h] = [16, 24];
  const picture = Array.from({ length: w }, (_, x) =>
    Array.from({ length: h }, (_, y) => Math.round(128 + 90 * Math.sin(x / 3) * Math.cos(y / 5) + ((x * y) % 7))),
  );
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'picture', size: [w, h], initialData: picture },
      { name: 'quantized', size: [w, h] },
      { name: 'zigzag', size: [(w / 8) * (h / 8), 64] },
      { name: 'restored', size: [w, h] },
    ],
    uniforms: { quality: 6 },
  }).initialize();
  const transform = await gpu.createKernel((inputs) => {
    function basis(k = types.number, n = types.number) {
      return (k === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos((Math.PI * k * (2 * n + 1)) / 16);
    }
    const u = inputs.threadId.x % 8;
    const v = inputs.threadId.y % 8;
    const left = inputs.threadId.x - u;
    const top = inputs.threadId.y - v;
    let sum = 0;
    for (let x = 0; x < 8; x++) {
      for (let y = 0; y < 8; y++) sum += (inputs.buffers.picture[left + x][top + y] - 128) * basis(u, x) * basis(v, y);
    }
    inputs.buffers.quantized[inputs.threadId.x][inputs.threadId.y] = Math.round(sum / (inputs.uniforms.quality * (1 + u + v)));
  });
  const scan = await gpu.createKernel((inputs) => {
    const left = (inputs.threadId.x & 1) * 8;
    const top = (inputs.threadId.x >> 1) * 8;
    let x = 0;
    let y = 0;
    for (let k = 0; k < 64; k++) {
      inputs.buffers.zigzag[inputs.threadId.x][k] = inputs.buffers.quantized[left + x][top + y];
      if ((x + y) % 2 === 0) {
        if (x === 7) y++;
        else if (y === 0) x++;
        else x++, y--;
      } else if (y === 7) x++;
      else if (x === 0) y++;
      else x--, y++;
    }
  });
  const restore = await gpu.createKernel((inputs) => {
    let cosines = array(32, 0);
    for (let k = 0; k < 32; k++) cosines[k] = 0.5 * Math.cos((Math.PI * k) / 16);
    const x = inputs.threadId.x % 8;
    const y = inputs.threadId.y % 8;
    let sum = 0;
    for (let u = 0; u < 8; u++) {
      for (let v = 0; v < 8; v++) {
        const level = inputs.buffers.quantized[inputs.threadId.x - x + u][inputs.threadId.y - y + v];
        const amplitude = level * inputs.uniforms.quality * (1 + u + v);
        const scale = (u ? 1 : Math.SQRT1_2) * (v ? 1 : Math.SQRT1_2);
        sum += scale * amplitude * cosines[(u * (2 * x + 1)) % 32] * cosines[(v * (2 * y + 1)) % 32];
      }
    }
    inputs.buffers.restored[inputs.threadId.x][inputs.threadId.y] = Math.min(255, Math.max(0, sum + 128));
  });
  transform.run(w, h);
  scan.run((w / 8) * (h / 8));
  restore.run(w, h);
  await gpu.readBuffer('quantized');
  await gpu.readBuffer('zigzag');
  await gpu.readBuffer('restored', { relative: 1e-3, absolute: 1e-2 });
}
