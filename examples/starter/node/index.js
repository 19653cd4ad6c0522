// Doubles four numbers on the GPU or, without one, on every core of the CPU. `npm start`

import GPUInterface from 'hpc.js';

const gpu = await new GPUInterface({
  buffers: [{ name: 'numbers', size: [4], initialData: [1, 2, 3, 4] }],
}).initialize();

const double = await gpu.createKernel(({ buffers, threadId }) => {
  buffers.numbers[threadId.x] *= 2;
});

double.run(4); // returns at once
console.log((await gpu.readBuffer('numbers')).join(', ')); // reading waits
