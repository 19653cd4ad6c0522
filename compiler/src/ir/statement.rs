//! Statements, functions and the kernel itself.

use super::expression::{Expression, ExpressionKind};
use super::types::Type;
use crate::diagnostics::Span;

/// A kernel: what one invocation does.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// The user's functions that are called, a callee before its callers.
    pub functions: Vec<Function>,
    /// The kernel's own body: no parameters, no result.
    pub entry: Function,
}

/// Position in [`Kernel::functions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub u32);

/// Position in [`Function::locals`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LocalId(pub u32);

/// Names a loop or scope within its function, so that `break` and `continue` can say which one they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LabelId(pub u32);

/// A function.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The user's name; `kernel` for the entry.
    pub name: String,
    /// The source range of its declaration.
    pub span: Span,
    /// The parameters, which are mutable copies: the first entries of `locals`.
    pub parameters: Vec<LocalId>,
    /// The type of the value it returns, if it returns one. Then every path ends in a `Return` with a value.
    pub result: Option<Type>,
    /// All locals: parameters, variables and temporaries.
    pub locals: Vec<Local>,
    /// The statements of the body.
    pub body: Block,
    /// What calling it may do besides returning a value.
    pub effects: Effects,
}

/// What a function may do besides returning a value, its callees included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Writes buffers or pixels.
    pub writes: bool,
    /// Reads buffers, so that its result depends on when it is called.
    pub reads: bool,
    /// Draws random numbers.
    pub random: bool,
}

impl Effects {
    /// Whether a call has to stay where it is among the statements.
    pub fn any(self) -> bool {
        self.writes || self.random
    }
}

/// A variable, parameter or temporary.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// The user's name, or a short hint for a temporary.
    pub name: String,
    /// The type of its value.
    pub ty: Type,
    /// The source range of its declaration.
    pub span: Span,
    /// Whether anything but its `Declare` ever sets it, as a whole or in part.
    pub mutable: bool,
}

/// Statements in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block(pub Vec<Statement>);

/// A statement and the text it came from.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The kind of statement, with its parts.
    pub kind: StatementKind,
    /// The source range that the statement was lowered from.
    pub span: Span,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// Begins the life of a local, with a value or zero.
    Declare {
        /// The local that is declared.
        local: LocalId,
        /// The initial value; zero of the local's type if there is none.
        value: Option<Expression>,
    },
    /// Stores a value. The place's indices are evaluated before the value, which does not matter as neither has effects.
    Assign {
        /// The place that is stored to.
        place: Place,
        /// The value, of the place's type.
        value: Expression,
    },
    /// Changes a number in a buffer in one step: reads it, begins the life of a local with it, and stores a value that is made of that, and
    /// no other thread comes between. Out of range it reads zero and stores nothing.
    Update {
        /// What the number was before.
        old: LocalId,
        /// The number: a [`ExpressionKind::Load`], or a component of one.
        element: Expression,
        /// What is stored. It has no effects, and may be evaluated more than once.
        value: Expression,
    },
    /// Calls a function for its effects.
    Evaluate(Expression),
    /// Paints a pixel. Operands are numbers, rounded down; colours are then clamped to 0…255, NaN is 0. Outside the canvas: nothing.
    SetPixel {
        /// Column and row.
        position: [Expression; 2],
        /// Red, green, blue.
        color: [Expression; 3],
    },
    /// Runs one of two blocks.
    If {
        /// A boolean.
        condition: Expression,
        /// The block that runs if it is true.
        accept: Block,
        /// The block that runs if it is false.
        reject: Block,
    },
    /// Repeats. With [`TestPosition::First`]: *prelude, test, body, update*, again. With [`TestPosition::Last`]:
    /// *body, update, prelude, test*, again. `Continue` goes to *update*.
    Loop {
        /// The label by which `Break` and `Continue` name the loop.
        label: LabelId,
        /// Where the test stands.
        test: TestPosition,
        /// Statements that the condition needs. Its locals are visible in the condition only.
        prelude: Block,
        /// The loop's condition; without one the loop ends only by jumps.
        condition: Option<Expression>,
        /// The body, once a round.
        body: Block,
        /// The update of a `for`, between two rounds.
        update: Block,
    },
    /// Runs the body once; `Break` of its label leaves it.
    Scope {
        /// The label by which `Break` names it.
        label: LabelId,
        /// The statements that run.
        body: Block,
    },
    /// Runs the one case that lists the selector's value, or the default. No case falls into the next. `Break` of its label leaves it.
    Switch {
        /// The label by which `Break` names it.
        label: LabelId,
        /// A number known to be an integer.
        selector: Expression,
        /// Distinct values over all cases.
        cases: Vec<Case>,
        /// The block that runs if no case matches.
        default: Block,
    },
    /// Leaves the loop, scope or switch of this label.
    Break(LabelId),
    /// Goes on with the next round of the loop of this label.
    Continue(LabelId),
    /// Leaves the function; in the entry, ends this invocation.
    Return(Option<Expression>),
}

