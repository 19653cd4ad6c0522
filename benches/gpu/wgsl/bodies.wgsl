// W4: all pairs of bodies.
@group(0) @binding(0) var<storage, read> bodies: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> velocities: array<vec4f>;

@compute @workgroup_size(256)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let count = arrayLength(&bodies);
    if id.x >= count {
        return;
    }
    let me = bodies[id.x].xyz;
    var acc = vec3f(0.0);
    for (var j = 0u; j < count; j++) {
        let d = bodies[j].xyz - me;
        let inv = inverseSqrt(dot(d, d) + 1e-4);
        acc += d * (inv * inv * inv);
    }
    velocities[id.x] += vec4f(acc * 0.001, 0.0);
}
