inputs => {
    const i = inputs.threadId.x;
    let sum = 0;
    for (let j = inputs.buffers.rows[i]; j < inputs.buffers.rows[i + 1]; j++) {
        sum += inputs.buffers.values[j] * inputs.buffers.x[inputs.buffers.columns[j]];
    }
    inputs.buffers.y[i] = sum;
}
