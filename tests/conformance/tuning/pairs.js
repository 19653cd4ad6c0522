export const title = 'a loop over all elements of a buffer, in runs that do and do not fill their workgroups';

const count = 700;

export default async function ({ GPUInterface, dim, vec3, vec4 }) {
  const bodies = Array.from({ length: count }, (_, i) => vec4((i * 37) % 101, (i * 53) % 89, i % 7, 1 + (i % 3)));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'bodies', size: [count], initialData: bodies },
      { name: 'drag', size: [count], initialData: Array.from({ length: count }, (_, i) => (i % 5) / 4) },
      { name: 'forces', size: [count], type: 'vec3' },
      { name: 'near', size: [30, 20] },
    ],
  }).initialize();
  const pull = await gpu.createKernel((inputs) => {
    const me = inputs.buffers.bodies[inputs.threadId.x];
    let force = vec3(0, 0, 0);
    for (let j = 0; j < dim(inputs.buffers.bodies); j++) {
      if (j === inputs.threadId.x) continue;
      const other = inputs.buffers.bodies[j];
      force = force.plus(other.xyz.minus(me.xyz).times(other.w * inputs.buffers.drag[j]));
    }
    inputs.buffers.forces[inputs.threadId.x] = force;
  });
  // Two axes, and a loop that does not begin at zero.
  const closest = await gpu.createKernel((inputs) => {
    let best = 1000;
    for (let j = 3; j < 700; j += 1) {
      best = Math.min(best, inputs.buffers.bodies[j].xy.minus(inputs.threadId.xy).length());
    }
    inputs.buffers.near[inputs.threadId.y][inputs.threadId.x] = Math.round(best * 8);
  });
  // A counter of one loop that is used in the next.
  const after = await gpu.createKernel((inputs) => {
    let i = 0;
    for (; i < 5; i++) {
      if (inputs.buffers.drag[i] > 0.4) break;
    }
    let sum = 0;
    for (let j = 0; j < 700; j++) {
      sum += inputs.buffers.drag[j] * i;
    }
    inputs.buffers.near[0][inputs.threadId.x] = sum + i;
  });
  after.run(20);
  await gpu.readBuffer('near');
  pull.run(count);
  await gpu.readBuffer('forces');
  for (const threads of [1, 127, 129, 640]) {
    gpu.writeBuffer('forces', Array.from({ length: count }, () => vec3(0, 0, 0)));
    pull.run(threads);
    await gpu.readBuffer('forces');
  }
  closest.run(20, 30);
  await gpu.readBuffer('near');
  gpu.writeBuffer('near', Array.from({ length: 30 }, () => Array(20).fill(0)));
  closest.run(17, 9);
  await gpu.readBuffer('near');
}
