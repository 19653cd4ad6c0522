//! Accumulations: `sum[k] += v` on an element that may be another thread's too becomes one step that no other thread comes between.
//!
//! Three forms are seen, all of a place whose indices are written twice alike:
//!
//! | form | from |
//! |---|---|
//! | `place = place + v` | `+=`, `++` as a statement, `best[k] = Math.min(best[k], d)` |
//! | `const old = place; …; place = old + v` | `sum[k] += f()`, `const slot = count[0]++` |
//! | `const new = place + v; place = new` | `const n = ++count[0]` |
//!
//! `+` stands for one operator, or one with its inverse, as often as one likes: `a[i] = a[i] + v - w`. What is added is computed before, so
//! that a step that has to be tried again costs little.

use artifact::Conditions;

use crate::diagnostics::Span;
use crate::ir::{
    BinaryOp, Block, Builtin, Expression, ExpressionKind, Function, Kernel, Local, LocalId, Place, Statement,
    StatementKind, Type,
};

/// The way in which an accumulation is computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Accumulation {
    /// The source range of the accumulation.
    pub span: Span,
    /// The buffer, by its position in the interface.
    pub buffer: usize,
    /// If no other thread has the element, so that it is read and written as all others: in which runs.
    pub own: Option<Conditions>,
}

/// A kernel with its accumulations in the buffers that are not `own` made steps, and what became of each.
pub fn accumulate(kernel: &Kernel, own: impl Fn(usize) -> Option<Conditions>) -> (Kernel, Vec<Accumulation>) {
    let mut kernel = kernel.clone();
    let mut found = Vec::new();
    for function in kernel.functions.iter_mut().chain(std::iter::once(&mut kernel.entry)) {
        let body = std::mem::take(&mut function.body);
        let mut writer = Writer { own: &own, function, found: &mut found };
        let body = writer.block(body);
        function.body = body;
    }
    (kernel, found)
}

/// Whether a kernel accumulates in a buffer at all.
pub fn accumulates(kernel: &Kernel) -> bool {
    !accumulate(kernel, |_| Some(Conditions::default())).1.is_empty()
}

/// The operators of one accumulation: those that undo one another count as one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Sum,
    Product,
    And,
    Or,
    Xor,
    Least,
    Greatest,
}

/// An accumulation.
struct Found<'s> {
    /// The element, as an expression that loads it.
    element: &'s Expression,
    /// What is stored, made of that.
    value: &'s Expression,
    /// The local that holds what the element was, or what is stored, if there is one.
    named: Option<Named>,
    /// The number of statements that it replaces.
    length: usize,
}

enum Named {
    Old(LocalId),
    New(LocalId),
}

struct Writer<'w, Own> {
    own: &'w Own,
    function: &'w mut Function,
    found: &'w mut Vec<Accumulation>,
}

