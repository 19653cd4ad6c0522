//! The representation of numbers, for the runs that programs make and for all others.
//!
//! `row * n + k` is a 32-bit integer in the runs that programs make, but not in the largest run there could be, and `n`, a uniform, could be a
//! fraction. So a kernel may come in two variants: `common`, right for every run that meets its conditions, and `general`, right for all. The
//! runtime knows the extents and uniforms of a run, and picks.
//!
//! The common variant is represented by what is expected of runs: extents of some size (`expected`), and uniforms that are integers of some
//! thousands where their first value was one. Its conditions are what it really needs, which is less: a sum over extents and uniforms for each number
//! that has to fit ([`super::represent`]). So any expectation is right; a good one makes a common variant that is fast and that most runs may take.

use artifact::{
    Conditions, Factor, Interface, LogCall, MAX_EXTENT, Small, UniformDescription, UniformPart, UniformType,
};

use super::accumulate::{Accumulation, accumulate, accumulates};
use super::represent::{Represented, Wide, add, at_most, exact_uniforms, represent};
use crate::analysis::access;
use crate::analysis::definitions::Definitions;
use crate::analysis::inputs::{Granted, Inputs};
use crate::analysis::own::{Own, own};
use crate::analysis::ranges::Facts;
use crate::analysis::value::Value;
use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir::{Block, Builtin, Expression, ExpressionKind, Kernel, Known, Statement};

/// A kernel with its numbers represented, once or twice.
pub struct Variants {
    /// The variant that is right for every run that meets `conditions`.
    pub common: Kernel,
    /// The conditions under which `common` is right.
    pub conditions: Conditions,
    /// The runs in which the indices of `common` marked [`Known::Conditionally`] are in range.
    pub in_range: Vec<Conditions>,
    /// The variant for all other runs, if `conditions` exclude any.
    pub general: Option<Kernel>,
    /// The numbers of `common` that are doubles.
    pub wide: Vec<Wide>,
    /// The accumulations of `common`, each with the way it is computed.
    pub accumulations: Vec<Accumulation>,
    /// The calls of `console.log`.
    pub log: Vec<LogCall>,
}

/// How large extents and uniforms are expected to be, at most.
#[derive(Clone, Copy)]
struct Expected {
    extent: u32,
    /// The largest uniform that is used as a count.
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
    let own = if accumulates(kernel) { own_buffers(kernel, interface) } else { Own::new() };
    let (common, accumulations) = accumulate(kernel, |buffer| own.get(&buffer).cloned());
    let needed = accumulations.iter().filter_map(|found| found.own.as_ref());
    let needed = needed.fold(Conditions::default(), both);
    let mut variants = represented(&common, interface)?;
    if !needed.is_empty() {
        let in_all = |buffer| own.get(&buffer).filter(|needed| needed.is_empty()).cloned();
        let (shared, _) = accumulate(kernel, in_all);
        let general = represented(&shared, interface)?;
        variants.conditions = both(variants.conditions, &needed);
        variants.general = Some(general.general.unwrap_or(without_conditional_ranges(general.common)));
    }
    Ok(Variants { accumulations, ..variants })
}

/// The buffers whose elements belong to one thread each, and in which runs.
fn own_buffers(kernel: &Kernel, interface: &Interface) -> Own {
    let definitions = Definitions::of(kernel);
    let facts = Facts::of(&definitions, inputs(interface, MAX_EXTENT, |_| Granted::Any));
    own(&facts)
}

/// What asks for all that two ask for.
fn both(mut one: Conditions, other: &Conditions) -> Conditions {
    other.integers.iter().for_each(|&part| add(&mut one.integers, part));
    other.small.iter().for_each(|&small| add(&mut one.small, small));
    other.bounds.iter().for_each(|bound| add(&mut one.bounds, bound.clone()));
    one
}

/// Represents the numbers of a kernel whose accumulations are what they are.
fn represented(kernel: &Kernel, interface: &Interface) -> Result<Variants> {
    let definitions = Definitions::of(kernel);
    let (asked, any) = asked(&definitions, interface, MAX_EXTENT);
    // Where nothing is asked, this is what holds in any run.
    let any = any.unwrap_or_else(|| {
        Facts::of(&definitions, inputs(interface, MAX_EXTENT, |uniform| general(asked[uniform])))
    });
    let general = represent(&any, &any);
    if !general.refused.is_empty() {
        return Err(general.refused.iter().map(|&(builtin, span)| no_doubles(builtin, span)).collect());
    }
    let axes = access(kernel).axes_used.into_iter().filter(|used| *used).count();
    let expected = expected(axes);
    // Less may be asked where no sum overflows.
    let asked =
        if asked.contains(&true) { self::asked(&definitions, interface, expected.extent).0 } else { asked };
    let granted = |uniform: usize| expected.granted(&interface.uniforms[uniform], asked[uniform]);
    let facts = Facts::of(&definitions, inputs(interface, expected.extent.min(MAX_EXTENT), granted));
    let common = represent(&facts, &any);
    if common.kernel == general.kernel {
        return Ok(only(general));
    }
    let conditions = conditions(&common, expected, &facts.inputs().uniforms);
    if conditions.is_empty() {
        return Ok(only(common));
    }
    let Represented { kernel, in_range, wide, .. } = common;
    let general = Some(without_conditional_ranges(general.kernel));
    Ok(Variants {
        wide,
        common: kernel,
        conditions,
        in_range,
        general,
        accumulations: Vec::new(),
        log: Vec::new(),
    })
}

