//! Which buffers are written so that each thread has elements of its own: no two threads of a run ever write the same one.
//!
//! Indices are seen as `c·x + d·y + e·z + base + rest`: thread ids by coefficients that are sums over literals and uniforms, what is the same
//! for all threads, and a rest between bounds. All places that write a buffer are looked at together.
//!
//! **Why it is right.** Say that two threads write one element. Take the dimension that determines an axis: there `c·x + … + rest` is the same
//! for both after rounding down, the base being the same. The axes with smaller coefficients and the rest make a difference of less than `c`,
//! as the run keeps the bounds that are asked for, so `x` is the same. Axes that another dimension has determined drop out. If all axes are
//! determined, or have one thread, both threads are one.

use artifact::{Conditions, Factor, UniformPart};

use super::definitions::{Definition, Definitions, Source};
use super::ranges::{At, Facts};
use super::sizes::{Size, Sizes};
use super::sums::{Holds, Sum};
use crate::collections::{Map, Set};
use crate::ir::{BinaryOp, Expression, ExpressionKind, Place, Statement, StatementKind, UnaryOp};

/// The buffers whose elements each belong to one thread, with the runs for which that holds.
pub type Own = Map<usize, Conditions>;

/// Finds them among the buffers that a kernel writes. `facts` hold in all runs.
pub fn own(facts: &Facts<'_, '_>) -> Own {
    let definitions = facts.definitions();
    let used = axes_used(definitions);
    let finder = Finder { definitions, sizes: Sizes::new(facts, facts) };
    let mut forms: Map<usize, Vec<Option<Vec<Form>>>> = Map::new();
    for (number, function) in definitions.kernel.all_functions().enumerate() {
        let mut position = 0;
        function.body.walk(&mut |statement| {
            let guards = definitions.sites(number)[position].guards;
            position += 1;
            let Some((buffer, index)) = written(statement) else { return };
            let at = At { function: number, guards };
            let form: Option<Vec<Form>> = index.iter().map(|index| finder.form(at, index, 0)).collect();
            forms.entry(buffer).or_default().push(form);
        });
    }
    let mut own = Own::new();
    for (&buffer, sites) in forms.iter() {
        if let Some(conditions) = determine(sites, used) {
            own.insert(buffer, conditions);
        }
    }
    own
}

/// The element that a statement writes itself.
fn written(statement: &Statement) -> Option<(usize, &[Expression])> {
    match &statement.kind {
        StatementKind::Assign { place: Place::Buffer { buffer, index, .. }, .. } => Some((*buffer, index)),
        StatementKind::Update { element, .. } => element.loaded().map(|(buffer, index, _)| (buffer, index)),
        _ => None,
    }
}

/// An index: `axes[0]·x + axes[1]·y + axes[2]·z + base + rest`.
#[derive(Clone, Debug)]
struct Form {
    axes: [Sum; 3],
    /// What is the same for all threads, by uniforms.
    base: Sum,
    rest: Size,
    /// The uniforms in coefficients.
    parts: Set<UniformPart>,
}

impl Form {
    fn new(rest: Size) -> Self {
        Self { axes: Default::default(), base: Sum::default(), rest, parts: Set::default() }
    }

    fn plus(&self, other: &Self) -> Option<Self> {
        let [x, y, z] = [0, 1, 2].map(|axis| self.axes[axis].plus(&other.axes[axis]));
        let parts = self.parts.iter().chain(other.parts.iter()).copied().collect();
        Some(Self {
            axes: [x?, y?, z?],
            base: self.base.plus(&other.base)?,
            rest: self.rest.plus(&other.rest),
            parts,
        })
    }

    /// The form of a product with what is the same for all threads, and not negative if it has uniforms.
    fn times(&self, amount: &Sum, parts: impl Iterator<Item = UniformPart>) -> Option<Self> {
        let [x, y, z] = [0, 1, 2].map(|axis| self.axes[axis].times(amount));
        let scaled = |bound: &Option<Sum>| bound.as_ref().and_then(|bound| bound.times(amount));
        let rest = match amount.as_constant() {
            Some(constant) if constant < 0 => {
                let negated = amount.scaled(-1)?;
                let scaled = |bound: &Option<Sum>| bound.as_ref().and_then(|bound| bound.times(&negated));
                Size { up: scaled(&self.rest.down), down: scaled(&self.rest.up) }
            }
            _ => Size { up: scaled(&self.rest.up), down: scaled(&self.rest.down) },
        };
        let parts = self.parts.iter().copied().chain(parts).collect();
        Some(Self { axes: [x?, y?, z?], base: self.base.times(amount)?, rest, parts })
    }
}

