export const title = 'Langton’s ants, each on a board of its own, 300 steps in one run';

export default async function ({ GPUInterface, array, dim, vec2, vec4 }) {
  const gpu = await new GPUInterface({
    buffers: [
      { name: 'boards', size: [4, 24, 24] },
      { name: 'ants', size: [4], initialData: [vec4(12, 12, 0, 0), vec4(5, 20, 1, 0), vec4(0, 0, 2, 0), vec4(23, 3, 3, 0)] },
    ],
    uniforms: { steps: 300 },
  }).initialize();
  const walk = await gpu.createKernel((inputs) => {
    const directions = array([vec2(0, -1), vec2(1, 0), vec2(0, 1), vec2(-1, 0)]);
    const ant = inputs.threadId.x;
    const size = dim(inputs.buffers.boards[ant]);
    let position = inputs.buffers.ants[ant].xy;
    let heading = inputs.buffers.ants[ant].z;
    let black = 0;
    for (let step = 0; step < inputs.uniforms.steps; step++) {
      if (inputs.buffers.boards[ant][position]) {
        heading = (heading + 3) % 4;
        inputs.buffers.boards[ant][position] = 0;
        black--;
      } else {
        heading = (heading + 1) % 4;
        inputs.buffers.boards[ant][position] = 1;
        black++;
      }
      position = position.plus(directions[heading]);
      if (position.x < 0) position.x += size.x;
      else if (position.x >= size.x) position.x = 0;
      if (position.y < 0) position.y += size.y;
      else if (position.y >= size.y) position.y = 0;
    }
    inputs.buffers.ants[ant] = vec4(position, heading, black);
  });
  walk.run(4);
  await gpu.readBuffer('ants');
  walk.run(4);
  await gpu.readBuffer('ants');
  await gpu.readBuffer('boards');
}
