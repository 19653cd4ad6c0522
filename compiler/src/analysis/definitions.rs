//! Where each variable gets its values: every declaration, assignment, argument and return of a kernel, in one list.

use super::guards::{GuardArena, Guards, set_in};
use crate::ir::{
    BinaryOp, Block, Expression, ExpressionKind, Function, FunctionId, Kernel, LocalId, Place, Scalar,
    Statement, StatementKind, TestPosition,
};

/// Something that holds a value: a local of a function, or a function's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Variable(pub usize);

/// One way in which a variable gets a value.
#[derive(Clone, Copy, Debug)]
pub struct Definition<'k> {
    /// The function whose locals the value names.
    pub function: usize,
    /// The value; absent for the zero of a declaration without one.
    pub value: Option<&'k Expression>,
    /// Whether the variable is set as a whole and not in one element or component.
    pub whole: bool,
    /// The place of the assignment.
    pub site: Site,
}

/// Where a statement stands among the loops of its function.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// The innermost loop around it.
    pub innermost: Option<usize>,
    /// The part of that loop.
    pub part: Part,
    /// Whether that part runs it each time, unless it is left before.
    pub direct: bool,
    /// The conditions that are known to hold there.
    pub guards: Guards,
}

/// The parts of a loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// The statements that compute the condition.
    Prelude,
    /// The body.
    #[default]
    Body,
    /// The update, between two rounds.
    Update,
}

/// What a component of a vector is.
#[derive(Clone, Copy, Debug)]
pub enum Source<'e> {
    /// The thread's index along an axis.
    Thread(u8),
    /// A component of a uniform.
    Uniform(usize, u8),
    /// A number, of whose locals that function has.
    Number(usize, &'e Expression),
}

/// A loop.
#[derive(Clone, Copy, Debug)]
pub struct LoopInfo<'k> {
    /// The function it is in.
    pub function: usize,
    /// The next loop around it.
    pub parent: Option<usize>,
    /// The part of that loop in which it stands.
    pub part: Part,
    /// Where its test stands.
    pub test: TestPosition,
    /// The loop's condition.
    pub condition: Option<&'k Expression>,
    /// Whether something in it skips the rest of a round.
    pub continues: bool,
}

/// Through how many constants one looks to see what an expression is.
const MOST_STEPS: usize = 16;

/// All definitions and loops of a kernel.
#[derive(Debug)]
pub struct Definitions<'k> {
    /// The kernel.
    pub kernel: &'k Kernel,
    /// The loops; an outer one before those within.
    pub loops: Vec<LoopInfo<'k>>,
    /// The conditions that are known to hold at each site.
    pub guards: GuardArena<'k>,
    /// Where the statements of each function stand, in the order of [`Block::walk`].
    sites: Vec<Vec<Site>>,
    of: Vec<Vec<Definition<'k>>>,
    first_local: Vec<usize>,
    first_result: usize,
}

impl<'k> Definitions<'k> {
    /// Collects the definitions and loops of a kernel.
    pub fn of(kernel: &'k Kernel) -> Self {
        let mut first_local = Vec::new();
        let mut count = 0;
        for function in kernel.all_functions() {
            first_local.push(count);
            count += function.locals.len();
        }
        let of = vec![Vec::new(); count + kernel.functions.len()];
        let (loops, guards, sites) = (Vec::new(), GuardArena::default(), Vec::new());
        let mut all = Self { kernel, loops, guards, sites, of, first_local, first_result: count };
        for (position, function) in kernel.all_functions().enumerate() {
            all.sites.push(Vec::new());
            Collector { all: &mut all, function: position }.block(&function.body, Site::default());
        }
        all
    }

    /// Where the statements of a function stand, in the order of [`Block::walk`].
    pub fn sites(&self, function: usize) -> &[Site] {
        &self.sites[function]
    }

    /// The variable of a local. Functions are numbered as in the kernel, the entry last.
    pub fn local(&self, function: usize, local: LocalId) -> Variable {
        Variable(self.first_local[function] + local.0 as usize)
    }

    /// The variable of a function's result.
    pub fn result(&self, function: FunctionId) -> Variable {
        Variable(self.first_result + function.0 as usize)
    }

