export const title = 'equals and notEquals compare all components';

export default async function ({ check, vec2, vec3 }) {
  await check(
    (inputs) => {
      const a = vec2(1, inputs.threadId.x);
      inputs.buffers.out[3 * inputs.threadId.x] = a.equals(vec2(1, 2)) ? 1 : 0;
      inputs.buffers.out[3 * inputs.threadId.x + 1] = a.notEquals(vec2(1, 2)) ? 1 : 0;
      inputs.buffers.out[3 * inputs.threadId.x + 2] = vec3(a.y).equals(vec3(0, 0, 0)) ? 1 : 0;
    },
    { out: 9, run: [3] },
  );
}
