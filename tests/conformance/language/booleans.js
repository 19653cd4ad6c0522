export const title = 'booleans in variables, parameters, results, arrays and uniforms';

export default async function ({ check, types, array }) {
  await check(
    (inputs) => {
      function between(x = types.number, low = types.number, inclusive = types.boolean) {
        return inclusive ? x >= low : x > low;
      }
      function flip(b = types.boolean) {
        b = !b;
        return b;
      }
      const i = inputs.threadId.x;
      let t = true;
      const f = false;
      t = t && i > 1;
      let flags = array([t, f, between(i, 2, true)]);
      flags[1] = between(i, 2, inputs.uniforms.strict);
      let count = 0;
      for (let k = 0; k < 3; k++) if (flags[k]) count += 10 ** k;
      if (flip(t)) count += 5000;
      if (inputs.uniforms.strict) count += 10000;
      inputs.buffers.out[i] = count;
    },
    { out: 4, uniforms: { strict: true } },
  );
}