    /// All variables.
    pub fn variables(&self) -> impl Iterator<Item = Variable> + use<> {
        (0..self.of.len()).map(Variable)
    }

    /// The function and local that a variable is, unless it is a result.
    pub fn as_local(&self, variable: Variable) -> Option<(usize, LocalId)> {
        let function = self.first_local.partition_point(|&first| first <= variable.0).checked_sub(1)?;
        let local = variable.0 - self.first_local[function];
        (variable.0 < self.first_result).then_some((function, LocalId(local as u32)))
    }

    /// The function whose result a variable is, unless it is a local.
    pub fn as_result(&self, variable: Variable) -> Option<FunctionId> {
        variable.0.checked_sub(self.first_result).map(|function| FunctionId(function as u32))
    }

    /// The type of a variable; none for the result of a function that returns nothing.
    pub fn type_of(&self, variable: Variable) -> Option<crate::ir::Type> {
        match self.as_local(variable) {
            Some((function, local)) => Some(self.function(function).local(local).ty),
            None => self.kernel.functions[variable.0 - self.first_result].result,
        }
    }

    /// The function of this number.
    pub fn function(&self, function: usize) -> &'k Function {
        self.kernel.functions.get(function).unwrap_or(&self.kernel.entry)
    }

    /// Every way in which the variable gets a value.
    pub fn of_variable(&self, variable: Variable) -> &[Definition<'k>] {
        &self.of[variable.0]
    }

    /// The loop in which a variable's life begins, if it is in one: loops around that do not repeat it.
    pub fn birth(&self, variable: Variable) -> Option<usize> {
        let (function, local) = self.as_local(variable)?;
        if self.function(function).parameters.contains(&local) {
            return None;
        }
        self.of_variable(variable).first()?.site.innermost
    }

    /// Whether a local is only set where it is declared.
    pub fn is_constant(&self, function: usize, local: LocalId) -> bool {
        !self.function(function).local(local).mutable && !self.function(function).parameters.contains(&local)
    }

    /// The value of a local that is only set where it is declared, and the function whose locals that names; other expressions are their
    /// own values.
    pub fn resolved<'e>(&'e self, function: usize, expression: &'e Expression) -> (usize, &'e Expression) {
        let mut resolved = expression;
        for _ in 0..MOST_STEPS {
            let ExpressionKind::Local(local) = resolved.kind else { break };
            match self.of_variable(self.local(function, local)) {
                [Definition { value: Some(value), whole: true, .. }] if self.is_constant(function, local) => {
                    resolved = value;
                }
                _ => break,
            }
        }
        (function, resolved)
    }

    /// What a component of a vector of numbers is, seen through constants, swizzles and what puts vectors together.
    pub fn component<'e>(
        &'e self,
        function: usize,
        vector: &'e Expression,
        component: u8,
    ) -> Option<Source<'e>> {
        self.component_within(MOST_STEPS, function, vector, component)
    }

    /// [`Definitions::component`], through at most `steps` variables.
    fn component_within<'e>(
        &'e self,
        steps: usize,
        function: usize,
        vector: &'e Expression,
        component: u8,
    ) -> Option<Source<'e>> {
        let steps = steps.checked_sub(1)?;
        let (function, vector) = self.resolved(function, vector);
        if vector.ty.scalar() != Scalar::Number {
            return None;
        }
        match &vector.kind {
            ExpressionKind::ThreadId => Some(Source::Thread(component)),
            ExpressionKind::Uniform(uniform) => Some(Source::Uniform(*uniform, component)),
            ExpressionKind::Splat(number) => Some(Source::Number(function, number)),
            ExpressionKind::Swizzle { vector, components } => {
                self.component_within(steps, function, vector, *components.get(usize::from(component))?)
            }
            ExpressionKind::Compose(parts) => {
                let mut first = 0;
                for part in parts {
                    let end = first + part.ty.components();
                    if component < end {
                        let inside = component - first;
                        let is_vector = part.ty.is_vector();
                        return if is_vector {
                            self.component_within(steps, function, part, inside)
                        } else {
                            Some(Source::Number(function, part))
                        };
                    }
                    first = end;
                }
                None
            }
            _ => None,
        }
    }

    /// The axis of the thread id that a number is, if it is one.
    pub fn thread_axis(&self, function: usize, expression: &Expression) -> Option<u8> {
        let (mut function, mut expression) = (function, expression);
        for _ in 0..MOST_STEPS {
            (function, expression) = self.resolved(function, expression);
            let ExpressionKind::Component { vector, component } = &expression.kind else { return None };
            (function, expression) = match self.component(function, vector, *component)? {
                Source::Thread(axis) => return Some(axis),
                Source::Uniform(..) => return None,
                Source::Number(function, number) => (function, number),
            };
        }
        None
    }

    /// Whether an expression is a number that is known exactly and never changes: a literal or a uniform.
    pub fn is_exact_amount(&self, function: usize, expression: &Expression) -> bool {
        let mut amount = expression;
        for _ in 0..MOST_STEPS {
            amount = match &self.resolved(function, amount).1.kind {
                ExpressionKind::Literal(_) | ExpressionKind::Uniform(_) => return true,
                ExpressionKind::Component { vector, .. } => {
                    return matches!(vector.kind, ExpressionKind::Uniform(_));
                }
                ExpressionKind::Unary { operand, .. } => operand,
                _ => return false,
            };
        }
        false
    }

    /// The loop and those around it, the innermost first.
    pub fn loops_around(&self, innermost: Option<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(innermost, |&inner| self.loops[inner].parent)
    }

    /// Whether the expression is the variable itself, or a temporary that was only ever set to it. Says where the copy was taken.
    pub fn copy_of(
        &self,
        variable: Variable,
        function: usize,
        expression: &Expression,
    ) -> Option<Option<Site>> {
        let ExpressionKind::Local(local) = expression.kind else { return None };
        let named = self.local(function, local);
        if named == variable {
            return Some(None);
        }
        match self.of_variable(named) {
            [Definition { function, value: Some(value), whole: true, site }] if matches!(value.kind, ExpressionKind::Local(source) if self.local(*function, source) == variable) => {
                Some(Some(*site))
            }
            _ => None,
        }
    }
}

