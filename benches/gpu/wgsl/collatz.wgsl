// W12: WGSL has no integers of 64 bits, so the number is two words. Each start gives its steps and the two words of its peak.
override count: u32;

@group(0) @binding(0) var<storage, read_write> found: array<u32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= count {
        return;
    }
    var n = vec2u(id.x + 1, 0);
    var peak = n;
    var steps = 0u;
    while n.y > 0 || n.x > 1 {
        if (n.x & 1) == 0 {
            n = vec2u((n.x >> 1) | (n.y << 31), n.y >> 1);
        } else {
            // Twice the number and 1, and then the number.
            let twice = vec2u((n.x << 1) | 1, (n.y << 1) | (n.x >> 31));
            let low = twice.x + n.x;
            n = vec2u(low, twice.y + n.y + select(0u, 1u, low < n.x));
        }
        if n.y > peak.y || (n.y == peak.y && n.x > peak.x) {
            peak = n;
        }
        steps++;
    }
    found[3 * id.x] = steps;
    found[3 * id.x + 1] = peak.x;
    found[3 * id.x + 2] = peak.y;
}
