// W1: every element times two. So many workgroups that they need two dimensions.
@group(0) @binding(0) var<storage, read_write> data: array<f32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
    let i = id.x + id.y * groups.x * 256u;
    if i >= arrayLength(&data) {
        return;
    }
    data[i] *= 2.0;
}
