inputs => {
    inputs.buffers.data[inputs.threadId.x] += 1;
}
