export const title = 'CRC-32 of lines of text: a kernel makes the table, another uses it';

export default async function ({ GPUInterface }) {
  const lines = ['123456789', 'hello, world', '', 'The quick brown fox jumps over the lazy dog'];
  const longest = 43;
  const codes = (line) => Array.from({ length: longest }, (_, i) => line.charCodeAt(i) || 0);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'text', size: [lines.length, longest], initialData: lines.map(codes) },
      { name: 'length', size: [lines.length], initialData: lines.map((line) => line.length) },
      { name: 'high', size: [256] },
      { name: 'low', size: [256] },
      { name: 'sums', size: [lines.length, 2] },
    ],
    uniforms: { polynomialHigh: 0xedb8, polynomialLow: 0x8320 },
  }).initialize();
  const makeTable = await gpu.createKernel((inputs) => {
    const polynomial = (inputs.uniforms.polynomialHigh << 16) | inputs.uniforms.polynomialLow;
    let c = inputs.threadId.x;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? polynomial ^ (c >>> 1) : c >>> 1;
    inputs.buffers.high[inputs.threadId.x] = c >>> 16;
    inputs.buffers.low[inputs.threadId.x] = c & 0xffff;
  });
  const sum = await gpu.createKernel((inputs) => {
    const line = inputs.threadId.x;
    let crc = -1;
    for (let i = 0; i < inputs.buffers.length[line]; i++) {
      const entry = (crc ^ inputs.buffers.text[line][i]) & 0xff;
      crc = ((inputs.buffers.high[entry] << 16) | inputs.buffers.low[entry]) ^ (crc >>> 8);
    }
    inputs.buffers.sums[line][0] = ~crc >>> 16;
    inputs.buffers.sums[line][1] = ~crc & 0xffff;
  });
  makeTable.run(256);
  sum.run(lines.length);
  await gpu.readBuffer('high', 'exact');
  await gpu.readBuffer('sums', 'exact');
}
