inputs => {
    const i = inputs.threadId.x;
    let n = i + 1, steps = 0, peak = n;
    while (n > 1) {
        n = n % 2 === 0 ? n / 2 : 3 * n + 1;
        if (n > peak) peak = n;
        steps++;
    }
    inputs.buffers.steps[i] = steps;
    inputs.buffers.peaks[i] = peak;
}
