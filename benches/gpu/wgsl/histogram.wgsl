// W13: numbers from 0 to 1 counted into 256 bins. A dimension has at most 65 535 workgroups, so there are two.
@group(0) @binding(0) var<storage, read> data: array<f32>;
@group(0) @binding(1) var<storage, read_write> bins: array<atomic<u32>>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    let i = id.y * groups.x * 256 + id.x;
    if i < arrayLength(&data) {
        atomicAdd(&bins[u32(data[i] * 256)], 1u);
    }
}
