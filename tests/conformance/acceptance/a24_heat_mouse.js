export const title = 'A24: the mouse heats and cools a disc of cells';

export default async function ({ GPUInterface, vec2 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'heat', size: [90, 70] }, { name: 'count', size: [1] }],
    uniforms: { mouse: vec2(40, 35), button: 1, radius: 3 },
  }).initialize();
  const brush = await gpu.createKernel((inputs) => {
    const cell = inputs.threadId.xy;
    if (cell.dist(inputs.uniforms.mouse) < inputs.uniforms.radius) {
      if (inputs.uniforms.button === 1) {
        inputs.buffers.heat[cell] = 1;
        return;
      } else if (inputs.uniforms.button === 2) {
        inputs.buffers.heat[cell] = 0;
        return;
      }
    }
    inputs.buffers.heat[cell] += 0;
  });
  const count = await gpu.createKernel((inputs) => {
    let n = 0;
    for (let x = 0; x < 90; x++) for (let y = 0; y < 70; y++) n += inputs.buffers.heat[x][y];
    inputs.buffers.count[0] = n;
  });
  const paint = async (mouse, button, radius, expected) => {
    gpu.setUniforms({ mouse, button, radius });
    brush.run(90, 70);
    count.run(1);
    await gpu.expect('count', [expected], 'exact');
  };
  await paint(vec2(40, 35), 1, 3, 25);
  await paint(vec2(40, 35), 2, 3, 0);
  await paint(vec2(45, 35), 1, 30, 2809);
  await paint(vec2(45, 35), 0, 30, 2809);
  await paint(vec2(45, 35), 2, 60, 0);
  await paint(vec2(0, 0), 1, 30, 732);
}
