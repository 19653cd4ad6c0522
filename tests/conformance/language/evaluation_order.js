export const title = 'operands, arguments and indices are evaluated from left to right';

export default async function ({ check, types, vec3 }) {
  await check(
    (inputs) => {
      function note(digit = types.number) {
        const t = inputs.threadId.x;
        inputs.buffers.log[t] = inputs.buffers.log[t] * 10 + digit;
        return digit;
      }
      function three(a = types.number, b = types.number, c = types.number) {
        return a * 100 + b * 10 + c;
      }
      const i = inputs.threadId.x;
      let x = i;
      const a = x + (x = 5) + x;
      const b = x++ * 10 + x;
      const c = x + x++ + ++x;
      const d = note(1) + note(2) * note(3);
      const e = three(note(4), note(5), note(6));
      const v = vec3(x, x++, x++);
      inputs.buffers.out[6 * i] = a;
      inputs.buffers.out[6 * i + 1] = b;
      inputs.buffers.out[6 * i + 2] = c;
      inputs.buffers.out[6 * i + 3] = d + e;
      inputs.buffers.out[6 * i + 4] = inputs.buffers.log[i];
      inputs.buffers.out[6 * i + 5] = v.x * 10000 + v.y * 100 + v.z;
    },
    { out: 12, run: [2], buffers: { log: [0, 0] } },
  );
}
