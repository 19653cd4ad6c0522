export const title = 'A10: every thread id once; omitted dimensions are 0';

export default async function ({ GPUInterface, vec4 }) {
  const gpu = await new GPUInterface({
    buffers: [{ name: 'ids', size: [4, 6], type: 'vec4' }, { name: 'flat', size: [4, 3], type: 'vec4' }],
  }).initialize();
  const record = await gpu.createKernel((inputs) => {
    const id = vec4(inputs.threadId, 1);
    inputs.buffers.ids[inputs.threadId.x][inputs.threadId.y] = inputs.buffers.ids[inputs.threadId.x][inputs.threadId.y].plus(id);
  });
  const flat = await gpu.createKernel((inputs) => {
    inputs.buffers.flat[inputs.threadId.x][inputs.threadId.y] = vec4(inputs.threadId, 1);
  });
  record.run(3, 5);
  flat.run(3, 2);
  await gpu.readBuffer('ids');
  await gpu.readBuffer('flat');
}
