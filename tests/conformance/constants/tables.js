export const title = 'arrays of the program around, as tables that the kernel and its functions index';

export default async function ({ check, types, vec2, dim }) {
  const weights = [1, 4, 6, 4, 1];
  const bits = [true, false, false, true];
  const directions = [vec2(1, 0), vec2(0, 1), vec2(-1, 0), vec2(0, -1)];
  const codes = Uint8Array.of(200, 100, 50, 25, 0, 255);
  const doubles = Float64Array.of(0.1, 1e300, -0, 2 ** 53 - 1);
  await check(
    (inputs) => {
      function weightOf(k = types.number) {
        return weights[k] / 16;
      }
      function sumOf(table, count = types.number) {
        let sum = 0;
        for (let k = 0; k < count; k++) {
          sum += table[k];
        }
        return sum;
      }
      const i = inputs.threadId.x;
      const table = codes;
      let value = weightOf(i % 5) + weights[2];
      if (bits[i % dim(bits)]) {
        value += directions[i % 4].x * 10 + directions[(i + 1) % 4].dot(directions[3]);
      }
      value += table[i] + table[i + 3] + table[1.5] + dim(table);
      value += sumOf(weights, dim(weights)) + sumOf(codes, 3);
      inputs.buffers.out[i] = value;
    },
    { out: 9, constants: { weights, bits, directions, codes } },
  );
  await check((inputs) => { inputs.buffers.out[inputs.threadId.x] = doubles[inputs.threadId.x]; }, {
    out: { size: [4], type: 'f64' },
    constants: { doubles },
    tolerance: 'bits',
  });
}