/// One case of a switch.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The selector's values that run this case; at least one.
    pub values: Vec<i32>,
    /// The statements that run.
    pub body: Block,
}

/// Where a loop's test stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestPosition {
    /// Before the body: `for`, `while`.
    First,
    /// After the body: `do … while`.
    Last,
}

/// Where a value can be stored.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// A whole local, of any type.
    Local(LocalId),
    /// One component of a vector local.
    Component {
        /// A vector.
        local: LocalId,
        /// The component: 0 to 3 for x, y, z, w.
        component: u8,
    },
    /// An element of an array local, or one component of it. Out of range: dropped.
    Element {
        /// An array.
        array: LocalId,
        /// The index of the element.
        index: Expression,
        /// Which component of the element, if not all of it.
        component: Option<u8>,
    },
    /// An element of a buffer, or one component of it. Out of range: dropped.
    Buffer {
        /// Position in the interface.
        buffer: usize,
        /// One index for each dimension of the buffer.
        index: Vec<Expression>,
        /// Which component of the element, if not all of it.
        component: Option<u8>,
    },
}

impl Kernel {
    /// The function called by `id`.
    pub fn function(&self, id: FunctionId) -> &Function {
        &self.functions[id.0 as usize]
    }

    /// All functions, the entry last.
    pub fn all_functions(&self) -> impl Iterator<Item = &Function> {
        self.functions.iter().chain(std::iter::once(&self.entry))
    }
}

impl Function {
    /// The local called by `id`.
    pub fn local(&self, id: LocalId) -> &Local {
        &self.locals[id.0 as usize]
    }
}

impl StatementKind {
    /// The local whose life it begins.
    pub fn declares(&self) -> Option<LocalId> {
        match self {
            Self::Declare { local, .. } | Self::Update { old: local, .. } => Some(*local),
            _ => None,
        }
    }

    /// The local that is declared or set, as a whole or in part.
    pub fn sets(&self) -> Option<LocalId> {
        match self {
            Self::Declare { local, .. } | Self::Update { old: local, .. } => Some(*local),
            Self::Assign { place, .. } => place.local(),
            _ => None,
        }
    }
}

impl Statement {
    /// The buffer that the statement itself writes, if it does.
    pub fn writes(&self) -> Option<usize> {
        match &self.kind {
            StatementKind::Assign { place: Place::Buffer { buffer, .. }, .. } => Some(*buffer),
            StatementKind::Update { element, .. } => element.loaded().map(|(buffer, ..)| buffer),
            _ => None,
        }
    }
}

impl Place {
    /// The local that is set, as a whole or in part.
    pub fn local(&self) -> Option<LocalId> {
        match self {
            Self::Local(local) | Self::Component { local, .. } | Self::Element { array: local, .. } => {
                Some(*local)
            }
            Self::Buffer { .. } => None,
        }
    }

    /// The index expressions, in the order of evaluation.
    pub fn indices(&self) -> &[Expression] {
        match self {
            Self::Local(_) | Self::Component { .. } => &[],
            Self::Element { index, .. } => std::slice::from_ref(index),
            Self::Buffer { index, .. } => index,
        }
    }

    /// [`Place::indices`], to be changed in place.
    pub fn indices_mut(&mut self) -> &mut [Expression] {
        match self {
            Self::Local(_) | Self::Component { .. } => &mut [],
            Self::Element { index, .. } => std::slice::from_mut(index),
            Self::Buffer { index, .. } => index,
        }
    }
}

impl Block {
    /// Calls `visit` on every statement of the block and of the blocks within, outer before inner.
    pub fn walk(&self, visit: &mut impl FnMut(&Statement)) {
        for statement in &self.0 {
            visit(statement);
            for block in statement.blocks() {
                block.walk(visit);
            }
        }
    }

    /// Calls `visit` on every expression of the block and of the blocks within.
    pub fn walk_expressions(&self, visit: &mut impl FnMut(&Expression)) {
        self.walk(&mut |statement| {
            for expression in statement.expressions() {
                expression.walk(visit);
            }
        });
    }
}

