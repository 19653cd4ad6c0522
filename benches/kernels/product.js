inputs => {
    const row = inputs.threadId.x, column = inputs.threadId.y;
    let sum = 0;
    for (let k = 0; k < dim(inputs.buffers.a).x; k++) {
        sum += inputs.buffers.a[row][k] * inputs.buffers.b[k][column];
    }
    inputs.buffers.c[row][column] = sum;
}
