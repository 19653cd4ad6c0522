// W6: as little as a dispatch can do.
@group(0) @binding(0) var<storage, read_write> data: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    if id.x >= arrayLength(&data) {
        return;
    }
    data[id.x] += 1.0;
}
