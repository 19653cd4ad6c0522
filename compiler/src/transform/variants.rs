//! The representation of numbers, for the runs that programs make and for all others.
//!
//! `row * n + k` is a 32-bit integer in the runs that programs make, but not in the largest run there could be, and `n`, a uniform, could be a
//! fraction. So a kernel may come in two variants: `common`, right for every run that meets its conditions, and `general`, right for all. The
//! runtime knows the extents and uniforms of a run, and picks.
//!
//! The common variant is represented by what is expected of runs: extents of [`expected`] size, and uniforms that are integers of some
//! thousands where their first value was one. Its conditions are what it really needs, which is less: a sum over extents and uniforms for each number
//! that has to fit ([`super::represent`]). So any expectation is right; a good one makes a common variant that is fast and that most runs may take.

use artifact::{Conditions, Factor, Form, Interface, MAX_EXTENT, UniformPart, UniformType};

use super::represent::{Represented, at_most, represent};
use crate::analysis::definitions::Definitions;
use crate::analysis::ranges::{Facts, Inputs};
use crate::analysis::value::Value;
use crate::analysis::{AccessFacts, access};
use crate::ir::{Block, Expression, ExpressionKind, Kernel, Known, Statement};

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
    uniform: u32,
}

/// What is expected of runs of a kernel that looks at so many thread ids: as many threads in all, but fewer along each axis.
fn expected(axes: usize) -> Expected {
    match axes {
        0 | 1 => Expected { extent: 1 << 18, uniform: 1 << 12 },
        2 => Expected { extent: 1 << 12, uniform: 1 << 12 },
        _ => Expected { extent: 1 << 9, uniform: 1 << 9 },
    }
}

/// Represents the numbers of a kernel that lowering made.
pub fn variants(kernel: &Kernel, interface: &Interface) -> Variants {
    let definitions = Definitions::of(kernel);
    let any = Facts::of(&definitions, Inputs::any(interface));
    let general = represent(&any, &any);
    let axes = access(kernel).axes_used.into_iter().filter(|used| *used).count();
    let expected = expected(axes);
    let threads = [Value::integers(0.0, f64::from(expected.extent.min(MAX_EXTENT)) - 1.0); 3];
    let inputs = Inputs { interface, threads, integral: Some(f64::from(expected.uniform)) };
    let facts = Facts::of(&definitions, inputs);
    let common = represent(&facts, &any);
    if common.kernel == general.kernel {
        return only(general);
    }
    let conditions = conditions(&common, &general, interface, expected);
    if conditions.is_empty() {
        return only(common);
    }
    let Represented { kernel, inside, .. } = common;
    Variants { common: kernel, conditions, inside, general: Some(without_inside(general.kernel)) }
}

/// A kernel that is right for all runs.
fn only(represented: Represented) -> Variants {
    let Represented { kernel, inside, .. } = represented;
    Variants { common: kernel, conditions: Conditions::default(), inside, general: None }
}

/// What the common variant relies on. It may be given a uniform as singles of which the general one reads doubles, as it is right for large
/// integers too.
fn conditions(common: &Represented, general: &Represented, interface: &Interface, expected: Expected) -> Conditions {
    let mut conditions = common.conditions.clone();
    let (reads, general_reads) = (access(&common.kernel), access(&general.kernel));
    let is_number = |uniform: usize| match interface.uniforms[uniform].ty {
        UniformType::Boolean | UniformType::Array(..) => false,
        UniformType::Vec2i | UniformType::Vec3i | UniformType::Vec4i => false,
        UniformType::Vec2u | UniformType::Vec3u | UniformType::Vec4u => false,
        UniformType::Number | UniformType::Vec2 | UniformType::Vec3 | UniformType::Vec4 | UniformType::Numbers(_) => true,
    };
    let has = |facts: &AccessFacts, uniform, form| facts.uniforms.contains(&(uniform, form));
    for uniform in (0..interface.uniforms.len()).filter(|&uniform| is_number(uniform)) {
        let part = UniformPart { uniform, component: None };
        let is_known = |parts: &[UniformPart]| parts.iter().any(|known| known.uniform == uniform && known.component.is_none());
        if has(&reads, uniform, Form::Integer) && !is_known(&conditions.integers) {
            conditions.integers.push(part);
        }
        let is_rounded = has(&reads, uniform, Form::Single) && !has(&reads, uniform, Form::Double);
        if is_rounded && has(&general_reads, uniform, Form::Double) && !is_known(&conditions.singles) {
            conditions.singles.push(part);
        }
    }
    if common.expects {
        let extents = (0..3).map(|axis| at_most(Factor::Extent(axis), i64::from(expected.extent)));
        let parts = (0..interface.uniforms.len())
            .filter(|&uniform| is_number(uniform) && interface.uniforms[uniform].integral)
            .map(|uniform| UniformPart { uniform, component: None });
        let factors = parts.flat_map(|part| [Factor::Positive(part), Factor::Negative(part)]);
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