impl Statement {
    /// The blocks directly within.
    pub fn blocks(&self) -> Vec<&Block> {
        use StatementKind as K;
        match &self.kind {
            K::If { accept, reject, .. } => vec![accept, reject],
            K::Loop { prelude, body, update, .. } => vec![prelude, body, update],
            K::Scope { body, .. } => vec![body],
            K::Switch { cases, default, .. } => {
                cases.iter().map(|case| &case.body).chain(std::iter::once(default)).collect()
            }
            K::Declare { .. }
            | K::Assign { .. }
            | K::Update { .. }
            | K::Evaluate(_)
            | K::SetPixel { .. }
            | K::Break(_)
            | K::Continue(_)
            | K::Return(_) => Vec::new(),
        }
    }

    /// Calls `visit` on each local that the statement, or one within, reads, declares or sets, as often as it does.
    pub fn locals(&self, visit: &mut impl FnMut(LocalId)) {
        if let Some(local) = self.kind.sets() {
            visit(local);
        }
        for expression in self.expressions() {
            expression.walk(&mut |expression| {
                if let ExpressionKind::Local(local) | ExpressionKind::Element { array: local, .. } =
                    &expression.kind
                {
                    visit(*local);
                }
            });
        }
        for block in self.blocks() {
            block.0.iter().for_each(|inner| inner.locals(visit));
        }
    }

    /// The expressions directly within, not those of inner blocks.
    pub fn expressions(&self) -> Vec<&Expression> {
        use StatementKind as K;
        match &self.kind {
            K::Declare { value, .. } | K::Return(value) => value.iter().collect(),
            K::Assign { place, value } => place.indices().iter().chain(std::iter::once(value)).collect(),
            K::Update { element, value, .. } => vec![element, value],
            K::Evaluate(expression) => vec![expression],
            K::SetPixel { position, color } => position.iter().chain(color).collect(),
            K::If { condition, .. } => vec![condition],
            K::Loop { condition, .. } => condition.iter().collect(),
            K::Switch { selector, .. } => vec![selector],
            K::Scope { .. } | K::Break(_) | K::Continue(_) => Vec::new(),
        }
    }

    /// Renames every local in this statement and the ones within by `name`.
    pub fn rename_locals(&mut self, name: &impl Fn(LocalId) -> LocalId) {
        for expression in self.expressions_mut() {
            expression.rename_locals(name);
        }
        match &mut self.kind {
            StatementKind::Declare { local, .. }
            | StatementKind::Update { old: local, .. }
            | StatementKind::Assign {
                place:
                    Place::Local(local) | Place::Component { local, .. } | Place::Element { array: local, .. },
                ..
            } => *local = name(*local),
            _ => {}
        }
        self.blocks_mut()
            .into_iter()
            .flat_map(|block| &mut block.0)
            .for_each(|inner| inner.rename_locals(name));
    }

    /// [`Statement::blocks`], to be changed in place.
    pub fn blocks_mut(&mut self) -> Vec<&mut Block> {
        use StatementKind as K;
        match &mut self.kind {
            K::If { accept, reject, .. } => vec![accept, reject],
            K::Loop { prelude, body, update, .. } => vec![prelude, body, update],
            K::Scope { body, .. } => vec![body],
            K::Switch { cases, default, .. } => {
                cases.iter_mut().map(|case| &mut case.body).chain(std::iter::once(default)).collect()
            }
            K::Declare { .. }
            | K::Assign { .. }
            | K::Update { .. }
            | K::Evaluate(_)
            | K::SetPixel { .. }
            | K::Break(_)
            | K::Continue(_)
            | K::Return(_) => Vec::new(),
        }
    }

    /// [`Statement::expressions`], to be changed in place.
    pub fn expressions_mut(&mut self) -> Vec<&mut Expression> {
        use StatementKind as K;
        match &mut self.kind {
            K::Declare { value, .. } | K::Return(value) => value.iter_mut().collect(),
            K::Assign { place, value } => {
                place.indices_mut().iter_mut().chain(std::iter::once(value)).collect()
            }
            K::Update { element, value, .. } => vec![element, value],
            K::Evaluate(expression) => vec![expression],
            K::SetPixel { position, color } => position.iter_mut().chain(color).collect(),
            K::If { condition, .. } => vec![condition],
            K::Loop { condition, .. } => condition.iter_mut().collect(),
            K::Switch { selector, .. } => vec![selector],
            K::Scope { .. } | K::Break(_) | K::Continue(_) => Vec::new(),
        }
    }
}
