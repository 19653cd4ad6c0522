export const title = 'PageRank steps over a small graph';

export default async function ({ GPUInterface, dim }) {
  const n = 8;
  const links = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i !== j && (i * i + j * 3) % 5 < 2 ? 1 : 0)));
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'links', size: [n, n], initialData: links },
      { name: 'rank', size: [n], initialData: Array(n).fill(1 / n) },
      { name: 'next', size: [n] },
    ],
    uniforms: { damping: 0.85 },
  }).initialize();
  const step = await gpu.createKernel((inputs) => {
    const page = inputs.threadId.x;
    const n = dim(inputs.buffers.rank);
    let sum = 0;
    for (let other = 0; other < n; other++) {
      let outgoing = 0;
      for (let target = 0; target < n; target++) outgoing += inputs.buffers.links[other][target];
      if (outgoing === 0) sum += inputs.buffers.rank[other] / n;
      else if (inputs.buffers.links[other][page]) sum += inputs.buffers.rank[other] / outgoing;
    }
    inputs.buffers.next[page] = (1 - inputs.uniforms.damping) / n + inputs.uniforms.damping * sum;
  });
  for (let k = 0; k < 15; k++) {
    step.run(n);
    gpu.copyBuffer('next', 'rank');
  }
  await gpu.readBuffer('rank', { relative: 1e-5, absolute: 1e-6 });
}
