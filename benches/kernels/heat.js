inputs => {
    const size = dim(inputs.buffers.heat);
    const x = inputs.threadId.x, y = inputs.threadId.y;
    const h = inputs.buffers.heat[x][y];
    let total = 0;
    if (x > 0) total += inputs.buffers.heat[x - 1][y] - h;
    if (x < size.x - 1) total += inputs.buffers.heat[x + 1][y] - h;
    if (y > 0) total += inputs.buffers.heat[x][y - 1] - h;
    if (y < size.y - 1) total += inputs.buffers.heat[x][y + 1] - h;
    inputs.buffers.next[x][y] = h + 0.25 * total;
}
