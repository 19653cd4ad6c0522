export const title = 'numbers, booleans and vectors of the program around, in the kernel and its functions';

export default async function ({ check, types, vec2, vec3, vec4i, array }) {
  const N = 5;
  const SCALE = -0.25;
  const isInverted = true;
  const offset = vec3(0.5, -1, 2);
  const cell = vec4i(-1, 2, 3, 4);
  const nothing = NaN;
  const limit = Infinity;
  await check(
    (inputs) => {
      function scaled(v = types.number) {
        return isInverted ? -v * SCALE : v * SCALE;
      }
      const i = inputs.threadId.x;
      let history = array(N, 0);
      for (let j = 0; j < N; j++) {
        history[j] = j * i;
      }
      let value = scaled(history[N - 1]) + offset.z + cell.w;
      switch (i) {
        case N:
          value = 100;
          break;
        default:
          value += cell.x;
      }
      if (nothing === nothing || value > limit) {
        value = -1;
      }
      inputs.buffers.out[i] = vec3(value, offset.x, N).plus(offset);
    },
    { out: { size: [8], type: 'vec3' }, constants: { N, SCALE, isInverted, offset, cell, nothing, limit } },
  );
  const size = vec2(3, 4);
  await check((inputs) => { inputs.buffers.out[inputs.threadId.x] = size.x * size.y + size.dot(size); }, { out: 2, constants: { size } });
}