/// Of which uniforms it is asked whether they are integers: those that count, index, or are rounded, masked or stored as integers. A scale of
/// coordinates, or a time, is as good as a fraction. In runs over at most `extent` threads along each axis; and what is found there if all
/// are as good as fractions, if they are.
fn asked<'d, 'k>(
    definitions: &'d Definitions<'k>,
    interface: &'d Interface,
    extent: u32,
) -> (Vec<bool>, Option<Facts<'d, 'k>>) {
    if !interface.uniforms.iter().any(|described| is_open(described.ty)) {
        return (vec![true; interface.uniforms.len()], None);
    }
    let facts = Facts::of(definitions, inputs(interface, extent, |_| Granted::Fraction));
    let mut asked = exact_uniforms(&facts);
    // Where a rank's part begins is as much an integer as its thread ids.
    for (asked, described) in asked.iter_mut().zip(&interface.uniforms) {
        *asked |= described.name.starts_with(artifact::RANK_PREFIX);
    }
    let is_found = !asked.contains(&true);
    (asked, is_found.then_some(facts))
}

/// What is granted to the text for all runs.
fn general(asked: bool) -> Granted {
    if asked { Granted::Any } else { Granted::Fraction }
}

impl Expected {
    /// What is granted of a uniform in the runs that are expected.
    fn granted(self, described: &UniformDescription, asked: bool) -> Granted {
        match (asked, described.integral) {
            _ if !is_open(described.ty) => Granted::Any,
            (false, _) => Granted::Fraction,
            (true, true) => Granted::Integer(self.uniform),
            (true, false) => Granted::Small(self.small),
        }
    }
}

/// What a kernel is given, at most so many threads along each axis.
fn inputs(interface: &Interface, extent: u32, granted: impl Fn(usize) -> Granted) -> Inputs<'_> {
    let threads = [Value::integers(0.0, f64::from(extent) - 1.0); 3];
    Inputs { interface, threads, uniforms: (0..interface.uniforms.len()).map(granted).collect() }
}

/// A kernel that is right for all runs.
fn only(represented: Represented) -> Variants {
    let Represented { kernel, in_range, wide, .. } = represented;
    let conditions = Conditions::default();
    Variants {
        wide,
        common: kernel,
        conditions,
        in_range,
        general: None,
        accumulations: Vec::new(),
        log: Vec::new(),
    }
}

/// Whether a uniform is a number of which nothing is known by its type.
fn is_open(ty: UniformType) -> bool {
    match ty {
        UniformType::Number
        | UniformType::Vec2
        | UniformType::Vec3
        | UniformType::Vec4
        | UniformType::Numbers(_) => true,
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

/// What the common variant relies on: sums that fit, and what was granted of the uniforms that it reads.
fn conditions(common: &Represented, expected: Expected, granted: &[Granted]) -> Conditions {
    let mut conditions = common.conditions.clone();
    let reads = access(&common.kernel).uniforms;
    let mut integers = Vec::new();
    for (uniform, granted) in granted.iter().enumerate() {
        let part = UniformPart { uniform, component: None };
        match granted {
            _ if !reads.iter().any(|&(read, _)| read == uniform) => {}
            Granted::Integer(_) => {
                add(&mut conditions.integers, part);
                integers.push(part);
            }
            &Granted::Small(limit) => add(&mut conditions.small, Small { part, limit }),
            Granted::Any | Granted::Fraction => {}
        }
    }
    if common.expects {
        let extents = (0..3).map(|axis| at_most(Factor::Extent(axis), i64::from(expected.extent)));
        let factors = integers.into_iter().flat_map(|part| [Factor::Positive(part), Factor::Negative(part)]);
        conditions.bounds.extend(extents);
        conditions.bounds.extend(factors.map(|factor| at_most(factor, i64::from(expected.uniform))));
    }
    conditions
}

fn no_doubles(builtin: Builtin, span: Span) -> Diagnostic {
    let name = match builtin {
        Builtin::Pow => "a power with an exponent that is a fraction".to_owned(),
        _ => format!("`Math.{}`", builtin.name()),
    };
    Diagnostic::new(Code::NoDoubles, span)
        .message(format!("{name} is not there for doubles yet"))
        .note("what is computed from `f64` buffers and from uniforms that are a `Float64Array` is a double")
        .help("make singles of its operands first: `Math.fround(x)`")
}

/// The kernel without marks that hold in some runs only.
fn without_conditional_ranges(mut kernel: Kernel) -> Kernel {
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
    if let ExpressionKind::InRange { index, known: Known::Conditionally(_) } = &mut expression.kind {
        let index = std::mem::replace(index, Box::new(Expression::bool(false, expression.span)));
        *expression = *index;
    }
}
