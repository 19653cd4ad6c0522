export const title = 'uniforms of every type, read whole and by component';

export default async function ({ check, vec2, vec3, vec4 }) {
  await check(
    (inputs) => {
      inputs.buffers.out[0] = vec4(inputs.uniforms.n, inputs.uniforms.yes ? 1 : 0, inputs.uniforms.no ? 1 : 0, 0);
      inputs.buffers.out[1] = vec4(inputs.uniforms.a, inputs.uniforms.b.x, inputs.uniforms.b.z);
      inputs.buffers.out[2] = inputs.uniforms.c;
      inputs.buffers.out[3] = inputs.uniforms.c.wzyx.plus(vec4(inputs.uniforms.b, 0));
      if (inputs.uniforms.yes && !inputs.uniforms.no) inputs.buffers.out[4].x = inputs.uniforms.m;
      inputs.buffers.out[inputs.uniforms.five].y = inputs.uniforms.five;
    },
    {
      out: { size: [6], type: 'vec4' },
      run: [1],
      uniforms: {
        n: 1.5, yes: true, a: vec2(2, 3), no: false, b: vec3(4, 5, 6), c: vec4(7, 8, 9, 10), m: -0.25, five: 5,
      },
    },
  );
}