struct Finder<'f, 'd, 'k> {
    definitions: &'d Definitions<'k>,
    sizes: Sizes<'f, 'd, 'k>,
}

/// The greatest number of variables and operators that a search follows.
const DEEPEST: usize = 24;

impl Finder<'_, '_, '_> {
    /// The form of an index; none where it is not bounded.
    fn form(&self, at: At, expression: &Expression, depth: usize) -> Option<Form> {
        use ExpressionKind as K;
        if depth == DEEPEST {
            return None;
        }
        let of = |operand: &Expression| self.form(at, operand, depth + 1);
        if let Some(axis) = self.definitions.thread_axis(at.function, expression) {
            let mut form = Form::new(Size::of_constant(0));
            form.axes[usize::from(axis)] = Sum::constant(1);
            return Some(form);
        }
        match &expression.kind {
            K::Local(local) => {
                let variable = self.definitions.local(at.function, *local);
                if let [definition @ Definition { value: Some(value), whole: true, .. }] =
                    self.definitions.of_variable(variable)
                    && !self.definitions.function(at.function).parameters.contains(local)
                {
                    return self.form(At::of(definition), value, depth + 1);
                }
            }
            K::Binary { op: BinaryOp::Add, left, right } => return of(left)?.plus(&of(right)?),
            K::Binary { op: BinaryOp::Subtract, left, right } => {
                let negated = of(right)?.times(&Sum::constant(-1), std::iter::empty())?;
                return of(left)?.plus(&negated);
            }
            K::Unary { op: UnaryOp::Negate, operand } => {
                return of(operand)?.times(&Sum::constant(-1), std::iter::empty());
            }
            K::Binary { op: BinaryOp::Multiply, left, right } => {
                for (amount, factor) in [(left, right), (right, left)] {
                    let mut parts = Set::default();
                    if let Some(amount) = self.amount(at, amount, &mut parts, depth + 1) {
                        return of(factor)?.times(&amount, parts.iter().copied());
                    }
                }
            }
            _ => {}
        }
        self.unscaled(at, expression, depth)
    }

    /// The form of an expression in which no thread id is found.
    fn unscaled(&self, at: At, expression: &Expression, depth: usize) -> Option<Form> {
        let mut parts = Set::default();
        match self.amount(at, expression, &mut parts, depth) {
            Some(amount) if amount.as_constant().is_none() => {
                Some(Form { base: amount, ..Form::new(Size::of_constant(0)) })
            }
            _ => {
                let rest = self.sizes.of(at, expression);
                (!rest.is_open()).then(|| Form::new(rest))
            }
        }
    }

    /// A product or sum of literals and uniforms, which all threads see alike.
    fn amount(
        &self,
        at: At,
        expression: &Expression,
        parts: &mut Set<UniformPart>,
        depth: usize,
    ) -> Option<Sum> {
        use ExpressionKind as K;
        if depth >= DEEPEST {
            return None;
        }
        let mut part = |uniform: usize, component: Option<u8>| {
            let part = UniformPart { uniform, component };
            parts.insert(part);
            Some(Sum::factor(Factor::Positive(part)))
        };
        match &expression.kind {
            K::Literal(_) => {
                let whole =
                    expression.as_number().filter(|number| number.fract() == 0.0 && number.abs() < 1e9);
                whole.map(|number| Sum::constant(number as i64))
            }
            K::Uniform(uniform) if expression.ty.is_number() => part(*uniform, None),
            K::Component { vector, component } => {
                match self.definitions.component(at.function, vector, *component)? {
                    Source::Uniform(uniform, component) => part(uniform, Some(component)),
                    Source::Number(function, number) => {
                        self.amount(At { function, ..at }, number, parts, depth + 1)
                    }
                    Source::Thread(_) => None,
                }
            }
            K::Local(_) => {
                let (function, resolved) = self.definitions.resolved(at.function, expression);
                let is_itself = std::ptr::eq(resolved, expression);
                if is_itself { None } else { self.amount(At { function, ..at }, resolved, parts, depth + 1) }
            }
            K::Binary { op: BinaryOp::Multiply, left, right } => {
                let left = self.amount(at, left, parts, depth + 1)?;
                left.times(&self.amount(at, right, parts, depth + 1)?)
            }
            K::Binary { op: BinaryOp::Add, left, right } => {
                let left = self.amount(at, left, parts, depth + 1)?;
                left.plus(&self.amount(at, right, parts, depth + 1)?)
            }
            _ => None,
        }
    }
}

