export const title = 'a hanging cloth: springs between neighbours, Verlet steps, and a ball in the way';

export default async function ({ GPUInterface, dim, types, vec2, vec3 }) {
  const n = 8;
  const sheet = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => vec3(i, 0, j)));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'position', size: [n, n], initialData: sheet },
      { name: 'previous', size: [n, n], initialData: sheet },
      { name: 'next', size: [n, n], type: 'vec3' },
      { name: 'stretch', size: [n, n] },
    ],
    uniforms: { gravity: vec3(0, -9.81, 0), dt: 0.02, stiffness: 60, ball: vec3(4, -2, 3.4), radius: 1.5 },
  }).initialize();
  const move = await gpu.createKernel((inputs) => {
    function isInside(cell = types.vec2) {
      const size = dim(inputs.buffers.position);
      return cell.x >= 0 && cell.y >= 0 && cell.x < size.x && cell.y < size.y;
    }
    function pull(cell = types.vec2, neighbour = types.vec2, rest = types.number) {
      if (!isInside(neighbour)) return vec3(0);
      const away = inputs.buffers.position[neighbour].minus(inputs.buffers.position[cell]);
      return away.times(inputs.uniforms.stiffness * (1 - rest / away.length()));
    }
    const cell = inputs.threadId.xy;
    const now = inputs.buffers.position[cell];
    const isPinned = cell.y === 0 && (cell.x === 0 || cell.x === dim(inputs.buffers.position).x - 1);
    if (isPinned) {
      inputs.buffers.next[cell] = now;
      return;
    }
    let force = inputs.uniforms.gravity;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        if (dx === 0 && dy === 0) continue;
        force = force.plus(pull(cell, cell.plus(vec2(dx, dy)), vec2(dx, dy).length()));
      }
    }
    const drag = now.minus(inputs.buffers.previous[cell]).times(0.99);
    let next = now.plus(drag).plus(force.times(inputs.uniforms.dt ** 2));
    const out = next.minus(inputs.uniforms.ball);
    if (out.length() < inputs.uniforms.radius) next = inputs.uniforms.ball.plus(out.normalized().times(inputs.uniforms.radius));
    inputs.buffers.next[cell] = next;
  });
  const measure = await gpu.createKernel((inputs) => {
    const cell = inputs.threadId.xy;
    const right = inputs.buffers.position[cell.x + 1][cell.y];
    const isLast = cell.x + 1 === dim(inputs.buffers.position).x;
    inputs.buffers.stretch[cell] = isLast ? 0 : right.minus(inputs.buffers.position[cell]).length() - 1;
  });
  for (let step = 0; step < 30; step++) {
    move.run(n, n);
    gpu.copyBuffer('position', 'previous');
    gpu.copyBuffer('next', 'position');
  }
  measure.run(n, n);
  await gpu.readBuffer('position', { relative: 1e-3, absolute: 1e-3 });
  await gpu.readBuffer('stretch', { relative: 1e-2, absolute: 1e-3 });
}
