export const title = 'every form of function can be a kernel';

export default async function ({ GPUInterface }) {
  const gpu = await new GPUInterface({ buffers: [{ name: 'data', size: [7] }] }).initialize();
  const object = {
    method(inputs) {
      inputs.buffers.data[3] = 3;
    },
    property: function (inputs) {
      inputs.buffers.data[4] = 4;
    },
  };
  function declared(inputs) {
    inputs.buffers.data[5] = 5;
  }
  const forms = [
    (inputs) => {
      inputs.buffers.data[0] = 10;
    },
    function (inputs) {
      inputs.buffers.data[1] = 1;
    },
    function named(inputs) {
      inputs.buffers.data[2] = 2;
    },
    object.method,
    object.property,
    declared,
    g => g.buffers.data[6] = 6,
  ];
  for (const form of forms) {
    (await gpu.createKernel(form)).run(1);
  }
  await gpu.readBuffer('data');
}
