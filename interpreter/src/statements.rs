//! One thread, and what statements do to it.

use compiler::ir::{
    Block, Case, Expression, ExpressionKind, Function, FunctionId, LabelId, LocalId, Place, Statement,
    StatementKind, TestPosition,
};

use crate::memory::Memory;
use crate::value::{Value, Word};
use crate::{Run, Stopped, broken};

/// One invocation of the kernel.
pub(crate) struct Thread<'a> {
    pub(crate) run: &'a Run<'a>,
    /// Whether the indices marked with each condition of the run are in range.
    pub(crate) in_range: &'a [bool],
    pub(crate) memory: &'a mut Memory,
    pub(crate) id: [u32; 3],
    /// The count of random numbers it has drawn.
    pub(crate) draws: u32,
    fuel: u64,
}

/// A function's locals: none before its `Declare`.
pub(crate) struct Frame<'a> {
    function: &'a Function,
    locals: Vec<Option<Value>>,
}

/// The place where execution continues after a statement.
enum Flow {
    /// At the next one.
    Next,
    /// Behind the loop, scope or switch of this label.
    Break(LabelId),
    /// At the update of the loop of this label.
    Continue(LabelId),
    /// At the call.
    Return(Option<Value>),
}

impl<'a> Thread<'a> {
    pub(crate) fn new(
        run: &'a Run<'a>,
        in_range: &'a [bool],
        memory: &'a mut Memory,
        id: [u32; 3],
        fuel: u64,
    ) -> Self {
        Self { run, in_range, memory, id, draws: 0, fuel }
    }

    /// Runs the kernel's body and gives the fuel that is left.
    pub(crate) fn run(mut self) -> Result<u64, Stopped> {
        self.invoke(&self.run.kernel.entry, Vec::new())?;
        Ok(self.fuel)
    }

    /// Calls a function. Arguments are copies, as all values are.
    pub(crate) fn call(&mut self, id: FunctionId, arguments: Vec<Value>) -> Result<Option<Value>, Stopped> {
        match self.run.kernel.functions.get(id.0 as usize) {
            Some(function) => self.invoke(function, arguments),
            None => broken(format!("there is no function {}", id.0)),
        }
    }

    fn invoke(&mut self, function: &'a Function, arguments: Vec<Value>) -> Result<Option<Value>, Stopped> {
        let mut frame = Frame { function, locals: vec![None; function.locals.len()] };
        for (&parameter, argument) in function.parameters.iter().zip(arguments) {
            frame.locals[parameter.0 as usize] = Some(argument);
        }
        match self.block(&mut frame, &function.body)? {
            Flow::Return(value) => Ok(value),
            Flow::Next if function.result.is_none() => Ok(None),
            Flow::Next => broken(format!("`{}` ends without a value", function.name)),
            Flow::Break(_) | Flow::Continue(_) => broken("a jump out of a function"),
        }
    }

    fn block(&mut self, frame: &mut Frame<'a>, block: &'a Block) -> Result<Flow, Stopped> {
        for statement in &block.0 {
            self.spend()?;
            match self.statement(frame, statement)? {
                Flow::Next => {}
                jump => return Ok(jump),
            }
        }
        Ok(Flow::Next)
    }

    fn spend(&mut self) -> Result<(), Stopped> {
        self.fuel = self.fuel.checked_sub(1).ok_or(Stopped::OutOfFuel)?;
        Ok(())
    }

    fn statement(&mut self, frame: &mut Frame<'a>, statement: &'a Statement) -> Result<Flow, Stopped> {
        use StatementKind as K;
        match &statement.kind {
            K::Declare { local, value } => self.declare(frame, *local, value.as_ref())?,
            K::Assign { place, value } => self.assign(frame, place, value)?,
            K::Update { old, element, value } => self.update(frame, *old, element, value)?,
            K::Evaluate(expression) => self.evaluate(frame, expression)?,
            K::SetPixel { position, color } => self.set_pixel(frame, position, color)?,
            K::If { condition, accept, reject } => {
                let taken = if self.value(frame, condition)?.bool()? { accept } else { reject };
                return self.block(frame, taken);
            }
            K::Loop { label, .. } => {
                let flow = self.repeat(frame, &statement.kind)?;
                return Ok(left(flow, *label));
            }
            K::Scope { label, body } => {
                let flow = self.block(frame, body)?;
                return Ok(left(flow, *label));
            }
            K::Switch { label, selector, cases, default } => {
                let selected = self.value(frame, selector)?.scalar()?.number()?;
                let has_it = |case: &&Case| case.values.iter().any(|&value| f64::from(value) == selected);
                let case = cases.iter().find(has_it);
                let flow = self.block(frame, case.map_or(default, |case| &case.body))?;
                return Ok(left(flow, *label));
            }
            K::Break(label) => return Ok(Flow::Break(*label)),
            K::Continue(label) => return Ok(Flow::Continue(*label)),
            K::Return(None) => return Ok(Flow::Return(None)),
            K::Return(Some(value)) => return Ok(Flow::Return(Some(self.value(frame, value)?))),
        }
        Ok(Flow::Next)
    }

