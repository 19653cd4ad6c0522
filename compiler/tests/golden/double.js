(inputs) => {
  const i = inputs.threadId.x;
  inputs.buffers.data[i] = inputs.buffers.data[i] * 2;
}
