// W11: a hash of 32 bits, 64 rounds of it. A dimension has at most 65 535 workgroups, so there are two.
@group(0) @binding(0) var<storage, read> keys: array<u32>;
@group(0) @binding(1) var<storage, read_write> hashes: array<u32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    let i = id.y * groups.x * 256 + id.x;
    if i >= arrayLength(&keys) {
        return;
    }
    var h = keys[i];
    for (var round = 0u; round < 64; round++) {
        h = (h ^ (h >> 16)) * 0x85ebca6b;
        h ^= h >> 13;
        h = h * 0xc2b2ae35 + round;
        h = (h << 5) | (h >> 27);
    }
    hashes[i] = h;
}
