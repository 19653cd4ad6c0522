export const title = 'conjugate gradients for a sparse system in compressed rows; the scalars never leave the device';

export default async function ({ GPUInterface, dim }) {
  const side = 6;
  const n = side * side;
  const isNeighbour = (i, j) => Math.abs(i - j) === side || (Math.abs(i - j) === 1 && Math.max(i, j) % side > 0);
  const rows = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => [j, i === j ? 4.5 : isNeighbour(i, j) ? -1 : 0]).filter(([, a]) => a !== 0),
  );
  const starts = [...rows, []].map((_, i) => rows.slice(0, i).flat().length);
  const entries = rows.flat();
  const b = Array.from({ length: n }, (_, i) => ((i * 5) % 7) - 3);
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'start', size: [n + 1], initialData: starts },
      { name: 'column', size: [entries.length], initialData: entries.map(([j]) => j) },
      { name: 'value', size: [entries.length], initialData: entries.map(([, a]) => a) },
      { name: 'x', size: [n] },
      { name: 'residual', size: [n], initialData: b },
      { name: 'direction', size: [n], initialData: b },
      { name: 'product', size: [n] },
      // The square of the residual before and after, and the step.
      { name: 'scalars', size: [3] },
    ],
  }).initialize();
  const multiply = await gpu.createKernel((inputs) => {
    const row = inputs.threadId.x;
    let sum = 0;
    for (let k = inputs.buffers.start[row]; k < inputs.buffers.start[row + 1]; k++) {
      sum += inputs.buffers.value[k] * inputs.buffers.direction[inputs.buffers.column[k]];
    }
    inputs.buffers.product[row] = sum;
  });
  const findStep = await gpu.createKernel((inputs) => {
    let square = 0;
    let energy = 0;
    for (let i = 0; i < dim(inputs.buffers.x); i++) {
      square += inputs.buffers.residual[i] ** 2;
      energy += inputs.buffers.direction[i] * inputs.buffers.product[i];
    }
    inputs.buffers.scalars[0] = square;
    inputs.buffers.scalars[2] = square / energy;
  });
  const descend = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    inputs.buffers.x[i] += inputs.buffers.scalars[2] * inputs.buffers.direction[i];
    inputs.buffers.residual[i] -= inputs.buffers.scalars[2] * inputs.buffers.product[i];
  });
  const measure = await gpu.createKernel((inputs) => {
    inputs.buffers.scalars[1] = 0;
    for (let i = 0; i < dim(inputs.buffers.x); i++) inputs.buffers.scalars[1] += inputs.buffers.residual[i] ** 2;
  });
  const turn = await gpu.createKernel((inputs) => {
    const i = inputs.threadId.x;
    const beta = inputs.buffers.scalars[1] / inputs.buffers.scalars[0];
    inputs.buffers.direction[i] = inputs.buffers.residual[i] + beta * inputs.buffers.direction[i];
  });
  for (let step = 0; step < 6; step++) {
    multiply.run(n);
    findStep.run(1);
    descend.run(n);
    measure.run(1);
    turn.run(n);
  }
  await gpu.readBuffer('x', { relative: 1e-3, absolute: 1e-4 });
  await gpu.readBuffer('scalars', { relative: 1e-2, absolute: 1e-5 });
}
