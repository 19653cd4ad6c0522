//! The representation of numbers, for the runs that programs make and for all others.
//!
//! `row * n + k` is a 32-bit integer in the runs that programs make, but not in the largest run there could be, and `n`, a uniform, could be a
//! fraction. So a kernel may come in two variants: `common`, right for every run that meets its conditions, and `general`, right for all. The
//! runtime knows the extents and uniforms of a run, and picks.
//!
//! The common variant is represented by what is expected of runs: extents of [`expected`] size, and uniforms that are integers of some
//! thousands where their first value was one. Its conditions are what it really needs, which is less: a sum over extents and uniforms for each number
//! that has to fit ([`super::represent`]). So any expectation is right; a good one makes a common variant that is fast and that most runs may take.

use artifact::{Conditions, Factor, Interface, MAX_EXTENT, Small, UniformDescription, UniformPart, UniformType};

use super::represent::{Represented, add, at_most, exact_uniforms, represent};
use crate::analysis::definitions::Definitions;
use crate::analysis::ranges::{Assumed, Facts, Inputs};
use crate::analysis::value::Value;
use crate::analysis::access;
use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir::{Block, Builtin, Expression, ExpressionKind, Kernel, Known, Statement};

/// A kernel with its numbers represented, once or twice.
pub struct Variants {
    /// Right for every run that meets `conditions`.
    pub common: Kernel,
    /// What it relies on.
    pub conditions: Conditions,
    /// The runs in which the indices of `common` marked [`Known::Inside`] are in range.
    pub inside: Vec<Conditions>,
    /// Right for the others, if there are others.
    pub general: Option<Kernel>,
}

/// How large extents and uniforms are expected to be, at most.
#[derive(Clone, Copy)]
struct Expected {
    extent: u32,
    /// Uniforms that are counts.
    uniform: u32,
    /// Uniforms that are integers by chance, as 2 is among scales: singles hold their products with thread ids.
    small: u32,
}

/// What is expected of runs of a kernel that looks at so many thread ids: as many threads in all, but fewer along each axis.
fn expected(axes: usize) -> Expected {
    match axes {
        0 | 1 => Expected { extent: 1 << 18, uniform: 1 << 12, small: 1 << 5 },
        2 => Expected { extent: 1 << 12, uniform: 1 << 12, small: 1 << 11 },
        _ => Expected { extent: 1 << 9, uniform: 1 << 9, small: 1 << 14 },
    }
}

/// Represents the numbers of a kernel that lowering made.
///
/// # Errors
///
/// Functions of doubles that are not there.
pub fn variants(kernel: &Kernel, interface: &Interface) -> Result<Variants> {
    let definitions = Definitions::of(kernel);
    let any = Facts::of(&definitions, Inputs::any(interface));
    let general = represent(&any, &any);
    if !general.refused.is_empty() {
        return Err(general.refused.iter().map(|&(builtin, span)| no_doubles(builtin, span)).collect());
    }
    let axes = access(kernel).axes_used.into_iter().filter(|used| *used).count();
    let expected = expected(axes);
    let facts_if = |integral: &[bool]| Facts::of(&definitions, inputs(interface, expected, integral));
    let mut integral = vec![false; interface.uniforms.len()];
    let mut facts = facts_if(&integral);
    let hints = interface.uniforms.iter().zip(&general.exact_uniforms);
    if hints.clone().any(|(described, exact)| *exact && is_integral(described)) {
        // Not where they are only compared with fractions.
        let exact = exact_uniforms(&facts, &any);
        integral = hints.zip(exact).map(|((described, _), exact)| exact && is_integral(described)).collect();
        facts = facts_if(&integral);
    }
    let common = represent(&facts, &any);
    if common.kernel == general.kernel {
        return Ok(only(general));
    }
    let conditions = conditions(&common, &general, interface, expected, &integral);
    if conditions.is_empty() {
        return Ok(only(common));
    }
    let Represented { kernel, inside, .. } = common;
    Ok(Variants { common: kernel, conditions, inside, general: Some(without_inside(general.kernel)) })
}

