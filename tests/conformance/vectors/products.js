export const title = 'dot, dist, length and normalized on every size';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      const i = inputs.threadId.x;
      const a2 = vec2(3, 4 + i);
      const b2 = vec2(-1, 0.5);
      const a3 = vec3(1, 2, i);
      const b3 = vec3(4, -5, 6);
      const a4 = vec4(1, 2, 3, i - 4);
      const b4 = vec4(2, 0.25, -8, 1);
      inputs.buffers.out[6 * i] = vec4(a2.dot(b2), a3.dot(b3), a4.dot(b4), 0);
      inputs.buffers.out[6 * i + 1] = vec4(a2.dist(b2), a3.dist(b3), a4.dist(b4), 0);
      inputs.buffers.out[6 * i + 2] = vec4(a2.length(), a3.length(), a4.length(), vec2(3, 4).length());
      const n2 = a2.normalized();
      const n3 = b3.normalized();
      inputs.buffers.out[6 * i + 3] = vec4(n2.x, n2.y, vec2(0, 0).length(), vec2(0, 0).dist(vec2(0, 0)));
      inputs.buffers.out[6 * i + 4] = vec4(n3.x, n3.y, n3.z, n3.length());
      inputs.buffers.out[6 * i + 5] = a4.normalized();
    },
    { out: { size: [24], type: 'vec4' }, run: [4], tolerance: 'arithmetic' },
  );
}
