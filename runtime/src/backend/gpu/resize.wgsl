// Puts the elements of a buffer where they are in one of another size: each invocation makes a word of it.

struct Sizes {
    before: vec3u,
    // How many units an element has: words, or one that is smaller.
    units: u32,
    after: vec3u,
    // How many bytes a unit has: 4, 2 or 1.
    bytes: u32,
    // How many words there are to make, and how many invocations along x.
    words: u32,
    across: u32,
}

@group(0) @binding(0) var<uniform> sizes: Sizes;
@group(0) @binding(1) var<storage, read> before: array<u32>;
@group(0) @binding(2) var<storage, read_write> after: array<u32>;

// Where the unit was that is at this place now, counted from one; zero if there was none.
fn place_before(unit: u32) -> u32 {
    let element = unit / sizes.units;
    let column = element % sizes.after.z;
    let row = element / sizes.after.z % sizes.after.y;
    let layer = element / sizes.after.z / sizes.after.y;
    if layer >= min(sizes.before.x, sizes.after.x) || row >= sizes.before.y || column >= sizes.before.z {
        return 0u;
    }
    let place = (layer * sizes.before.y + row) * sizes.before.z + column;
    return place * sizes.units + unit % sizes.units + 1u;
}

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
    let word = id.y * sizes.across + id.x;
    if word >= sizes.words {
        return;
    }
    if sizes.bytes == 4u {
        let place = place_before(word);
        after[word] = select(0u, before[max(place, 1u) - 1u], place != 0u);
        return;
    }
    let count = 4u / sizes.bytes;
    let bits = 8u * sizes.bytes;
    var made = 0u;
    for (var part = 0u; part < count; part++) {
        let place = place_before(word * count + part);
        if place != 0u {
            let unit = (place - 1u) % count * bits;
            made |= extractBits(before[(place - 1u) / count], unit, bits) << (part * bits);
        }
    }
    after[word] = made;
}
