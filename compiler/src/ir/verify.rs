//! What must hold of the IR.
//!
//! A rule that is broken here is a bug of ours: lowering has already refused every mistake of the user. The rules on
//! statements and scopes stand here, those on values and types in [`values`].

#[cfg(test)]
mod tests;
mod values;

use artifact::Interface;

use super::{
    Block, Expression, ExpressionKind, Function, Kernel, LabelId, Local, LocalId, Place, Scalar, Statement,
    StatementKind, Type,
};

/// Which stage the IR has come through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// After lowering: numbers have no representation yet.
    Lowered,
    /// After `transform::represent`: none is left open.
    Represented,
}

/// Describes the first rule that `kernel` breaks.
///
/// # Errors
///
/// One sentence that names the function and what is wrong in it.
pub fn verify(kernel: &Kernel, interface: &Interface, stage: Stage) -> Result<(), String> {
    for (position, function) in kernel.all_functions().enumerate() {
        let mut verifier = Verifier {
            kernel,
            interface,
            stage,
            function,
            callable: position,
            alive: vec![false; function.locals.len()],
            declared: Vec::new(),
            targets: Vec::new(),
        };
        verifier
            .function()
            .map_err(|broken| format!("in function `{}` ({stage:?}): {broken}", function.name))?;
    }
    entry_is_plain(&kernel.entry)
}

fn entry_is_plain(entry: &Function) -> Check {
    ensure(entry.parameters.is_empty() && entry.result.is_none(), || {
        "the entry has parameters or a result".to_owned()
    })
}

type Check = Result<(), String>;

/// A rule: `holds`, or else what is wrong.
fn ensure(holds: bool, wrong: impl FnOnce() -> String) -> Check {
    if holds { Ok(()) } else { Err(wrong()) }
}

/// Something that `Break` can leave.
#[derive(Clone, Copy)]
struct Target {
    label: LabelId,
    /// Whether `Continue` may name it.
    is_loop: bool,
}

struct Verifier<'a> {
    kernel: &'a Kernel,
    interface: &'a Interface,
    stage: Stage,
    function: &'a Function,
    /// How many of the kernel's functions this one may call: a callee stands before its callers.
    callable: usize,
    /// Which locals may be named here.
    alive: Vec<bool>,
    /// Those, in the order of their declarations.
    declared: Vec<LocalId>,
    /// The statements around this one that can be left, innermost last.
    targets: Vec<Target>,
}

