//! The library `polyfills.wgsl`, function by function.

use std::sync::LazyLock;

/// One function of the library.
pub(super) struct Polyfill {
    pub(super) name: &'static str,
    /// With the comment above it and a line break at the end.
    pub(super) text: &'static str,
    /// Positions in the library of the functions that it calls.
    pub(super) needs: Vec<usize>,
}

/// Every function, in the order of the file.
pub(super) static LIBRARY: LazyLock<Vec<Polyfill>> = LazyLock::new(|| {
    let functions: Vec<(&str, &str)> = include_str!("polyfills.wgsl")
        .split_inclusive("\n}\n")
        // What stands before a blank line is no part of the function.
        .map(|text| text.rsplit("\n\n").next().unwrap_or(text).trim_start())
        .filter_map(|text| Some((Header::of(text)?.name, text)))
        .collect();
    let names: Vec<&str> = functions.iter().map(|&(name, _)| name).collect();
    let polyfill = |(name, text)| Polyfill { name, text, needs: called(text, name, &names) };
    functions.into_iter().map(polyfill).collect()
});

/// The position of a function in the library.
pub(super) fn position(name: &str) -> Option<usize> {
    LIBRARY.iter().position(|polyfill| polyfill.name == name)
}

fn called(text: &str, name: &str, names: &[&str]) -> Vec<usize> {
    let calls = |callee: &str| callee != name && text.contains(&format!("{callee}("));
    names.iter().enumerate().filter(|(_, callee)| calls(callee)).map(|(position, _)| position).collect()
}

/// What stands before a function's body: `fn name(a: type, …) -> type {`.
pub(super) struct Header<'a> {
    pub(super) name: &'a str,
    /// Names and types.
    pub(super) parameters: Vec<(&'a str, &'a str)>,
    pub(super) result: &'a str,
}

impl<'a> Header<'a> {
    /// The header of the function whose text this is.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let line = text.lines().find_map(|line| line.strip_prefix("fn "))?;
        let (name, rest) = line.split_once('(')?;
        let (parameters, rest) = rest.split_once(')')?;
        let parameters = parameters.split(", ").filter_map(|parameter| parameter.split_once(": ")).collect();
        Some(Self { name, parameters, result: rest.trim_start_matches(" -> ").trim_end_matches(" {") })
    }
}

/// A function that applies a scalar one to each component of vectors of `size`; its name, and its text.
pub(super) fn component_by_component(scalar: &str, size: u8) -> Option<String> {
    let Header { name, parameters, result } = Header::of(scalar)?;
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
    Some(format!(
        "// Component by component.\nfn {name}_vec{size}({declared}) -> {result} {{\n    return {result}({components});\n}}\n"
    ))
}
