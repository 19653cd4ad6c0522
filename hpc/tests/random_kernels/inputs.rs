//! What kernels are given: buffers of every type, uniforms of every kind, a few extents.

use artifact::{BufferDescription, ElementType};
use interpreter::Memory;

use crate::judge::Uniform;

/// How many numbers a thread has in `notes` and in `own`.
pub(crate) const SLOTS: u32 = 8;

/// Buffers that kernels read, with their sizes.
pub(crate) const READ: &[(&str, ElementType, &[u32])] = &[
    ("ints", ElementType::Number, &[19]),
    ("grid", ElementType::Vec2, &[5, 7]),
    ("cube", ElementType::Vec3, &[3, 4, 5]),
    ("quads", ElementType::Vec4, &[11]),
    ("i32s", ElementType::I32, &[13]),
    ("u32s", ElementType::U32, &[16]),
    ("i16s", ElementType::I16, &[9]),
    ("u16s", ElementType::U16, &[4, 5]),
    ("i8s", ElementType::I8, &[17]),
    ("u8s", ElementType::U8, &[6, 3]),
    ("clampeds", ElementType::U8Clamped, &[7]),
    ("f16s", ElementType::F16, &[15]),
    ("f64s", ElementType::F64, &[23]),
    ("booleans", ElementType::Boolean, &[10]),
    ("vec2is", ElementType::Vec2i, &[5]),
    ("vec3is", ElementType::Vec3i, &[4]),
    ("vec4is", ElementType::Vec4i, &[2, 3]),
    ("vec2us", ElementType::Vec2u, &[3]),
    ("vec3us", ElementType::Vec3u, &[2, 2]),
    ("vec4us", ElementType::Vec4u, &[6]),
];

/// Buffers of which each thread has an element of its own.
const OWN: &[(&str, ElementType)] = &[
    ("out", ElementType::F64),
    ("doubles", ElementType::F64),
    ("numbers", ElementType::Number),
    ("halves", ElementType::F16),
    ("int32", ElementType::I32),
    ("uint32", ElementType::U32),
    ("int16", ElementType::I16),
    ("uint16", ElementType::U16),
    ("int8", ElementType::I8),
    ("uint8", ElementType::U8),
    ("clamped", ElementType::U8Clamped),
    ("flags", ElementType::Boolean),
    ("floats", ElementType::Number),
];

/// The buffers that kernels of a rank see: those that are read, then those that are written.
pub(crate) fn buffers(rank: usize) -> Vec<BufferDescription> {
    let described = |name: &str, element, size: &[u32]| BufferDescription {
        name: name.into(),
        element,
        size: size.into(),
    };
    let (size, slots, vector, cell): (&[u32], &[u32], _, _) = match rank {
        1 => (&[19], &[19, SLOTS], ElementType::Vec2, ElementType::Vec2i),
        2 => (&[5, 4], &[5, 4, SLOTS], ElementType::Vec3, ElementType::Vec3u),
        _ => (&[3, 2, 3], &[3, 2, 3 * SLOTS], ElementType::Vec4, ElementType::Vec4i),
    };
    let read = READ.iter().map(|&(name, element, size)| described(name, element, size));
    let own = OWN.iter().map(|&(name, element)| described(name, element, size));
    let vectors =
        [("vectors", vector), ("cells", cell)].map(|(name, element)| described(name, element, size));
    let slots = [("notes", ElementType::F64), ("own", ElementType::I32)]
        .map(|(name, element)| described(name, element, slots));
    read.chain(own).chain(vectors).chain(slots).collect()
}

/// Integers where representations end, and some in between.
const EDGES: &[f64] = &[
    0.0,
    1.0,
    -1.0,
    7.0,
    255.0,
    256.0,
    -129.0,
    65_535.0,
    16_777_215.0,
    16_777_217.0,
    -16_777_219.0,
    2_147_483_647.0,
    -2_147_483_648.0,
    2_147_483_649.0,
    4_294_967_295.0,
    4_294_967_297.0,
    374_761_393.0,
    9_007_199_254_740_991.0,
    -9_007_199_254_740_992.0,
    3.0,
    40.0,
    -5.0,
    1_000_000_007.0,
];

/// Numbers with all the digits that doubles have.
const DOUBLES: &[f64] = &[
    0.1,
    -2.5,
    1.0 / 3.0,
    4_503_599_627_370_497.5,
    -0.0,
    1e300,
    5e-324,
    2.0,
    1e-7,
    -16_777_217.75,
    123_456.789,
    1e15,
    f64::NAN,
    f64::INFINITY,
];

