export const title = 'components can be read and assigned, plainly and compound';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      let v = vec4(1, 2, 3, 4);
      v.x = i;
      v.y += 10;
      v.z *= v.x;
      v.w -= v.y;
      v.x++;
      --v.y;
      v.z /= 2;
      let p = vec2(0, 0);
      p.x = v.w;
      p.y = p.x = p.x * 2;
      let q = vec3(5);
      q.y %= 3;
      q.z **= 2;
      inputs.buffers.out[3 * i] = v;
      inputs.buffers.out[3 * i + 1] = vec4(p.x, p.y, 0, 0);
      inputs.buffers.out[3 * i + 2] = vec4(q.x, q.y, q.z, 0);
    },
    { out: { size: [9], type: 'vec4' }, run: [3] },
  );
}
