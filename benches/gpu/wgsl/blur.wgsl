// W9: the mean of neighbours in a row. The radius is in a buffer, as a uniform is: no compiler knows it.
override side: i32;

@group(0) @binding(0) var<storage, read> picture: array<f32>;
@group(0) @binding(1) var<storage, read_write> blurred: array<f32>;
@group(0) @binding(2) var<storage, read> radius: array<i32>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let x = i32(id.x);
    let start = i32(id.y) * side;
    if x >= side {
        return;
    }
    let r = radius[0];
    var sum = 0.0;
    for (var d = -r; d <= r; d++) {
        sum += picture[start + clamp(x + d, 0, side - 1)];
    }
    blurred[start + x] = sum / f32(2 * r + 1);
}
