export const title = 'any postfix chain on any vector expression';

export default async function ({ check, vec2, vec3, types, array }) {
  await check(
    (inputs) => {
      function offset(i = types.number) {
        return vec3(i, 2 * i, 3 * i);
      }
      const i = inputs.threadId.x;
      const v = vec3(1, 2, 3);
      const w = vec3(i, 0.5, -1);
      const list = array([v, w, v.plus(w)]);
      inputs.buffers.out[8 * i] = v.plus(w).times(2).x;
      inputs.buffers.out[8 * i + 1] = v.minus(w).times(v.plus(w)).zyx.xy.dot(vec2(1, 10));
      inputs.buffers.out[8 * i + 2] = (i > 1 ? v : w).plus(v).y;
      inputs.buffers.out[8 * i + 3] = offset(i).plus(offset(1)).times(offset(2)).z;
      inputs.buffers.out[8 * i + 4] = list[i].xz.plus(list[2 - i].yy).y;
      inputs.buffers.out[8 * i + 5] = inputs.buffers.v[i].times(inputs.buffers.v[0].x).floor().abs().max(v).x;
      inputs.buffers.out[8 * i + 6] = inputs.threadId.xy.plus(vec2(1, 1)).length() > 1.5 ? 1 : 0;
      inputs.buffers.out[8 * i + 7] = inputs.uniforms.u.times(vec2(i, 1).plus(inputs.uniforms.u).y).x;
    },
    {
      out: 24,
      run: [3],
      buffers: { v: [vec3(1.5, -2, 3), vec3(-4.25, 5, 6), vec3(7, 8, 9)] },
      uniforms: { u: vec2(0.5, 3) },
    },
  );
}
