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
    (
        &["parseInt", "parseFloat"],
        "there are no texts to read numbers from; `Math.trunc(x)` cuts fractions off",
    ),
    (&["Number"], "a number is one already, and of a boolean `b ? 1 : 0` makes one"),
    (&["Boolean"], "write `!!x`"),
    (&["isNaN"], NOT_A_NUMBER),
    (&["isFinite"], FINITE),
    (&["Date"], "pass the time as a uniform"),
];

const NOT_A_NUMBER: &str = "a value that is NaN is not equal to itself: `x !== x`";
const FINITE: &str = "write `Math.abs(x) < Infinity`";

/// Properties of `Number`, and what to write instead.
const NUMBER_MEMBERS: &[(&str, &str)] = &[
    ("isNaN", NOT_A_NUMBER),
    ("isFinite", FINITE),
    ("isInteger", "write `Math.floor(x) === x`, which is true of infinities too"),
    ("isSafeInteger", "write `Math.floor(x) === x && Math.abs(x) < 2 ** 53`"),
    ("EPSILON", "write `2 ** -52`"),
    ("MAX_SAFE_INTEGER", "write `2 ** 53 - 1`"),
    ("MIN_SAFE_INTEGER", "write `-(2 ** 53 - 1)`"),
    ("MAX_VALUE", "write `1.7976931348623157e308`"),
    ("POSITIVE_INFINITY", "write `Infinity`"),
    ("NEGATIVE_INFINITY", "write `-Infinity`"),
    ("NaN", "write `NaN`"),
];

/// How a kernel gets at a buffer or a uniform.
pub(super) enum Way {
    /// The path to write, such as `inputs.uniforms.n`.
    Path(String),
    /// The pattern to write in the kernel's parameter, such as `({ uniforms: { n } })`.
    Pattern(String),
}

/// What an unknown name is used for.
pub(super) struct Use<'t> {
    /// Whether it is called.
    pub(super) is_called: bool,
    /// The property that is read of it, such as `isNaN` in `Number.isNaN`.
    pub(super) member: Option<&'t str>,
    /// The way to reach it if it were a uniform.
    pub(super) way: &'t Way,
}

pub(super) fn unknown_name<'a>(
    name: &str,
    span: Span,
    known: impl IntoIterator<Item = &'a str>,
    usage: Use<'_>,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::UnknownName, span).message(format!("unknown name `{name}`"));
    if name.starts_with("cov_") || name.starts_with("__coverage") || name.starts_with("__cov") {
        return diagnostic
            .note("this is a counter that a coverage tool put into the kernel")
            .help("exclude kernels from instrumentation, for example with `/* istanbul ignore next */`");
    }
    let member = NUMBER_MEMBERS.iter().find(|(member, _)| name == "Number" && usage.member == Some(member));
    let host = HOST_NAMES.iter().find(|(names, _)| names.contains(&name));
    if let Some(advice) = member.map(|(_, advice)| advice).or(host.map(|(_, advice)| advice)) {
        return diagnostic
            .note(format!("`{name}` belongs to the host; a kernel cannot reach it"))
            .help(*advice);
    }
    if let Some(near) = closest(name, known) {
        return diagnostic.help(format!("did you mean `{near}`?"));
    }
    let diagnostic = diagnostic
        .note("a kernel sees its own variables and functions, its parameter, `Math` and the library's functions, not the variables around it");
    if usage.is_called {
        return diagnostic
            .help(format!("declare the function at the top of the kernel: `function {name}(…) {{ … }}`"));
    }
    let uniform = match usage.way {
        Way::Path(path) => format!("`{path}`"),
        Way::Pattern(pattern) => format!("`{pattern}` in the kernel's parameter"),
    };
    diagnostic.help(format!(
        "hand it in: `createKernel(kernel, {{ constants: {{ {name} }} }})`; or make it a uniform, if it changes from run to run: {uniform}"
    ))
}

/// A buffer or uniform, named as if it were a variable.
pub(super) fn without_owner(name: &str, span: Span, way: &Way) -> Diagnostic {
    Diagnostic::new(Code::UnknownName, span).message(format!("unknown name `{name}`")).help(match way {
        Way::Path(path) => format!("write `{path}`"),
        Way::Pattern(pattern) => format!("write `{pattern}` in the kernel's parameter"),
    })
}

pub(super) fn recursion(name: &str, declared: Span, call: Span) -> Diagnostic {
    Diagnostic::new(Code::Recursion, call)
        .message(format!("`{name}` calls itself, directly or through another function"))
        .and_label(declared, "declared here")
        .note("a GPU has no call stack")
        .help("use a loop, with an `array(…)` as the stack if one is needed")
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

/// Functions that `Math` has on the host only, or that people look for there.
const BESIDE_MATH: &[(&str, &str)] = &[
    ("log1p", "write `Math.log(1 + x)`"),
    ("expm1", "write `Math.exp(x) - 1`"),
    ("f16round", "store it in a buffer of type `f16`"),
    ("clamp", "write `clamp(x, low, high)`, which hpc.js exports"),
    ("mix", "write `mix(a, b, t)`, which hpc.js exports"),
    ("lerp", "write `mix(a, b, t)`, which hpc.js exports"),
    ("fract", "write `fract(x)`, which hpc.js exports"),
    ("step", "write `step(edge, x)`, which hpc.js exports"),
    ("smoothstep", "write `smoothstep(low, high, x)`, which hpc.js exports"),
    ("mod", "write `x % y`"),
    ("radians", "write `x * Math.PI / 180`"),
    ("degrees", "write `x * 180 / Math.PI`"),
];

/// What to write instead of a function that `Math` does not have.
pub(super) fn missing_from_math(name: &str, span: Span) -> Option<Diagnostic> {
    let (_, advice) = BESIDE_MATH.iter().find(|(known, _)| *known == name)?;
    let diagnostic = Diagnostic::new(Code::UnknownMember, span);
    Some(diagnostic.message(format!("kernels have no `Math.{name}`")).help(*advice))
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
        ForeignKind::ForOf => {
            ("`for … of` with a variable of elsewhere", "declare it there: `for (const element of list)`")
        }
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