struct Collector<'a, 'k> {
    all: &'a mut Definitions<'k>,
    function: usize,
}

impl<'k> Collector<'_, 'k> {
    /// Visits a block; returns what is known to hold behind it.
    fn block(&mut self, block: &'k Block, site: Site) -> Guards {
        block
            .0
            .iter()
            .fold(site.guards, |guards, statement| self.statement(statement, Site { guards, ..site }))
    }

    /// Visits a statement; returns what is known to hold behind it.
    fn statement(&mut self, statement: &'k Statement, mut site: Site) -> Guards {
        use StatementKind as K;
        if let K::Loop { .. } = statement.kind {
            // In the second round what was set in the first one counts.
            site.guards = self.all.guards.without(site.guards, &set_in([statement]));
        }
        self.all.sites[self.function].push(site);
        for expression in statement.expressions() {
            self.calls(expression, site);
        }
        match &statement.kind {
            K::Declare { local, value } => self.define(*local, value.as_ref(), true, site),
            K::Assign { place, value } => self.assign(place, value, site),
            K::Update { old, element, .. } => self.define(*old, Some(element), true, site),
            K::Return(Some(value)) if self.function < self.all.kernel.functions.len() => {
                let result = self.all.result(FunctionId(self.function as u32));
                self.add(result, Some(value), true, site);
            }
            K::If { condition, accept, reject } => return self.branch(condition, [accept, reject], site),
            K::Loop { .. } => return self.repeat(statement, site),
            _ => {
                for block in statement.blocks() {
                    self.block(block, Site { direct: false, ..site });
                }
            }
        }
        self.all.guards.without(site.guards, &set_in([statement]))
    }

    fn branch(&mut self, condition: &'k Expression, blocks: [&'k Block; 2], site: Site) -> Guards {
        let behind = [(blocks[0], true), (blocks[1], false)].map(|(block, holds)| {
            let guards = self.all.guards.with(site.guards, condition, holds);
            self.block(block, Site { direct: false, guards, ..site })
        });
        match blocks.map(Block::completes) {
            [true, false] => behind[0],
            [false, true] => behind[1],
            _ => self.all.guards.without(site.guards, &set_in(blocks.into_iter().flat_map(|block| &block.0))),
        }
    }

    fn repeat(&mut self, statement: &'k Statement, site: Site) -> Guards {
        let StatementKind::Loop { label, test, prelude, condition, body, update } = &statement.kind else {
            return site.guards;
        };
        let info = LoopInfo {
            function: self.function,
            parent: site.innermost,
            part: site.part,
            test: *test,
            condition: condition.as_ref(),
            continues: body.continues(*label),
        };
        let innermost = Some(self.all.loops.len());
        self.all.loops.push(info);
        let at = |part, guards| Site { innermost, part, direct: true, guards };
        self.block(prelude, at(Part::Prelude, site.guards));
        // What the condition needs may be set by the prelude each time, but then it is computed anew before it is tested.
        let tested = condition.as_ref().filter(|_| *test == TestPosition::First);
        let inside =
            tested.map_or(site.guards, |condition| self.all.guards.with(site.guards, condition, true));
        let end = self.block(body, at(Part::Body, inside));
        // A round that is cut short has not got to its end.
        let between = if info.continues { self.all.guards.without(inside, &set_in(&body.0)) } else { end };
        self.block(update, at(Part::Update, between));
        match condition {
            Some(condition) if !body.breaks(*label) => self.all.guards.with(site.guards, condition, false),
            _ => site.guards,
        }
    }

    fn assign(&mut self, place: &Place, value: &'k Expression, site: Site) {
        match *place {
            Place::Local(local) => self.define(local, Some(value), true, site),
            Place::Component { local, .. } | Place::Element { array: local, .. } => {
                self.define(local, Some(value), false, site);
            }
            Place::Buffer { .. } => {}
        }
    }

    fn calls(&mut self, expression: &'k Expression, site: Site) {
        for operand in expression.operands() {
            self.calls(operand, site);
        }
        let ExpressionKind::Call { function, arguments } = &expression.kind else { return };
        let parameters = &self.all.kernel.function(*function).parameters;
        for (parameter, argument) in parameters.iter().zip(arguments) {
            let parameter = self.all.local(function.0 as usize, *parameter);
            self.add(parameter, Some(argument), true, site);
        }
    }

    fn define(&mut self, local: LocalId, value: Option<&'k Expression>, whole: bool, site: Site) {
        let variable = self.all.local(self.function, local);
        self.add(variable, value, whole, site);
    }

    fn add(&mut self, variable: Variable, value: Option<&'k Expression>, whole: bool, site: Site) {
        let definition = Definition { function: self.function, value, whole, site };
        self.all.of[variable.0].push(definition);
    }
}

