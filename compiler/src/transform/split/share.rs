//! How the threads of a kernel are shared among ranks.

use super::Shares;
use super::index::{Finder, Near};
use crate::analysis::ranges::At;
use crate::diagnostics::{Code, Diagnostic, Result, Span};
use crate::ir::{Block, Expression, ExpressionKind, Kernel, Place, Statement, StatementKind};

/// Elements of split buffers that a kernel touches.
#[derive(Default)]
struct Touched<'a> {
    loads: Vec<Access<'a>>,
    stores: Vec<Access<'a>>,
    /// Where it writes a buffer of which each rank has the whole.
    whole: Option<(usize, Span)>,
}

struct Access<'a> {
    at: At,
    buffer: usize,
    index: &'a [Expression],
    span: Span,
}

/// How the threads are shared.
pub(super) fn share(finder: &Finder<'_, '_>) -> Result<Shares> {
    let touched = touched(finder);
    let Touched { loads, stores, whole } = &touched;
    let mut mistakes = Vec::new();
    for access in loads {
        mistakes.extend(beyond(finder, access));
    }
    let mut shares = Shares {
        threads: [None; 3],
        reach: [Some(0); 3],
        touches: !loads.is_empty() || !stores.is_empty(),
        writes: Vec::new(),
        writes_whole: whole.is_some(),
    };
    for access in stores {
        if !shares.writes.contains(&access.buffer) {
            shares.writes.push(access.buffer);
        }
    }
    for dimension in 0..3 {
        if finder.split.axes[dimension].is_none() {
            continue;
        }
        shares.threads[dimension] = axis_of(finder, &touched, dimension);
        shares.reach[dimension] = reach(finder, loads, dimension);
    }
    only_once(&mut shares.threads);
    let is_shared =
        (0..3).all(|dimension| finder.split.axes[dimension].is_none() || shares.threads[dimension].is_some());
    if let (Some((buffer, span)), [load, ..], false) = (whole, &loads[..], is_shared) {
        mistakes.push(unknown_to_all(finder, *buffer, *span, load));
    }
    if mistakes.is_empty() { Ok(shares) } else { Err(mistakes) }
}

/// All that the kernel touches.
fn touched<'k>(finder: &Finder<'_, 'k>) -> Touched<'k> {
    let mut touched = Touched::default();
    let kernel: &Kernel = finder.definitions.kernel;
    for (number, function) in kernel.all_functions().enumerate() {
        let mut statements = Vec::new();
        in_order(&function.body, &mut statements);
        for (statement, site) in statements.into_iter().zip(finder.definitions.sites(number)) {
            touched.statement(finder, At { function: number, guards: site.guards }, statement);
        }
    }
    touched
}

/// The statements of a block in the order of [`Block::walk`].
fn in_order<'k>(block: &'k Block, statements: &mut Vec<&'k Statement>) {
    for statement in &block.0 {
        statements.push(statement);
        statement.blocks().into_iter().for_each(|inner| in_order(inner, statements));
    }
}

impl<'a> Touched<'a> {
    fn statement(&mut self, finder: &Finder<'_, '_>, at: At, statement: &'a Statement) {
        let is_split = |buffer: usize| finder.split.halos[buffer].is_some();
        let mut stored = None;
        match &statement.kind {
            StatementKind::Assign { place: Place::Buffer { buffer, index, .. }, .. } => {
                stored = Some((*buffer, &index[..]));
            }
            StatementKind::Update { element, .. } => {
                stored = element.loaded().map(|(buffer, index, _)| (buffer, index));
            }
            _ => {}
        }
        match stored {
            Some((buffer, index)) if is_split(buffer) => {
                self.stores.push(Access { at, buffer, index, span: statement.span });
            }
            Some((buffer, _)) => self.whole = Some((buffer, statement.span)),
            None => {}
        }
        let visit = &mut |expression: &'a Expression| {
            if let ExpressionKind::Load { buffer, index } = &expression.kind
                && is_split(*buffer)
            {
                self.loads.push(Access { at, buffer: *buffer, index, span: expression.span });
            }
        };
        statement.expressions().into_iter().for_each(|expression| walk(expression, visit));
    }
}

/// [`Expression::walk`] with references that last.
fn walk<'a>(expression: &'a Expression, visit: &mut impl FnMut(&'a Expression)) {
    expression.operands().into_iter().for_each(|operand| walk(operand, visit));
    visit(expression);
}

