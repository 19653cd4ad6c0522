export const title = 'precedence and associativity as in JavaScript';

export default async function ({ check }) {
  await check(
    (inputs) => {
      const a = inputs.buffers.n[0];
      const b = inputs.buffers.n[1];
      const c = inputs.buffers.n[2];
      const d = inputs.buffers.n[3];
      inputs.buffers.out[0] = a + b * c - d / b;
      inputs.buffers.out[1] = a - b - c - d;
      inputs.buffers.out[2] = d / c / b;
      inputs.buffers.out[3] = b ** c ** b;
      inputs.buffers.out[4] = -(b ** 2) + (-b) ** 2;
      inputs.buffers.out[5] = (a + b) * (c - d) % 5;
      inputs.buffers.out[6] = d % c * b;
      inputs.buffers.out[7] = a | b & c ^ d;
      inputs.buffers.out[8] = 1 + b << 2 - a;
      inputs.buffers.out[9] = a < b === c < d ? 1 : 0;
      inputs.buffers.out[10] = a > b || b < c && c > d ? 1 : 0;
      inputs.buffers.out[11] = - -a + +b - -c;
      inputs.buffers.out[12] = ~a + ~b * 2;
      inputs.buffers.out[13] = a < b ? b < a ? 1 : 2 : 3;
      inputs.buffers.out[14] = (a & b) === 0 ? 1 : 0;
      inputs.buffers.out[15] = d >>> 1 >> 1 << 3;
    },
    { out: 16, run: [1], buffers: { n: [1, 2, 3, 9] } },
  );
}