/// The thread ids that a kernel looks at one by one; all where it looks at them together.
fn axes_used(definitions: &Definitions<'_>) -> [bool; 3] {
    let mut used = [false; 3];
    for (number, function) in definitions.kernel.all_functions().enumerate() {
        function.body.walk(&mut |statement| {
            // A name for one or all of them is looked through where it is used.
            let names_them = match &statement.kind {
                StatementKind::Declare { local, value: Some(value) } => {
                    definitions.is_constant(number, *local)
                        && (value.kind == ExpressionKind::ThreadId
                            || definitions.thread_axis(number, value).is_some())
                }
                _ => false,
            };
            for expression in statement.expressions().into_iter().filter(|_| !names_them) {
                mark(definitions, number, expression, &mut used);
            }
        });
    }
    used
}

fn mark(definitions: &Definitions<'_>, function: usize, expression: &Expression, used: &mut [bool; 3]) {
    use ExpressionKind as K;
    if let Some(axis) = definitions.thread_axis(function, expression) {
        used[usize::from(axis)] = true;
        return;
    }
    if let K::Swizzle { vector, components } = &expression.kind
        && definitions.resolved(function, vector).1.kind == K::ThreadId
    {
        components.iter().for_each(|&component| used[usize::from(component.min(2))] = true);
        return;
    }
    if definitions.resolved(function, expression).1.kind == K::ThreadId {
        *used = [true; 3];
    }
    expression.operands().into_iter().for_each(|operand| mark(definitions, function, operand, used));
}

/// What a run has to keep so that no two threads write one element, if there is such a thing.
fn determine(sites: &[Option<Vec<Form>>], used: [bool; 3]) -> Option<Conditions> {
    let dimensions = together(sites)?;
    let mut conditions = Conditions::default();
    let mut determined = [false; 3];
    // Each round determines an axis at least.
    for _ in 0..3 {
        for form in &dimensions {
            let mut trial = conditions.clone();
            if let Some(axes) = determine_dimension(form, determined, &mut trial) {
                determined = axes;
                conditions = trial;
            }
        }
    }
    for axis in 0..3 {
        if !determined[axis] {
            if used[axis] {
                return None;
            }
            ask(&mut conditions, &Sum::factor(Factor::Extent(axis as u8)), 1)?;
        }
    }
    Some(conditions)
}

/// For each dimension the form that all places have, with a rest between bounds for all.
fn together(sites: &[Option<Vec<Form>>]) -> Option<Vec<Form>> {
    let (first, others) = sites.split_first()?;
    let mut all = first.clone()?;
    for site in others {
        for (one, other) in all.iter_mut().zip(site.as_ref()?) {
            if one.axes != other.axes || one.base != other.base {
                return None;
            }
            one.rest = one.rest.join(&other.rest);
        }
    }
    all.iter().all(|form| !form.rest.is_open()).then_some(all)
}

/// Determines the axes of a dimension that are not determined yet; which are determined then, or none if they cannot be.
fn determine_dimension(form: &Form, determined: [bool; 3], conditions: &mut Conditions) -> Option<[bool; 3]> {
    let is_there = |axis: &usize| form.axes[*axis].as_constant() != Some(0);
    let mut axes: Vec<usize> = (0..3).filter(|axis| is_there(axis) && !determined[*axis]).collect();
    if axes.is_empty() {
        return None;
    }
    // Three are sorted by hand: a sort would be kilobytes of what pages download.
    for at in [0, 1, 0] {
        if at + 1 < axes.len() && rank(&form.axes[axes[at + 1]]) < rank(&form.axes[axes[at]]) {
            axes.swap(at, at + 1);
        }
    }
    let one = Sum::constant(1);
    // How much the rest and smaller coefficients make at most.
    let mut width = form.rest.up.as_ref()?.plus(form.rest.down.as_ref()?)?;
    let mut all = determined;
    let mut least = 0;
    for axis in axes {
        // Two axes with one stride would be told apart in runs of one thread along one of them only.
        if let Some(constant) = form.axes[axis].as_constant() {
            if constant.checked_abs()? <= least {
                return None;
            }
            least = constant.abs();
        }
        let coefficient = match form.axes[axis].as_constant() {
            Some(constant) => Sum::constant(constant.checked_abs()?),
            None => form.axes[axis].clone(),
        };
        // width + 1 - c ≤ 0
        ask(conditions, &width.plus(&one)?.plus(&coefficient.scaled(-1)?)?, 0)?;
        let last = Sum::factor(Factor::Extent(axis as u8)).plus(&Sum::constant(-1))?;
        width = width.plus(&coefficient.times(&last)?)?;
        all[axis] = true;
    }
    for &part in form.parts.iter() {
        if !conditions.integers.contains(&part) {
            conditions.integers.push(part);
        }
        ask(conditions, &Sum::factor(Factor::Negative(part)), 0)?;
    }
    Some(all)
}