impl<Own: Fn(usize) -> Option<Conditions>> Writer<'_, Own> {
    fn block(&mut self, block: Block) -> Block {
        let mut statements = block.0;
        for statement in &mut statements {
            for inner in statement.blocks_mut() {
                *inner = self.block(std::mem::take(inner));
            }
        }
        let mut written = Vec::new();
        let mut rest = statements.as_slice();
        while let [statement, following @ ..] = rest {
            match accumulation(rest) {
                Some(found) => {
                    let (taken, after) = rest.split_at(found.length);
                    self.step(&found, taken, &mut written);
                    rest = after;
                }
                None => {
                    written.push(statement.clone());
                    rest = following;
                }
            }
        }
        Block(written)
    }

    /// Writes an accumulation that takes these statements.
    fn step(&mut self, found: &Found<'_>, taken: &[Statement], written: &mut Vec<Statement>) {
        let Some((last, between)) = taken.split_last() else { return };
        let Some((buffer, ..)) = found.element.loaded() else { return };
        let own = (self.own)(buffer);
        let is_own = own.is_some();
        self.found.push(Accumulation { span: last.span, buffer, own });
        if is_own {
            written.extend_from_slice(taken);
            return;
        }
        // What it was is declared by the step.
        written.extend(between.iter().skip(usize::from(found.named.is_some())).cloned());
        let value = self.pinned(found.value, found, written);
        let components = found.element.ty.is_vector().then(|| found.element.ty.components());
        let span = last.span;
        let olds: Vec<LocalId> = match (components, &found.named) {
            (None, Some(Named::Old(old))) if !self.function.local(*old).mutable => vec![*old],
            _ => (0..components.unwrap_or(1)).map(|_| self.local("old", found.element.ty, span)).collect(),
        };
        for (&old, component) in olds.iter().zip(0..) {
            let component = components.map(|_| component);
            let element = part(found.element, component);
            let was = Expression::new(ExpressionKind::Local(old), element.ty, found.element.span);
            let value = accumulated(&value, found, component, &was);
            written.push(Statement { kind: StatementKind::Update { old, element, value }, span });
        }
        let of_olds = |kind: fn(Vec<Expression>) -> ExpressionKind| {
            let ty = Type::NUMBER;
            let olds = olds.iter().map(|&old| Expression::new(ExpressionKind::Local(old), ty, span));
            let olds: Vec<Expression> = olds.collect();
            if components.is_some() {
                Expression::new(kind(olds), found.element.ty, span)
            } else {
                olds[0].clone()
            }
        };
        match found.named {
            Some(Named::Old(local)) if olds != [local] => {
                let value = Some(of_olds(ExpressionKind::Compose));
                written.push(Statement { kind: StatementKind::Declare { local, value }, span });
            }
            Some(Named::New(local)) => {
                let old = of_olds(ExpressionKind::Compose);
                let value = Some(replaced(&value, found, &old));
                written.push(Statement { kind: StatementKind::Declare { local, value }, span });
            }
            _ => {}
        }
    }

    /// A new constant; a component of what has this type.
    fn local(&mut self, name: &str, ty: Type, span: Span) -> LocalId {
        let local = LocalId(self.function.locals.len() as u32);
        let ty = if ty.is_vector() && name == "old" { Type::NUMBER } else { ty };
        self.function.locals.push(Local { name: name.to_owned(), ty, span, mutable: false });
        local
    }

    /// The value with what is added held by locals.
    fn pinned(&mut self, value: &Expression, found: &Found<'_>, written: &mut Vec<Statement>) -> Expression {
        if found.is_element(value) {
            return value.clone();
        }
        let mut pinned = value.clone();
        for operand in pinned.operands_mut() {
            if found.holds(operand) {
                *operand = self.pinned(operand, found, written);
            } else if !is_cheap(operand) {
                let local = self.local("added", operand.ty, operand.span);
                let name = Expression::new(ExpressionKind::Local(local), operand.ty, operand.span);
                let value = Some(std::mem::replace(operand, name));
                let kind = StatementKind::Declare { local, value };
                written.push(Statement { kind, span: found.element.span });
            }
        }
        pinned
    }
}

impl Found<'_> {
    /// Whether an expression is what the element was.
    fn is_element(&self, expression: &Expression) -> bool {
        match self.named {
            Some(Named::Old(old)) => expression.kind == ExpressionKind::Local(old),
            _ => is_same(expression, self.element),
        }
    }

    /// Whether it is that, or something that is made of it by the operators of the accumulation.
    fn holds(&self, expression: &Expression) -> bool {
        self.is_element(expression)
            || family(expression).is_some() && expression.operands().into_iter().any(|part| self.holds(part))
    }
}

/// The accumulation that begins with the first statement.
fn accumulation(statements: &[Statement]) -> Option<Found<'_>> {
    let (first, following) = statements.split_first()?;
    match &first.kind {
        StatementKind::Assign { place: place @ Place::Buffer { .. }, value } => {
            let element = accumulates_on(value, &|part| names(part, place))?;
            Some(Found { element, value, named: None, length: 1 })
        }
        StatementKind::Declare { local, value: Some(declared) } => {
            if declared.loaded().is_some() {
                return by_old_value(*local, declared, following);
            }
            let StatementKind::Assign { place: place @ Place::Buffer { .. }, value } =
                &following.first()?.kind
            else {
                return None;
            };
            if value.kind != ExpressionKind::Local(*local) {
                return None;
            }
            let element = accumulates_on(declared, &|part| names(part, place))?;
            Some(Found { element, value: declared, named: Some(Named::New(*local)), length: 2 })
        }
        _ => None,
    }
}

