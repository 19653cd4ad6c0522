// W5: a product of square matrices, a dot product an invocation. Neighbouring lanes take neighbouring columns.
override side: u32;

@group(0) @binding(0) var<storage, read> a: array<f32>;
@group(0) @binding(1) var<storage, read> b: array<f32>;
@group(0) @binding(2) var<storage, read_write> c: array<f32>;

@compute @workgroup_size(32, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let row = id.y;
    let column = id.x;
    if row >= side || column >= side {
        return;
    }
    var sum = 0.0;
    for (var k = 0u; k < side; k++) {
        sum += a[row * side + k] * b[k * side + column];
    }
    c[row * side + column] = sum;
}
