export const title = 'buffers of objects: fields are read and written in place, copies are values, lists of the living';

export default async function ({ GPUInterface, vec2, vec3 }) {
  const count = 6;
  const particle = (_, i) => ({ position: vec2(i, -i), velocity: vec2(1, 0.5 * i), age: i, alive: i % 3 !== 0 });
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'particles', size: [count], initialData: Array.from({ length: count }, particle) },
      { name: 'bodies', size: [2, 2], type: { mass: 'number', spin: { axis: 'vec3', turns: 'i32' }, trail: ['vec2', 3] } },
      { name: 'out', size: [count] },
    ],
    uniforms: { step: 0.5 },
  }).initialize();

  const move = await gpu.createKernel((inputs) => {
    const { particles, out } = inputs.buffers;
    const i = inputs.threadId.x;
    if (!particles[i].alive) {
      return;
    }
    const before = particles[i];
    particles[i].velocity.y -= 2 * inputs.uniforms.step;
    particles[i].position = before.position.plus(particles[i].velocity.times(inputs.uniforms.step));
    particles[i].age++;
    // What was copied stays as it was.
    out[i] = before.age * 100 + before.velocity.y * 10 + before.position.x;
  });
  move.run(count);
  await gpu.readBuffer('particles', 'exact');
  await gpu.readBuffer('out', 'exact');

  const swap = await gpu.createKernel((inputs) => {
    const b = inputs.buffers;
    const i = inputs.threadId.x;
    let mine = b.particles[i];
    const theirs = b.particles[5 - i];
    mine.age += 0.5;
    mine.position.x = -mine.position.x;
    b.particles[5 - i] = mine;
    b.particles[i] = { ...theirs, alive: mine.age > theirs.age, age: theirs.age * 2 };
  });
  swap.run(3);
  await gpu.readBuffer('particles', 'exact');

  const fill = await gpu.createKernel((inputs) => {
    const { x, y } = inputs.threadId;
    const body = inputs.buffers.bodies[x][y];
    inputs.buffers.bodies[inputs.threadId.xy].mass = body.mass + x * 10 + y;
    inputs.buffers.bodies[x][y].spin = { axis: vec3(x, y, 1), turns: 2.75 - 2 * x };
    inputs.buffers.bodies[x][y].spin.axis.z = 4;
    for (let k = 0; k < 3; k++) {
      inputs.buffers.bodies[x][y].trail[k] = vec2(k, x + y);
    }
    inputs.buffers.bodies[x][y].trail[1].y += 0.25;
  });
  fill.run(2, 2);
  await gpu.readBuffer('bodies', 'exact');

  gpu.writeBuffer('particles', Array.from({ length: count }, (_, i) => particle(_, count - i)));
  gpu.writeBuffer('particles.age', new Float32Array([9, 8, 7, 6, 5, 4]));
  move.run(count, 1);
  await gpu.readBuffer('particles', 'exact');
}
