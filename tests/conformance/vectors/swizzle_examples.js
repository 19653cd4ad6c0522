export const title = 'swizzles of variables, ids, elements and results';

export default async function ({ check, vec2, vec4 }) {
  await check(
    (inputs) => {
      const v = vec4(1, 2, 3, 4);
      const p = vec2(5, 6);
      inputs.buffers.out[0] = vec4(v.zyy, p.y);
      inputs.buffers.out[1] = p.xyyx;
      inputs.buffers.out[2] = vec4(p.yyy, v.wzyx.x);
      inputs.buffers.out[3] = vec4(inputs.threadId.zyx, 9);
      inputs.buffers.out[4] = vec4(inputs.buffers.w[0].wx, v.plus(v).yx);
      inputs.buffers.out[5] = vec4(inputs.canvas.size.yx, inputs.uniforms.u.xx);
    },
    {
      out: { size: [6], type: 'vec4' },
      run: [1],
      buffers: { w: [vec4(7, 8, 9, 10)] },
      uniforms: { u: vec2(11, 12) },
      canvas: { width: 4, height: 3 },
    },
  );
}
