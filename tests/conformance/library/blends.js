export const title = 'mix, clamp, fract, step and smoothstep, of numbers and of vectors';

export default async function ({ check, mix, clamp, fract, step, smoothstep, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const x = (inputs.threadId.x - 8) / 4;
      inputs.buffers.out[inputs.threadId.x] = vec4(mix(10, -2, x), clamp(x, -1, 0.5), fract(x * 1.3), smoothstep(-1, 1.5, x));
    },
    { out: { size: [17], type: 'vec4' } },
  );
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const v = vec3(i, i * 0.25, 2 - i).times(0.7);
      const low = vec3(-1, 0, 1);
      const mixed = mix(v, low, 0.25).plus(mix(v, low, vec3(0, 0.5, 1)));
      const clamped = clamp(v, 0, 1).plus(clamp(v, low, vec3(1, 2, 3)));
      const steps = step(0.5, v).plus(step(low, v)).times(step(1, i));
      inputs.buffers.out[i] = mixed.plus(clamped.times(3)).plus(fract(v)).plus(steps).plus(smoothstep(0, 2, v));
    },
    { out: { size: [7], type: 'vec3' } },
  );
  await check(
    (inputs) => {
      function mix(a = 0, b = 0) {
        return a * 100 + b;
      }
      const step = inputs.threadId.x;
      const { x, y } = vec2(clamp(step, 1, 2), 5);
      inputs.buffers.out[step] = mix(x, y);
    },
    {
      out: 4,
      source: `(inputs) => {
        function mix(a = types.number, b = types.number) {
          return a * 100 + b;
        }
        const step = inputs.threadId.x;
        const { x, y } = vec2(clamp(step, 1, 2), 5);
        inputs.buffers.out[step] = mix(x, y);
      }`,
    },
  );
}
