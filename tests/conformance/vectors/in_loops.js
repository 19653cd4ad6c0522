export const title = 'vectors as accumulators, loop conditions and branches';

export default async function ({ check, vec2, vec3 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let position = vec2(0, i);
      let velocity = vec2(1, -0.5);
      let steps = 0;
      while (position.length() < 9.9 && steps < 50) {
        position = position.plus(velocity.times(0.5));
        if (position.y < 0) velocity.y *= -1;
        steps++;
      }
      inputs.buffers.out[i] = vec3(position.x, position.y, steps);
    },
    { out: { size: [8], type: 'vec3' } },
  );
}