fn no_doubles(builtin: Builtin, span: Span) -> Diagnostic {
    let name = match builtin {
        Builtin::Pow => "a power with an exponent that is a fraction".to_owned(),
        _ => format!("`Math.{}`", builtin.name()),
    };
    Diagnostic::new(Code::NoDoubles, span)
        .message(format!("{name} is not there for doubles yet"))
        .note("what is computed from `f64` buffers and uniforms is a double, and so is what counts in steps that are fractions")
        .help("make singles of its operands first: `Math.fround(x)`")
}

/// What a kernel is given in the runs that are expected.
fn inputs<'i>(interface: &'i Interface, expected: Expected, integral: &[bool]) -> Inputs<'i> {
    let Expected { extent, uniform, small } = expected;
    let threads = [Value::integers(0.0, f64::from(extent.min(MAX_EXTENT)) - 1.0); 3];
    Inputs { interface, threads, assumed: Some(Assumed { integral: integral.to_vec(), most: uniform, small }) }
}

/// A kernel that is right for all runs.
fn only(represented: Represented) -> Variants {
    let Represented { kernel, inside, .. } = represented;
    Variants { common: kernel, conditions: Conditions::default(), inside, general: None }
}

/// Whether a uniform was an integer at first, although its type does not say so.
fn is_integral(described: &UniformDescription) -> bool {
    described.integral && is_open(described.ty)
}

/// Whether a uniform is a number of which nothing is known by its type.
fn is_open(ty: UniformType) -> bool {
    match ty {
        UniformType::Number | UniformType::Vec2 | UniformType::Vec3 | UniformType::Vec4 | UniformType::Numbers(_) => true,
        UniformType::Boolean
        | UniformType::Array(..)
        | UniformType::Vec2i
        | UniformType::Vec3i
        | UniformType::Vec4i
        | UniformType::Vec2u
        | UniformType::Vec3u
        | UniformType::Vec4u => false,
    }
}

/// What the common variant relies on: sums that fit, and what is assumed of the uniforms that it reads where more is asked of them than a single
/// gives.
fn conditions(
    common: &Represented,
    general: &Represented,
    interface: &Interface,
    expected: Expected,
    integral: &[bool],
) -> Conditions {
    let mut conditions = common.conditions.clone();
    let reads = access(&common.kernel).uniforms;
    let mut assumed = Vec::new();
    for (uniform, described) in interface.uniforms.iter().enumerate() {
        let is_read = reads.iter().any(|&(read, _)| read == uniform);
        if !is_read || !is_open(described.ty) {
            continue;
        }
        let part = UniformPart { uniform, component: None };
        if integral[uniform] {
            add(&mut conditions.integers, part);
            assumed.push(part);
        } else if general.exact_uniforms[uniform] {
            add(&mut conditions.small, Small { part, limit: expected.small });
        }
    }
    if common.expects {
        let extents = (0..3).map(|axis| at_most(Factor::Extent(axis), i64::from(expected.extent)));
        let factors = assumed.into_iter().flat_map(|part| [Factor::Positive(part), Factor::Negative(part)]);
        conditions.bounds.extend(extents);
        conditions.bounds.extend(factors.map(|factor| at_most(factor, i64::from(expected.uniform))));
    }
    conditions
}

/// The kernel without marks that hold in some runs only.
fn without_inside(mut kernel: Kernel) -> Kernel {
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        unmark_block(&mut function.body);
    }
    kernel
}

fn unmark_block(block: &mut Block) {
    for statement in &mut block.0 {
        let statement: &mut Statement = statement;
        statement.expressions_mut().into_iter().for_each(unmark);
        statement.blocks_mut().into_iter().for_each(unmark_block);
    }
}

fn unmark(expression: &mut Expression) {
    expression.operands_mut().into_iter().for_each(unmark);
    if let ExpressionKind::InRange { index, known: Known::Inside(_) } = &mut expression.kind {
        let index = std::mem::replace(index, Box::new(Expression::bool(false, expression.span)));
        *expression = *index;
    }
}