/// The axis along which each thread writes its own elements of a dimension; reads them, if it writes no split buffers.
fn axis_of(finder: &Finder<'_, '_>, touched: &Touched<'_>, dimension: usize) -> Option<usize> {
    let near = |access: &Access<'_>| -> Option<(usize, bool)> {
        let index = access.index.get(dimension)?;
        let near = finder.near(access.at, index, (access.buffer, dimension))?;
        Some((near.axis, near.is_own()))
    };
    if touched.stores.is_empty() {
        let loads: Vec<_> = touched.loads.iter().map(near).collect();
        let (axis, _) = loads.iter().copied().flatten().find(|(_, is_own)| *is_own)?;
        let agrees = |load: &Option<(usize, bool)>| load.is_none_or(|(other, _)| other == axis);
        return loads.iter().all(agrees).then_some(axis);
    }
    let (axis, _) = near(touched.stores.first()?)?;
    touched.stores.iter().all(|store| near(store) == Some((axis, true))).then_some(axis)
}

/// Two dimensions do not go along one axis: then along neither.
fn only_once(threads: &mut [Option<usize>; 3]) {
    let given = *threads;
    for (dimension, thread) in threads.iter_mut().enumerate() {
        let is_shared = (0..3)
            .any(|other| other != dimension && given[other].is_some() && given[other] == given[dimension]);
        if is_shared {
            *thread = None;
        }
    }
}

/// How far from the thread's own element the loads reach along a dimension.
fn reach(finder: &Finder<'_, '_>, loads: &[Access<'_>], dimension: usize) -> Option<u32> {
    let of = |access: &Access<'_>| {
        let near = finder.near(access.at, access.index.get(dimension)?, (access.buffer, dimension))?;
        let (low, high) = near.distances();
        u32::try_from(low.abs().max(high.abs())).ok()
    };
    loads.iter().map(of).try_fold(0, |reach: u32, load| Some(reach.max(load?)))
}

/// What is wrong with a load that lies beyond the halo for certain.
fn beyond(finder: &Finder<'_, '_>, access: &Access<'_>) -> Option<Diagnostic> {
    access.index.iter().enumerate().find_map(|(dimension, index)| {
        let halo = i64::from(finder.halo(access.buffer, dimension)?);
        let near = finder.near(access.at, index, (access.buffer, dimension))?;
        let axis = finder.split.axes[dimension]?;
        if near.wrapped && !axis.periodic && near.distances() != (0, 0) {
            return Some(not_periodic(finder, access, dimension, index.span));
        }
        let (low, high) = near.distances();
        // Some index is that far off; with a rest that is not known to be so, none need be.
        let distance = if near.rest.is_none() { low.abs().max(high.abs()) } else { least(&near) };
        (distance > halo).then(|| beyond_halo(finder, access, (dimension, index.span), (distance, halo)))
    })
}

/// How far from the thread id an index is in any case.
fn least(near: &Near<'_>) -> i64 {
    match near.distances() {
        (low, _) if low > 0 => low,
        (_, high) if high < 0 => -high,
        _ => 0,
    }
}

fn beyond_halo(
    finder: &Finder<'_, '_>,
    access: &Access<'_>,
    (dimension, span): (usize, Span),
    (distance, halo): (i64, i64),
) -> Diagnostic {
    let name = &finder.interface.buffers[access.buffer].name;
    let axis = AXES[dimension];
    let elements = |count: i64| if count == 1 { "1 element".to_owned() } else { format!("{count} elements") };
    Diagnostic::new(Code::Halo, span)
        .message(format!(
            "this reads `{name}` {} away along {axis}, beyond its halo of {halo}",
            elements(distance)
        ))
        .and_label(access.span, "the element")
        .note("each rank has its part of the buffer, and copies of so many elements on either side")
        .help(format!("give the buffer `halo: {distance}`"))
}

fn not_periodic(finder: &Finder<'_, '_>, access: &Access<'_>, dimension: usize, span: Span) -> Diagnostic {
    let name = &finder.interface.buffers[access.buffer].name;
    let axis = AXES[dimension];
    Diagnostic::new(Code::Halo, span)
        .message(format!("this reads `{name}` around its end along {axis}, which the grid does not"))
        .note("the first and the last rank are no neighbours")
        .help(format!("make the grid periodic along {axis}"))
}

fn unknown_to_all(finder: &Finder<'_, '_>, buffer: usize, span: Span, load: &Access<'_>) -> Diagnostic {
    let (whole, part) = (&finder.interface.buffers[buffer].name, &finder.interface.buffers[load.buffer].name);
    Diagnostic::new(Code::Halo, span)
        .message(format!(
            "each rank writes the whole of `{whole}`, but has only a part of `{part}`, which is read"
        ))
        .and_label(load.span, "read here")
        .note("a rank runs the threads of the elements that it has, if a kernel reads them by `threadId`")
        .help(format!(
            "read `{part}` at the thread's own index, such as `{part}[threadId.x]`, or split `{whole}` too"
        ))
}

const AXES: [&str; 3] = ["x", "y", "z"];
