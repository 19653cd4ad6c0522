inputs => {
    const i = inputs.threadId.x;
    const me = inputs.buffers.bodies[i];
    let acc = vec3(0, 0, 0);
    for (let j = 0; j < dim(inputs.buffers.bodies); j++) {
        const other = inputs.buffers.bodies[j];
        const d = other.xyz.minus(me.xyz);
        const inv = 1 / Math.sqrt(d.dot(d) + 1e-4);
        acc = acc.plus(d.times(inv * inv * inv));
    }
    inputs.buffers.velocities[i] = inputs.buffers.velocities[i].plus(acc.times(0.001));
}
