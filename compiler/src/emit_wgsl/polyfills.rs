//! The libraries of WGSL functions, function by function: `polyfills.wgsl`, and doubles (`hpc__wide`) by `wide_parts.wgsl` and one of
//! `wide_software.wgsl` and `wide_native.wgsl`, which have the same functions.

/// One function.
pub(super) struct Polyfill {
    pub(super) header: Header<'static>,
    /// With the comment above it and a line break at the end.
    pub(super) text: &'static str,
    /// Positions in the table of the functions that it calls.
    pub(super) needs: &'static [usize],
    /// Whether it is for devices with doubles of their own or for those without, if not for all.
    pub(super) native_doubles: Option<bool>,
}

/// What stands before a function's body: `fn name(a: type, …) -> type {`.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    /// Names and types.
    pub(super) parameters: &'a [(&'a str, &'a str)],
    pub(super) result: &'a str,
}

/// Every function, in the order of the files. `build.rs` makes the table.
pub(super) static LIBRARY: &[Polyfill] = include!(concat!(env!("OUT_DIR"), "/polyfills.rs"));

/// The position in the table of a function for devices with or without doubles of their own.
pub(super) fn position(name: &str, native_doubles: bool) -> Option<usize> {
    let suits = |polyfill: &Polyfill| polyfill.native_doubles.is_none_or(|native| native == native_doubles);
    LIBRARY.iter().position(|polyfill| polyfill.header.name == name && suits(polyfill))
}

/// A function that applies a scalar one to each component of vectors of `size`; its name, and its text.
pub(super) fn component_by_component(scalar: &Header<'_>, size: u8) -> String {
    let Header { name, parameters, result } = scalar;
    let vector = |scalar: &str| format!("vec{size}{}", scalar.get(..1).unwrap_or("f"));
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
