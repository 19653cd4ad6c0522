inputs => {
    const i = inputs.threadId.x;
    inputs.buffers.sums[inputs.buffers.cells[i]] += inputs.buffers.values[i];
}
