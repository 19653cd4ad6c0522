inputs => {
    const n = inputs.uniforms.n;
    const row = inputs.threadId.y, column = inputs.threadId.x;
    let sum = 0;
    for (let k = 0; k < n; k++) {
        sum += inputs.buffers.a[row * n + k] * inputs.buffers.b[k * n + column];
    }
    inputs.buffers.c[row * n + column] = sum;
}