/// Which of two coefficients is probably smaller: literals before uniforms, and those before products.
fn rank(coefficient: &Sum) -> (usize, i64) {
    match coefficient.as_constant() {
        Some(constant) => (0, constant.saturating_abs()),
        None => (coefficient.degree(), 0),
    }
}

/// Asks for a sum to be at most a limit; none if it never is.
fn ask(conditions: &mut Conditions, sum: &Sum, limit: i64) -> Option<()> {
    match sum.is_at_most(limit) {
        Holds::Always => Some(()),
        Holds::Never => None,
        Holds::If(bound) => {
            if !conditions.bounds.contains(&bound) {
                conditions.bounds.push(bound);
            }
            Some(())
        }
    }
}

#[cfg(test)]
mod tests {
    use artifact::{BufferDescription, ElementType, Interface, UniformDescription, UniformType};

    use crate::transform::accumulate::Accumulation;

    fn interface() -> Interface {
        let buffer = |name: &str, element, size: &[u32]| BufferDescription {
            name: name.into(),
            element,
            size: size.to_vec(),
        };
        let buffers = vec![
            buffer("a", ElementType::I32, &[64]),
            buffer("g", ElementType::Number, &[16, 16]),
            buffer("places", ElementType::I32, &[64]),
        ];
        let uniforms = vec![UniformDescription { name: "w".into(), ty: UniformType::Number, integral: true }];
        Interface { buffers, uniforms, ..Interface::default() }
    }

    /// For each accumulation the conditions under which it is one of the thread's own, in words; `shared` if it never is.
    fn own(body: &str) -> Vec<String> {
        let source =
            format!("({{ threadId, buffers: {{ a, g, places }}, uniforms: {{ w }} }}) => {{ {body} }}");
        let interface = interface();
        let variants = crate::pipeline::middle_end(&source, &interface).expect("a correct kernel");
        let words = |found: &Accumulation| match &found.own {
            None => "shared".to_owned(),
            Some(conditions) if conditions.is_empty() => "always".to_owned(),
            Some(conditions) => crate::conditions::describe(conditions, &interface),
        };
        variants.accumulations.iter().map(words).collect()
    }

    #[test]
    fn one_index_for_each_axis_that_is_used() {
        assert_eq!(own("a[threadId.x] += 1;"), ["Y <= 1 and Z <= 1"]);
        assert_eq!(own("g[threadId.y][threadId.x] += 1;"), ["Z <= 1"]);
        assert_eq!(own("a[threadId.x] += threadId.y;"), ["shared"]);
        assert_eq!(own("a[0] += 1;"), ["X <= 1 and Y <= 1 and Z <= 1"]);
        assert_eq!(own("a[0] += threadId.x;"), ["shared"]);
        assert_eq!(own("const { x, y } = threadId; a[x] += 1;"), ["Y <= 1 and Z <= 1"]);
        assert_eq!(own("a[places[threadId.x]] += 1;"), ["shared"]);
        assert_eq!(own("a[Math.floor(threadId.x / 2)] += 1;"), ["shared"]);
        assert_eq!(own("a[threadId.x % 8] += 1;"), ["shared"]);
    }

    #[test]
    fn what_is_added_to_an_index_stays_below_its_stride() {
        assert_eq!(own("a[63 - threadId.x] += 1;"), ["Y <= 1 and Z <= 1"]);
        let twice = "const i = threadId.x * 2; a[i] += 1; a[i + 1] += 1;";
        assert_eq!(own(twice), ["Y <= 1 and Z <= 1"; 2]);
        assert_eq!(own("const i = threadId.x; a[i] += 1; a[i + 1] += 1;"), ["shared"; 2]);
        assert_eq!(own("const i = threadId.x; a[i] += 1; a[i * 2] += 1;"), ["shared"; 2]);
        let rows = "for (let k = 0; k < 4; k++) a[threadId.x * 4 + k] += 1;";
        assert_eq!(own(rows), ["Y <= 1 and Z <= 1"]);
        assert_eq!(own(&rows.replace("k < 4", "k < 5")), ["shared"]);
        // A plain store counts as well.
        assert_eq!(own("a[threadId.x] += 1; a[places[0]] = 5;"), ["shared"]);
    }

    #[test]
    fn rows_in_a_flat_picture_must_not_overlap() {
        assert_eq!(own("a[threadId.y * 8 + threadId.x] += 1;"), ["X <= 8 and Z <= 1"]);
        let found = own("a[threadId.y * w + threadId.x] += 1;");
        assert!(found[0].contains("w") && found[0].contains("Z <= 1"), "{found:?}");
        assert_eq!(own("a[threadId.y + threadId.x] += 1;"), ["shared"]);
    }
}