impl Verifier<'_> {
    fn function(&mut self) -> Check {
        for (position, &parameter) in self.function.parameters.iter().enumerate() {
            ensure(parameter.0 as usize == position, || {
                "the parameters are not the first locals".to_owned()
            })?;
            self.declare(parameter)?;
        }
        for local in &self.function.locals {
            self.represented(local.ty).map_err(|wrong| format!("`{}` {wrong}", local.name))?;
        }
        self.block(&self.function.body)?;
        ensure(self.function.result.is_none() || !self.function.body.completes(), || {
            "some path ends without a value".to_owned()
        })
    }

    /// Checks the statements in order; what they declare ends with the block.
    fn block(&mut self, block: &Block) -> Check {
        let outside = self.declared.len();
        self.statements(block)?;
        self.forget(outside);
        Ok(())
    }

    fn statements(&mut self, block: &Block) -> Check {
        block.0.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&mut self, statement: &Statement) -> Check {
        use StatementKind as K;
        match &statement.kind {
            K::Declare { local, value } => self.declaration(*local, value.as_ref()),
            K::Assign { place, value } => self.assignment(place, value),
            K::Update { old, element, value } => self.update(*old, element, value),
            K::Evaluate(expression) => self.evaluation(expression),
            K::SetPixel { position, color } => self.pixel(position, color),
            K::Log { values, .. } => {
                ensure(self.stage == Stage::Lowered, || "a log is no store".to_owned())?;
                values.iter().try_for_each(|value| self.value(value).map(|_| ()))
            }
            K::If { condition, accept, reject } => {
                self.condition(condition)?;
                self.block(accept)?;
                self.block(reject)
            }
            K::Loop { .. } => self.repeat(statement),
            K::Scope { label, body } => self.inside(Target { label: *label, is_loop: false }, body),
            K::Switch { .. } => self.switch(statement),
            K::Break(label) => self.leaves(*label, false),
            K::Continue(label) => self.leaves(*label, true),
            K::Return(value) => self.returns(value.as_ref()),
        }
    }

    fn declaration(&mut self, local: LocalId, value: Option<&Expression>) -> Check {
        let ty = self.known(local)?.ty;
        if let Some(value) = value {
            self.root(value)?;
            ensure(value.ty == ty, || format!("{} declared with a {:?}", self.describe(local), value.ty))?;
        }
        self.declare(local)
    }

    fn assignment(&mut self, place: &Place, value: &Expression) -> Check {
        let ty = self.place(place)?;
        self.root(value)?;
        // A component of a vector of integers takes any number, which is converted.
        let is_converted = self.stage == Stage::Lowered && value.ty == Type::NUMBER && ty.is_number();
        let fits = match place {
            Place::Buffer { buffer, .. } => {
                self.stores(value.ty, ty, self.interface.buffers[*buffer].element.component())
            }
            _ => value.ty == ty,
        };
        let fits = fits || is_converted;
        ensure(fits, || format!("a {:?} is assigned to a place of type {ty:?}", value.ty))
    }

    /// A step that nothing comes between.
    fn update(&mut self, old: LocalId, element: &Expression, value: &Expression) -> Check {
        let (buffer, index, component) = element.loaded().ok_or("an update of what is no element")?;
        self.value(element)?;
        ensure(self.known(old)?.ty == element.ty && !self.known(old)?.mutable, || {
            format!("{} is what a {:?} was", self.describe(old), element.ty)
        })?;
        self.declare(old)?;
        self.value(value)?;
        let ty = component_type(self.buffer_element(buffer, index)?, component)?;
        let stored = self.interface.buffers[buffer].element.component();
        let is_converted = self.stage == Stage::Lowered && value.ty == Type::NUMBER && ty.is_number();
        let fits = is_converted || self.stores(value.ty, ty, stored);
        ensure(fits && !ty.is_vector(), || format!("a {:?} is stored in one step as a {ty:?}", value.ty))
    }

    /// A call for its effects, which may have no value.
    fn evaluation(&self, expression: &Expression) -> Check {
        match &expression.kind {
            ExpressionKind::Call { function, arguments } => {
                arguments.iter().try_for_each(|argument| self.value(argument))?;
                self.callee(*function, arguments).map(|_| ())
            }
            _ => self.root(expression),
        }
    }

    fn pixel(&self, position: &[Expression; 2], color: &[Expression; 3]) -> Check {
        ensure(self.interface.canvas.is_some(), || "a pixel is painted without a canvas".to_owned())?;
        for coordinate in position {
            self.index(coordinate)?;
        }
        for channel in color {
            self.value(channel)?;
            let fits = match self.stage {
                Stage::Lowered => channel.ty == Type::NUMBER,
                Stage::Represented => [Type::F32, Type::I32].contains(&channel.ty),
            };
            ensure(fits, || format!("a colour is a {:?}", channel.ty))?;
        }
        Ok(())
    }

    fn repeat(&mut self, statement: &Statement) -> Check {
        let StatementKind::Loop { label, prelude, condition, body, update, .. } = &statement.kind else {
            return Ok(());
        };
        let outside = self.declared.len();
        // The prelude's locals are visible in the condition only. Neither it nor the update may leave the loop.
        self.statements(prelude)?;
        condition.iter().try_for_each(|condition| self.condition(condition))?;
        self.forget(outside);
        self.block(update)?;
        for block in [prelude, update] {
            ensure(!block.contains(&|kind| matches!(kind, StatementKind::Return(_))), || {
                "a loop's prelude or update returns".to_owned()
            })?;
        }
        self.inside(Target { label: *label, is_loop: true }, body)
    }

    fn switch(&mut self, statement: &Statement) -> Check {
        let StatementKind::Switch { label, selector, cases, default } = &statement.kind else {
            return Ok(());
        };
        self.index(selector)?;
        let mut seen = Vec::new();
        for case in cases {
            ensure(!case.values.is_empty(), || "a case has no value".to_owned())?;
            for value in &case.values {
                ensure(!seen.contains(value), || format!("two cases have the value {value}"))?;
                seen.push(*value);
            }
        }
        let target = Target { label: *label, is_loop: false };
        cases.iter().try_for_each(|case| self.inside(target, &case.body))?;
        self.inside(target, default)
    }

    fn inside(&mut self, target: Target, body: &Block) -> Check {
        ensure(self.targets.iter().all(|outer| outer.label != target.label), || {
            format!("label @{} within itself", target.label.0)
        })?;
        self.targets.push(target);
        self.block(body)?;
        self.targets.pop();
        Ok(())
    }

    fn leaves(&self, label: LabelId, needs_loop: bool) -> Check {
        let target = self.targets.iter().find(|target| target.label == label);
        ensure(target.is_some_and(|target| target.is_loop || !needs_loop), || {
            format!("nothing around is called @{}", label.0)
        })
    }

    fn returns(&self, value: Option<&Expression>) -> Check {
        value.iter().try_for_each(|value| self.value(value))?;
        let (found, wanted) = (value.map(|value| value.ty), self.function.result);
        ensure(found == wanted, || format!("returns {found:?} instead of {wanted:?}"))
    }

    fn condition(&self, condition: &Expression) -> Check {
        self.value(condition)?;
        ensure(condition.ty == Type::BOOL, || format!("a condition is a {:?}", condition.ty))
    }

    /// Checks a place and says what it holds.
    fn place(&self, place: &Place) -> Result<Type, String> {
        match place {
            Place::Local(local) => Ok(self.settable(*local)?.ty),
            Place::Component { local, component } => {
                component_type(self.settable(*local)?.ty, Some(*component))
            }
            Place::Element { array, index, component } => {
                self.index(index)?;
                let element = self.settable(*array)?.ty.element();
                component_type(element.ok_or("an element of what is no array")?, *component)
            }
            Place::Buffer { buffer, index, component } => {
                index.iter().try_for_each(|index| self.value(index))?;
                component_type(self.buffer_element(*buffer, index)?, *component)
            }
        }
    }

    /// The local, if it exists.
    fn known(&self, local: LocalId) -> Result<&Local, String> {
        self.function.locals.get(local.0 as usize).ok_or_else(|| format!("there is no local #{}", local.0))
    }

    /// The local, if it may be named here.
    fn living(&self, local: LocalId) -> Result<&Local, String> {
        let found = self.known(local)?;
        ensure(self.alive[local.0 as usize], || {
            format!("{} is used out of its scope", self.describe(local))
        })?;
        Ok(found)
    }

    /// The local, if it may be set here.
    fn settable(&self, local: LocalId) -> Result<&Local, String> {
        let found = self.living(local)?;
        ensure(found.mutable, || format!("{} is not mutable, yet set", self.describe(local)))?;
        Ok(found)
    }

    fn declare(&mut self, local: LocalId) -> Check {
        self.known(local)?;
        if !std::mem::replace(&mut self.alive[local.0 as usize], true) {
            self.declared.push(local);
        }
        Ok(())
    }

    /// Ends the life of all locals but those that were declared first.
    fn forget(&mut self, first: usize) {
        for local in self.declared.drain(first..) {
            self.alive[local.0 as usize] = false;
        }
    }

    fn describe(&self, local: LocalId) -> String {
        let name = self.function.locals.get(local.0 as usize).map_or("?", |local| local.name.as_str());
        format!("`{name}#{}`", local.0)
    }

    /// What numbers are before they have a representation, and `after` from then on.
    fn number(&self, after: Scalar) -> Scalar {
        match self.stage {
            Stage::Lowered => Scalar::Number,
            Stage::Represented => after,
        }
    }
}

/// The type of `component` of a value, or of the whole value.
fn component_type(ty: Type, component: Option<u8>) -> Result<Type, String> {
    let Some(component) = component else { return Ok(ty) };
    ensure(ty.is_vector() && component < ty.components(), || format!("component {component} of a {ty:?}"))?;
    Ok(Type::Scalar(ty.scalar()))
}
