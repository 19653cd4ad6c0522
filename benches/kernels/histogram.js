inputs => {
    inputs.buffers.bins[Math.floor(inputs.buffers.data[inputs.threadId.x] * 256)] += 1;
}