/// `const old = place; …; place = old + v`, where nothing between names `old`, sets an index or writes anything.
fn by_old_value<'s>(old: LocalId, element: &'s Expression, following: &'s [Statement]) -> Option<Found<'s>> {
    for (position, statement) in following.iter().enumerate() {
        match &statement.kind {
            StatementKind::Assign { place: place @ Place::Buffer { .. }, value } => {
                let is_old = |part: &Expression| part.kind == ExpressionKind::Local(old);
                accumulates_on(value, &is_old).filter(|_| names(element, place))?;
                return Some(Found { element, value, named: Some(Named::Old(old)), length: position + 2 });
            }
            StatementKind::Declare { value: Some(value), .. } if has_no_calls(value) => {
                let mut is_named = false;
                statement.locals(&mut |local| is_named |= local == old);
                if is_named {
                    return None;
                }
            }
            _ => return None,
        }
    }
    None
}

/// Whether a value may be computed before the element is read as well as after it.
fn has_no_calls(value: &Expression) -> bool {
    let mut calls = false;
    value.walk(&mut |part| calls |= matches!(part.kind, ExpressionKind::Call { .. }));
    !calls
}

/// Whether an expression loads what is stored at a place.
fn names(expression: &Expression, place: &Place) -> bool {
    let Place::Buffer { buffer, index, component } = place else { return false };
    let Some((loaded, indices, part)) = expression.loaded() else { return false };
    loaded == *buffer
        && part == *component
        && indices.len() == index.len()
        && indices.iter().zip(index).all(|(one, other)| is_same(one, other))
}

/// The element that a value is an accumulation on: `is_it` says which expression it is. Products of vectors of integers wrap, which those of
/// numbers do not.
fn accumulates_on<'e>(value: &'e Expression, is_it: &dyn Fn(&Expression) -> bool) -> Option<&'e Expression> {
    let family = family(value)?;
    let wraps = family == Family::Product && value.ty.scalar().is_integer();
    spine(value, family, is_it).filter(|_| !wraps)
}

fn spine<'e>(
    value: &'e Expression,
    of: Family,
    is_it: &dyn Fn(&Expression) -> bool,
) -> Option<&'e Expression> {
    if is_it(value) {
        return Some(value);
    }
    if family(value) != Some(of) {
        return None;
    }
    let operands = value.operands();
    let may_be_second = !matches!(value.kind, ExpressionKind::Binary { op: BinaryOp::Subtract, .. });
    let mut operands = operands.into_iter().take(if may_be_second { usize::MAX } else { 1 });
    operands.find_map(|operand| spine(operand, of, is_it))
}

fn family(value: &Expression) -> Option<Family> {
    match &value.kind {
        ExpressionKind::Binary { op, .. } => match op {
            BinaryOp::Add | BinaryOp::Subtract => Some(Family::Sum),
            BinaryOp::Multiply => Some(Family::Product),
            BinaryOp::BitAnd => Some(Family::And),
            BinaryOp::BitOr => Some(Family::Or),
            BinaryOp::BitXor => Some(Family::Xor),
            _ => None,
        },
        ExpressionKind::Builtin { builtin: Builtin::Min, .. } => Some(Family::Least),
        ExpressionKind::Builtin { builtin: Builtin::Max, .. } => Some(Family::Greatest),
        _ => None,
    }
}

/// Whether two expressions are the same, wherever they stand.
fn is_same(one: &Expression, other: &Expression) -> bool {
    use ExpressionKind as K;
    let (left, right) = (one.operands(), other.operands());
    let are_alike = match (&one.kind, &other.kind) {
        (K::Load { buffer, .. }, K::Load { buffer: same, .. }) => buffer == same,
        (K::UniformElement { uniform, .. }, K::UniformElement { uniform: same, .. }) => uniform == same,
        (K::Element { array, .. }, K::Element { array: same, .. }) => array == same,
        (K::Component { component, .. }, K::Component { component: same, .. }) => component == same,
        (K::Swizzle { components, .. }, K::Swizzle { components: same, .. }) => components == same,
        (K::Unary { op, .. }, K::Unary { op: same, .. }) => op == same,
        (K::Binary { op, .. }, K::Binary { op: same, .. }) => op == same,
        (K::Builtin { builtin, .. }, K::Builtin { builtin: same, .. }) => builtin == same,
        (K::Compose(_), K::Compose(_))
        | (K::Splat(_), K::Splat(_))
        | (K::Select { .. }, K::Select { .. }) => true,
        (one, other) => left.is_empty() && one == other && *one != K::Random,
    };
    are_alike
        && one.ty == other.ty
        && left.len() == right.len()
        && left.into_iter().zip(right).all(|(left, right)| is_same(left, right))
}

