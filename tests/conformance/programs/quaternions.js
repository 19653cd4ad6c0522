export const title = 'a skeleton posed by quaternions: interpolated joints, then the chain of bones';

export default async function ({ GPUInterface, dim, types, vec3, vec4 }) {
  const bones = 6;
  const frames = 9;
  const turn = (x, y, z, angle) => vec4(x * Math.sin(angle / 2), y * Math.sin(angle / 2), z * Math.sin(angle / 2), Math.cos(angle / 2));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'from', size: [bones], initialData: Array.from({ length: bones }, (_, i) => turn(0, 0, 1, 0.2 * i)) },
      { name: 'to', size: [bones], initialData: Array.from({ length: bones }, (_, i) => turn(0.6, 0, 0.8, 4.5 - 0.7 * i)) },
      { name: 'joints', size: [frames, bones], type: 'vec4' },
      { name: 'tips', size: [frames, bones], type: 'vec3' },
    ],
    uniforms: { bone: vec3(0, 1.5, 0) },
  }).initialize();
  const interpolate = await gpu.createKernel((inputs) => {
    function slerp(a = types.vec4, b = types.vec4, t = types.number) {
      let cosine = a.dot(b);
      if (cosine < 0) {
        b = b.times(-1);
        cosine = -cosine;
      }
      if (cosine > 0.9995) return a.times(1 - t).plus(b.times(t)).normalized();
      const angle = Math.acos(cosine);
      return a.times(Math.sin((1 - t) * angle)).plus(b.times(Math.sin(t * angle))).div(Math.sin(angle));
    }
    const t = inputs.threadId.x / (dim(inputs.buffers.joints).x - 1);
    inputs.buffers.joints[inputs.threadId.xy] = slerp(inputs.buffers.from[inputs.threadId.y], inputs.buffers.to[inputs.threadId.y], t);
  });
  const pose = await gpu.createKernel((inputs) => {
    function product(a = types.vec4, b = types.vec4) {
      return vec4(a.xyz.cross(b.xyz).plus(b.xyz.times(a.w)).plus(a.xyz.times(b.w)), a.w * b.w - a.xyz.dot(b.xyz));
    }
    function rotated(v = types.vec3, q = types.vec4) {
      const t = q.xyz.cross(v).times(2);
      return v.plus(t.times(q.w)).plus(q.xyz.cross(t));
    }
    const frame = inputs.threadId.x;
    let orientation = vec4(0, 0, 0, 1);
    let tip = vec3(0);
    for (let bone = 0; bone < dim(inputs.buffers.joints).y; bone++) {
      orientation = product(orientation, inputs.buffers.joints[frame][bone]).normalized();
      tip = tip.plus(rotated(inputs.uniforms.bone, orientation));
      inputs.buffers.tips[frame][bone] = tip;
    }
  });
  interpolate.run(frames, bones);
  pose.run(frames);
  await gpu.readBuffer('joints', { relative: 1e-3, absolute: 1e-3 });
  await gpu.readBuffer('tips', { relative: 1e-3, absolute: 2e-3 });
}