/// Fills a buffer with what it holds before each run.
pub(crate) fn contents(buffer: &BufferDescription, which: usize) -> Vec<f64> {
    let small =
        |place: usize, range: usize| ((place * 37 + which * 5) % (2 * range - 1)) as f64 - (range - 1) as f64;
    let number = |place: usize| {
        let (edge, double) = (EDGES[(place + which) % EDGES.len()], DOUBLES[(place + which) % DOUBLES.len()]);
        match (buffer.element, &*buffer.name) {
            // What is computed from these is compared roughly, or has to stay small.
            (_, "floats") => small(place, 9) * 0.25,
            (ElementType::Vec2 | ElementType::Vec3 | ElementType::Vec4, _) => small(place, 9),
            (_, "out" | "notes" | "own") => small(place, 1021),
            (ElementType::F64, _) if place.is_multiple_of(3) => edge,
            (ElementType::F64, _) => double,
            (ElementType::Number | ElementType::F16, _) => edge + [0.0, 0.25, 0.5][place % 3],
            (ElementType::Boolean, _) => (place % 3 / 2) as f64,
            _ if place.is_multiple_of(2) => small(place, 40),
            _ => edge,
        }
    };
    let is_padding = |place: usize| buffer.element.components() == 3 && place % 4 == 3;
    let count = buffer.element_count() as usize * buffer.element.slots();
    (0..count).map(|place| if is_padding(place) { 0.0 } else { number(place) }).collect()
}

/// What all buffers hold before each run.
pub(crate) fn memory(interface: &artifact::Interface) -> Memory {
    let mut memory = Memory::new(interface);
    for (which, buffer) in interface.buffers.iter().enumerate() {
        memory.fill(interface, which, &contents(buffer, which));
    }
    memory
}

/// Which values uniforms have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Values {
    /// Integers, as most programs set them.
    Small,
    /// Integers, and some of them are larger than 32 bits hold.
    Large,
    /// What is no count: negative numbers, -0, NaN, infinity.
    Odd,
    /// Fractions, where a number can be one.
    Fractions,
}

/// The uniforms of all interfaces.
pub(crate) fn uniforms(values: Values) -> Vec<Uniform> {
    let pick = |choices: [&[f64]; 4]| choices[values as usize].to_vec();
    let list: [(&str, &str, Vec<f64>); 14] = [
        ("count", "number", pick([&[7.0], &[16_777_217.0], &[-3.0], &[3.5]])),
        ("size", "number", pick([&[1000.0], &[4_294_967_296.0], &[-0.0], &[16_777_216.75]])),
        ("large", "number", pick([&[65_536.0], &[9_007_199_254_740_991.0], &[f64::INFINITY], &[-0.1]])),
        ("flag", "boolean", pick([&[1.0], &[0.0], &[1.0], &[0.0]])),
        ("scale", "number", pick([&[0.75], &[0.25], &[-0.5], &[0.625]])),
        ("two", "vec2", pick([&[3.0, -4.0], &[0.0, 9.0], &[-1.0, 1.0], &[5.0, 2.0]])),
        ("three", "vec3", pick([&[1.0, -2.0, 5.0], &[7.0, 7.0, -7.0], &[0.0, 0.0, 0.0], &[9.0, 8.0, -1.0]])),
        (
            "four",
            "vec4",
            pick([
                &[-7.0, 2.0, 0.0, 9.0],
                &[1.0, 1.0, 1.0, 2.0],
                &[-9.0, 3.0, 4.0, 0.0],
                &[0.0, 5.0, -5.0, 6.0],
            ]),
        ),
        (
            "weights",
            "number[]",
            pick([
                &[1.0, 4.0, 6.0, 4.0, 1.0],
                &[2_147_483_648.0, 9_007_199_254_740_991.0, -4_294_967_297.0, -2_147_483_649.0, 16_777_217.0],
                &[0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY],
                &[1.5, 4.25, -6.75, 4.0, 0.1],
            ]),
        ),
        (
            "table",
            "u32[]",
            pick([
                &[3.0, 1.0, 4.0, 1.0],
                &[0.0, 4_294_967_295.0, 7.0, 2_147_483_648.0],
                &[0.0; 4],
                &[9.0, 8.0, 16_777_217.0, 1.0],
            ]),
        ),
        (
            "steps",
            "i16[]",
            pick([
                &[2.0, -1.0, 5.0],
                &[32_767.0, -32_768.0, 0.0],
                &[-1.0, -2.0, -3.0],
                &[100.0, 200.0, -300.0],
            ]),
        ),
        (
            "deltas",
            "f64[]",
            pick([
                &[0.1, 4_294_967_297.0, -1.0, 9_007_199_254_740_991.0],
                &[1e300, -1e-300, 0.3, 2.0],
                &[f64::NAN, -0.0, f64::INFINITY, 5e-324],
                &[1.0 / 3.0, 16_777_217.1, 0.5, -2.0],
            ]),
        ),
        (
            "cell",
            "vec2i",
            pick([&[5.0, -6.0], &[2_147_483_647.0, -2_147_483_648.0], &[0.0, -1.0], &[16_777_217.0, 3.0]]),
        ),
        (
            "color",
            "vec3u",
            pick([
                &[255.0, 128.0, 1.0],
                &[4_294_967_295.0, 2_147_483_648.0, 0.0],
                &[0.0; 3],
                &[16_777_217.0, 3.0, 2.0],
            ]),
        ),
    ];
    list.into_iter().map(|(name, ty, numbers)| Uniform { name, ty, numbers }).collect()
}

/// Odd sizes, some that stick out of the buffers, and a single thread.
pub(crate) fn extents(rank: usize) -> [[u32; 3]; 3] {
    match rank {
        1 => [[13, 1, 1], [21, 1, 1], [1, 1, 1]],
        2 => [[5, 3, 1], [6, 5, 1], [1, 2, 1]],
        _ => [[3, 2, 2], [2, 3, 4], [2, 1, 1]],
    }
}