/// Whether a value costs nothing to compute again.
fn is_cheap(value: &Expression) -> bool {
    match &value.kind {
        ExpressionKind::Literal(_)
        | ExpressionKind::Local(_)
        | ExpressionKind::ThreadId
        | ExpressionKind::Uniform(_) => true,
        ExpressionKind::Component { vector, .. } => is_cheap(vector),
        _ => false,
    }
}

/// A component of a value of numbers, or the value.
fn part(value: &Expression, component: Option<u8>) -> Expression {
    let Some(component) = component.filter(|_| value.ty.is_vector()) else { return value.clone() };
    let kind = ExpressionKind::Component { vector: Box::new(value.clone()), component };
    Expression::new(kind, Type::NUMBER, value.span)
}

/// What is stored in a component of the element, or all of it, where it was `old`.
fn accumulated(value: &Expression, found: &Found<'_>, component: Option<u8>, old: &Expression) -> Expression {
    if found.is_element(value) {
        return old.clone();
    }
    if !found.holds(value) {
        return part(value, component);
    }
    let mut accumulated = value.clone();
    for operand in accumulated.operands_mut() {
        *operand = self::accumulated(operand, found, component, old);
    }
    if component.is_some() {
        accumulated.ty = Type::NUMBER;
    }
    accumulated
}

/// The value where the element was `old`.
fn replaced(value: &Expression, found: &Found<'_>, old: &Expression) -> Expression {
    if found.is_element(value) {
        return old.clone();
    }
    let mut replaced = value.clone();
    for operand in replaced.operands_mut() {
        *operand = self::replaced(operand, found, old);
    }
    replaced
}

#[cfg(test)]
mod tests {
    use crate::ir::{StatementKind, testing::small_interface};
    use crate::pipeline::middle_end;

    /// How many updates a body has, on an element `k` of `data` that may be any thread's.
    fn updates(body: &str) -> usize {
        let source = format!(
            "inputs => {{ const {{ data }} = inputs.buffers; const x = inputs.threadId.x; const k = Math.floor(data[x]); {body} }}"
        );
        let kernel = middle_end(&source, &small_interface()).expect("a correct kernel").common;
        let mut count = 0;
        for function in kernel.all_functions() {
            function.body.walk(&mut |statement| {
                count += usize::from(matches!(statement.kind, StatementKind::Update { .. }));
            });
        }
        count
    }

    #[test]
    fn accumulations_are_seen_in_each_form() {
        for body in [
            "data[k] += x;",
            "data[k] = data[k] - x;",
            "data[k] = 1 + x + data[k];",
            "data[k] = data[k] + x - 3;",
            "data[k] *= 2;",
            "data[k]++;",
            "data[k] |= 4;",
            "data[k] = Math.min(data[k], x);",
            "data[k] = Math.max(x, data[k], 3);",
            "const old = data[k]; data[k] = old + 1; data[x + 20] = old;",
            "let old = data[k]; data[k] = old + 1; old += 2; data[x + 20] = old;",
            "const slot = data[k]++; data[slot] = x;",
            "const next = ++data[k]; data[next] = x;",
            "const slot = (data[k] += 2); data[slot] = x;",
            "data[k] += Math.random();",
            "data[data[k]] += x;",
            "data[k + 1] = data[k + 1] + x;",
            "const old = data[k]; data[k] = old + old;",
        ] {
            assert_eq!(updates(body), 1, "{body}");
        }
    }

    #[test]
    fn what_depends_on_the_order_of_threads_is_none() {
        for body in [
            "data[k] = data[k] * 2 + 1;",
            "data[k] = 3 - data[k];",
            "data[k] = data[k] / 2;",
            "data[k] = data[k + 1] + x;",
            "data[k] = x;",
            "const old = data[k]; data[x + 20] = 1; data[k] = old + 1;",
            "let old = data[k]; old += 1; data[k] = old;",
            "let i = k; const old = data[i]; i += 1; data[i] = old + 1;",
        ] {
            assert_eq!(updates(body), 0, "{body}");
        }
    }
}
