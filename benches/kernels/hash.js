inputs => {
    const i = inputs.threadId.x;
    let h = inputs.buffers.keys[i];
    for (let round = 0; round < 64; round++) {
        h = Math.imul(h ^ (h >>> 16), 0x85ebca6b) >>> 0;
        h ^= h >>> 13;
        h = (Math.imul(h, 0xc2b2ae35) + round) >>> 0;
        h = ((h << 5) | (h >>> 27)) >>> 0;
    }
    inputs.buffers.hashes[i] = h;
}
