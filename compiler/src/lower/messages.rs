//! The wording of refusals that several places share or that need more than a line.

use std::fmt;

use crate::diagnostics::{Code, Diagnostic, Span, closest};
use crate::ir::Expression;
use crate::syntax::tree::ForeignKind;

/// Things of the host that people reach for in a kernel, and what to use instead.
const HOST_NAMES: &[(&[&str], &str)] = &[
    (&["console", "alert", "print"], "write the value into a buffer and read it with `readBuffer`"),
    (
        &[
            "window",
            "document",
            "navigator",
            "globalThis",
            "process",
            "require",
            "performance",
            "fetch",
            "self",
        ],
        "a kernel runs on the GPU and sees only what its interface has: pass values through uniforms or buffers",
    ),
    (
        &["Array", "Float32Array", "Object", "Map", "Set"],
        "use `array([…])` or `array(size, fill)`, or a buffer",
    ),
    (&["parseInt", "Number"], "use `Math.trunc` or `Math.floor`"),
    (&["isNaN"], "a value that is NaN is not equal to itself: `x !== x`"),
    (&["Date"], "pass the time as a uniform"),
];

/// How a kernel gets at a buffer or a uniform.
pub(super) enum Way {
    /// By this name.
    Path(String),
    /// By this pattern in its parameter.
    Pattern(String),
}

pub(super) fn unknown_name<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
    way: &Way,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownName, span).message(format!("unknown name `{name}`"));
    if name.starts_with("cov_") || name.starts_with("__coverage") || name.starts_with("__cov") {
        return diagnostic
            .note("this is a counter that a coverage tool put into the kernel")
            .help("exclude kernels from instrumentation, for example with `/* istanbul ignore next */`");
    }
    if let Some((_, advice)) = HOST_NAMES.iter().find(|(names, _)| names.contains(&name)) {
        return diagnostic
            .note(format!("`{name}` belongs to the host; a kernel cannot reach it"))
            .help(*advice);
    }
    if let Some(near) = closest(name, known) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    diagnostic
        .note("a kernel sees its own variables and functions, its parameter, `Math` and the library's functions, not the variables around it")
        .help(match way {
            Way::Path(path) => format!("pass the value as a uniform and read `{path}`"),
            Way::Pattern(pattern) => {
                format!("pass the value as a uniform and write `{pattern}` in the kernel's parameter")
            }
        })
}

/// A buffer or uniform, named as if it were a variable.
pub(super) fn without_owner(name: &str, span: Span, way: &Way) -> Diagnostic {
    Diagnostic::new(Code::UnknownName, span).message(format!("unknown name `{name}`")).help(match way {
        Way::Path(path) => format!("write `{path}`"),
        Way::Pattern(pattern) => format!("write `{pattern}` in the kernel's parameter"),
    })
}

pub(super) fn captured_variable(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::CapturedVariable, span)
        .message(format!("`{name}` is a variable of the kernel, which its functions do not see"))
        .note("of these they see constants that are a number as it is written or a part of the inputs")
        .help(format!("give the function a parameter and pass `{name}` to it"))
}

pub(super) fn renamed_import(name: &str, span: Span) -> Diagnostic {
    Diagnostic::new(Code::RenamedImport, span)
        .message(format!("`{name}` is not known; it may be an import that a minifier renamed"))
        .note("a kernel is compiled from its own text, and the text no longer says which library function this was")
        .help(
            "tell the minifier to keep the names imported from 'hpc.js', leave the package out of the bundle, \
             or compile kernels when the application is built",
        )
}

pub(super) fn unsupported(construct: impl fmt::Display, span: Span) -> Diagnostic {
    Diagnostic::new(Code::Unsupported, span).message(format!("{construct} cannot be used in a kernel"))
}

/// What no kernel has, by its kind.
pub(super) fn foreign(kind: ForeignKind, span: Span) -> Diagnostic {
    let (construct, help) = match kind {
        ForeignKind::Template => ("a template", "kernels compute with numbers, booleans and vectors"),
        ForeignKind::Null => ("`null`", "use 0 or false"),
        ForeignKind::BigInt => {
            ("a BigInt", "write the number without `n`; integers are exact up to 2147483647")
        }
        ForeignKind::RegExp => ("a regular expression", "kernels compute with numbers, booleans and vectors"),
        ForeignKind::Class => ("a class", "use functions and vectors"),
        ForeignKind::New => ("`new`", "use `vec2(…)`, `vec3(…)`, `vec4(…)` or `array(…)`"),
        ForeignKind::Await => ("`await`", "a kernel runs from start to end; await on the host"),
        ForeignKind::Yield => ("`yield`", "a kernel runs from start to end"),
        ForeignKind::This => ("`this`", "everything is reached through the kernel's parameter"),
        ForeignKind::OptionalChain => {
            ("optional chaining", "nothing in a kernel can be undefined: write `.`")
        }
        ForeignKind::Import => ("`import`", "declare the function in the kernel"),
        ForeignKind::Destructuring => ("destructuring", "assign one variable at a time"),
        ForeignKind::Hole => ("a hole in an array", "list every element"),
        ForeignKind::ForIn => ("`for … in`", "count with `for (let i = 0; i < n; i++)`"),
        ForeignKind::ForOf => ("`for … of`", "count with `for (let i = 0; i < dim(a); i++)`"),
        ForeignKind::Throw => ("`throw`", "a kernel cannot fail; write a mark into a buffer"),
        ForeignKind::Try => ("`try`", "nothing in a kernel throws"),
        ForeignKind::With => ("`with`", "name the object"),
        ForeignKind::Debugger => ("`debugger`", "run the kernel on the debug backend to step through it"),
        ForeignKind::Other => ("this", "see the list of what the kernel language has"),
    };
    unsupported(construct, span).help(help)
}

pub(super) fn unknown_member<'a>(
    owner: impl fmt::Display,
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(Code::UnknownMember, span).message(format!("`{owner}` has no property `{name}`"));
    let listed = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let known: Vec<&str> = known.into_iter().collect();
    match (closest(name, known.iter().copied()), &known[..]) {
        (Some(near), _) => diagnostic.help(format!("did you mean `{near}`?")),
        (None, []) => diagnostic.note(format!("`{owner}` is empty: none were given to the interface")),
        (None, known) if known.len() <= 12 => diagnostic.help(format!("it has {}", listed(known))),
        (None, _) => diagnostic,
    }
}

/// Says which arguments were given and which would have fitted: `wanted` gives the name of the function, and how it can be called.
pub(super) fn no_overload(
    given: &[Expression],
    span: Span,
    wanted: impl FnOnce() -> (String, Vec<String>),
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::NoOverload, span);
    let (name, candidates) = wanted();
    let types: Vec<String> = given.iter().map(|value| value.ty.user_name()).collect();
    let given = if types.is_empty() {
        "without arguments".to_owned()
    } else {
        format!("with ({})", types.join(", "))
    };
    let diagnostic = diagnostic.message(format!("`{name}` cannot be called {given}"));
    candidates
        .into_iter()
        .fold(diagnostic, |diagnostic, candidate| diagnostic.note(format!("it can be called as {candidate}")))
}