    /// Goes through the rounds of a loop. Gives the jump that ended them, if one did.
    fn repeat(&mut self, frame: &mut Frame<'a>, kind: &'a StatementKind) -> Result<Flow, Stopped> {
        let StatementKind::Loop { label, test, prelude, condition, body, update } = kind else {
            return broken("this is no loop");
        };
        let mut is_first_round = true;
        loop {
            self.spend()?;
            let tests = *test == TestPosition::First || !is_first_round;
            if tests && !self.goes_on(frame, prelude, condition.as_ref())? {
                return Ok(Flow::Next);
            }
            match self.block(frame, body)? {
                Flow::Next => {}
                Flow::Continue(target) if target == *label => {}
                jump => return Ok(jump),
            }
            self.inner_block(frame, update)?;
            is_first_round = false;
        }
    }

    /// The prelude and the test of a loop.
    fn goes_on(
        &mut self,
        frame: &mut Frame<'a>,
        prelude: &'a Block,
        condition: Option<&'a Expression>,
    ) -> Result<bool, Stopped> {
        self.inner_block(frame, prelude)?;
        condition.map_or(Ok(true), |condition| self.value(frame, condition)?.bool())
    }

    /// A loop's prelude or update, which cannot be left.
    fn inner_block(&mut self, frame: &mut Frame<'a>, block: &'a Block) -> Result<(), Stopped> {
        match self.block(frame, block)? {
            Flow::Next => Ok(()),
            _ => broken("a jump out of a loop's prelude or update"),
        }
    }

    fn declare(
        &mut self,
        frame: &mut Frame<'a>,
        local: LocalId,
        value: Option<&'a Expression>,
    ) -> Result<(), Stopped> {
        let value = match value {
            Some(value) => self.value(frame, value)?,
            None => Value::zero(frame.function.local(local).ty)?,
        };
        frame.locals[local.0 as usize] = Some(value);
        Ok(())
    }

    fn evaluate(&mut self, frame: &mut Frame<'a>, expression: &'a Expression) -> Result<(), Stopped> {
        if let ExpressionKind::Call { function, arguments } = &expression.kind {
            // It may have no value.
            let arguments = self.values(frame, arguments)?;
            self.call(*function, arguments)?;
        } else {
            self.value(frame, expression)?;
        }
        Ok(())
    }

    fn set_pixel(
        &mut self,
        frame: &mut Frame<'a>,
        position: &'a [Expression; 2],
        color: &'a [Expression; 3],
    ) -> Result<(), Stopped> {
        let marked = position;
        let position = self.integers(frame, position)?;
        let mut channels = [Word::I32(0); 3];
        for (channel, expression) in channels.iter_mut().zip(color) {
            *channel = self.value(frame, expression)?.scalar()?;
        }
        let size = self.run.interface.canvas.map_or([0; 2], |canvas| [canvas.width, canvas.height]);
        self.check_marks(marked, &position, &size)?;
        self.memory.paint(self.run.interface, [position[0], position[1]], channels)
    }

    fn assign(
        &mut self,
        frame: &mut Frame<'a>,
        place: &'a Place,
        value: &'a Expression,
    ) -> Result<(), Stopped> {
        let index = self.integers(frame, place.indices())?;
        let value = self.value(frame, value)?;
        match place {
            Place::Local(local) => *frame.local(*local)? = value,
            Place::Component { local, component } => {
                frame.local(*local)?.component(*component)?.set(value.scalar()?)?;
            }
            Place::Element { array, component, .. } => {
                match (frame.local(*array)?.element(index[0])?, component) {
                    (Some(element), Some(component)) => {
                        element.component(*component)?.set(value.scalar()?)?
                    }
                    (Some(element), None) => *element = value,
                    (None, _) => {}
                }
            }
            Place::Buffer { buffer, component, .. } => {
                self.check_marks(place.indices(), &index, self.memory.size(self.run.interface, *buffer)?)?;
                self.memory.store(self.run.interface, (*buffer, &index, *component), &value)?;
            }
        }
        Ok(())
    }
}

impl<'a> Thread<'a> {
    /// Changes a number in one step, as threads come one after the other.
    fn update(
        &mut self,
        frame: &mut Frame<'a>,
        old: LocalId,
        element: &'a Expression,
        value: &'a Expression,
    ) -> Result<(), Stopped> {
        let Some((buffer, indices, component)) = element.loaded() else {
            return broken("this is no element");
        };
        frame.locals[old.0 as usize] = Some(self.value(frame, element)?);
        let index = self.integers(frame, indices)?;
        let value = self.value(frame, value)?;
        self.memory.store(self.run.interface, (buffer, &index, component), &value)
    }
}

impl Frame<'_> {
    /// The value of a local.
    pub(crate) fn local(&mut self, local: LocalId) -> Result<&mut Value, Stopped> {
        let name = || self.function.locals.get(local.0 as usize).map_or("?", |local| &local.name);
        match self.locals.get_mut(local.0 as usize) {
            Some(Some(value)) => Ok(value),
            _ => broken(format!("`{}` is used before it is declared", name())),
        }
    }
}

/// A `Break` that has reached its statement goes on behind it.
fn left(flow: Flow, label: LabelId) -> Flow {
    match flow {
        Flow::Break(target) if target == label => Flow::Next,
        other => other,
    }
}