/// A definition of a variable by itself: `x = x + amount` or, negated, `x = x - amount`.
#[derive(Clone, Copy, Debug)]
pub struct Step<'k> {
    /// The definition.
    pub definition: Definition<'k>,
    /// The amount that is added or subtracted.
    pub amount: &'k Expression,
    /// Whether it is subtracted.
    pub negated: bool,
    /// Where a copy of the variable was taken, if the sum names one.
    pub copied: Option<Site>,
}

impl<'k> Definitions<'k> {
    /// The definition as a step of the variable, if it is one.
    pub fn step(&self, variable: Variable, definition: Definition<'k>) -> Option<Step<'k>> {
        let value = definition.value.filter(|_| definition.whole)?;
        let ExpressionKind::Binary { op, left, right } = &value.kind else { return None };
        let of = |side: &Expression| self.copy_of(variable, definition.function, side);
        let step = |copied, amount, negated| Step { definition, amount, negated, copied };
        match (op, of(left), of(right)) {
            (BinaryOp::Add, Some(copied), _) => Some(step(copied, &**right, false)),
            (BinaryOp::Add, None, Some(copied)) => Some(step(copied, &**left, false)),
            (BinaryOp::Subtract, Some(copied), _) => Some(step(copied, &**right, true)),
            _ => None,
        }
    }
}
