export const title = 'components by an index, known and not, read, written and changed';

export default async function ({ check, array, vec2, vec3, vec4, vec3i }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const v = vec4(1, 2, 4, 8);
      let w = vec3(0.5);
      w[i % 3] = v[i % 4];
      w[(i + 1) % 3] += 0.25;
      w[2] *= 2;
      let list = array([vec2(1, 2), vec2(3, 4)]);
      list[i % 2][1 - (i % 2)] += 10;
      let k = vec3i(1, 2, 3);
      k[i % 3] = 7.9;
      k[i % 2]++;
      inputs.buffers.points[i][i % 3] = -i;
      inputs.buffers.points[i][0] += 0.5;
      inputs.buffers.out[i] = vec4(w[0] + w[i % 3] * 10, list[0][1] + list[1][i % 2] * 100, k[0] + k[1] * 10 + k[2] * 100, inputs.buffers.points[i][i % 3]);
    },
    { out: { size: [6], type: 'vec4' }, buffers: { points: Array.from({ length: 6 }, (_, i) => vec3(i, 10, 20)) } },
  );
}
