//! The libraries of WGSL functions, function by function: `polyfills.wgsl`, and those on doubles.
//!
//! | file | what |
//! |---|---|
//! | `polyfills.wgsl` | what JavaScript has and WGSL has not, or does otherwise |
//! | `wide_software.wgsl` | doubles on devices without |
//! | `wide_native.wgsl` | doubles on devices that have them |
//! | `wide_whole.wgsl` | operators of doubles that are known to be integers, on devices that have doubles |
//! | `wide_parts.wgsl` | what both do to doubles taken apart |
//! | `wide_vectors.wgsl` | vectors of doubles |

use super::text::WIDE;

/// One function of the library.
pub(super) struct Polyfill {
    pub(super) header: Header<'static>,
    /// The WGSL, with its comment above and a line break at the end.
    pub(super) text: &'static str,
    /// Positions in the library of the functions that it calls.
    pub(super) needs: &'static [usize],
}

/// What stands before a function's body: `fn name(a: type, …) -> type {`.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    /// The parameters' names and types.
    pub(super) parameters: &'a [(&'a str, &'a str)],
    pub(super) result: &'a str,
}

/// Every function, in the order of the files. `build.rs` makes the tables.
static LIBRARY: &[Polyfill] = include!(concat!(env!("OUT_DIR"), "/library.rs"));

/// The same for devices that have doubles themselves, which pages never do.
#[cfg(not(target_arch = "wasm32"))]
static LIBRARY_OF_NATIVE_DOUBLES: &[Polyfill] =
    include!(concat!(env!("OUT_DIR"), "/library_of_native_doubles.rs"));

/// The library for a device that has doubles or not.
pub(super) fn library(native_doubles: bool) -> &'static [Polyfill] {
    #[cfg(not(target_arch = "wasm32"))]
    if native_doubles {
        return LIBRARY_OF_NATIVE_DOUBLES;
    }
    debug_assert!(!native_doubles, "a page has no doubles");
    LIBRARY
}

/// A function that applies a scalar one to each component of vectors of `size`; its name, and its text.
pub(super) fn component_by_component(scalar: &Header<'_>, size: u8) -> String {
    let Header { name, parameters, result } = scalar;
    let vector = |scalar: &str| match scalar {
        WIDE => format!("{WIDE}{size}"),
        "bool" => format!("vec{size}<bool>"),
        _ => format!("vec{size}{}", scalar.get(..1).unwrap_or("f")),
    };
    let declared: Vec<String> =
        parameters.iter().map(|(name, ty)| format!("{name}: {}", vector(ty))).collect();
    let component = |component: &&str| {
        let arguments: Vec<String> =
            parameters.iter().map(|(name, _)| format!("{name}.{component}")).collect();
        format!("{name}({})", arguments.join(", "))
    };
    let components: Vec<String> =
        super::text::COMPONENTS.iter().take(usize::from(size)).map(component).collect();
    let (declared, components) = (declared.join(", "), components.join(", "));
    let result = vector(result);
    format!(
        "// Component by component.\nfn {name}_vec{size}({declared}) -> {result} {{\n    return {result}({components});\n}}\n"
    )
}
