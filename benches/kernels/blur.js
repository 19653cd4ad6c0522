inputs => {
    const x = inputs.threadId.x, y = inputs.threadId.y;
    const radius = inputs.uniforms.radius, last = dim(inputs.buffers.picture).y - 1;
    let sum = 0;
    for (let d = -radius; d <= radius; d++) {
        sum += inputs.buffers.picture[y][Math.min(Math.max(x + d, 0), last)];
    }
    inputs.buffers.blurred[y][x] = sum / (2 * radius + 1);
}
