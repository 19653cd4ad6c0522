export const title = 'complex products, quotients and conjugates';

export default async function ({ check, vec2 }) {
  await check(
    (inputs) => {
      const a = vec2(1, 2);
      const b = vec2(3, 4);
      inputs.buffers.out[0] = a.cplxTimes(b);
      inputs.buffers.out[1] = a.cplxDiv(b);
      inputs.buffers.out[2] = a.cplxConj();
      inputs.buffers.out[3] = a.cplxTimes(b).cplxDiv(b);
      inputs.buffers.out[4] = vec2(0, 1).cplxTimes(vec2(0, 1));
      let z = vec2(0.5, -0.5);
      for (let k = 0; k < 5; k++) z = z.cplxTimes(z).plus(vec2(0.25, 0.125));
      inputs.buffers.out[5] = z;
      inputs.buffers.out[6] = a.cplxDiv(inputs.uniforms.zero);
    },
    { out: { size: [7], type: 'vec2' }, run: [1], uniforms: { zero: vec2(0, 0) }, tolerance: { relative: 1e-5, absolute: 1e-6 } },
  );
}
