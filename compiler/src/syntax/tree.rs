//! The syntax tree: what the parser makes of a kernel's text, and all that lowering reads.
//!
//! The terms are those of ESTree, without the suffixes. Nodes lie in an arena, refer to one another by reference and are copied freely; nothing
//! is ever dropped, so that a tree may be as deep as its text. Parentheses, and what TypeScript alone knows (`as`, `satisfies`, `!`), leave no
//! trace. What no kernel can have is [`Foreign`]: it says what it is, for the message, and has no parts.

use crate::diagnostics::Span;

pub(crate) use super::operators::{
    AssignmentOperator, BinaryOperator, LogicalOperator, UnaryOperator, UpdateOperator,
};

/// Where a tree lies.
pub(crate) type Arena = bumpalo::Bump;

/// A name where it is declared or used: of a variable, a property or a label.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identifier<'a> {
    pub(crate) span: Span,
    pub(crate) name: &'a str,
}

/// An expression.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Expression<'a> {
    Number(&'a Number),
    Boolean(&'a Boolean),
    String(&'a Text<'a>),
    Identifier(&'a Identifier<'a>),
    Unary(&'a Unary<'a>),
    Update(&'a Update<'a>),
    Binary(&'a Binary<'a>),
    Logical(&'a Logical<'a>),
    Conditional(&'a Conditional<'a>),
    Assignment(&'a Assignment<'a>),
    Sequence(&'a Sequence<'a>),
    Member(&'a Member<'a>),
    Index(&'a Index<'a>),
    Call(&'a Call<'a>),
    Array(&'a Array<'a>),
    Object(&'a Object<'a>),
    /// `...argument`, in the list of an array, a call or an object only.
    Spread(&'a Spread<'a>),
    Function(&'a Function<'a>),
    Arrow(&'a Arrow<'a>),
    Foreign(&'a Foreign),
}

impl Expression<'_> {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Number(node) => node.span,
            Self::Boolean(node) => node.span,
            Self::String(node) => node.span,
            Self::Identifier(node) => node.span,
            Self::Unary(node) => node.span,
            Self::Update(node) => node.span,
            Self::Binary(node) => node.span,
            Self::Logical(node) => node.span,
            Self::Conditional(node) => node.span,
            Self::Assignment(node) => node.span,
            Self::Sequence(node) => node.span,
            Self::Member(node) => node.span,
            Self::Index(node) => node.span,
            Self::Call(node) => node.span,
            Self::Array(node) => node.span,
            Self::Object(node) => node.span,
            Self::Spread(node) => node.span,
            Self::Function(node) => node.span,
            Self::Arrow(node) => node.function.span,
            Self::Foreign(node) => node.span,
        }
    }
}

/// `1.5`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number {
    pub(crate) span: Span,
    pub(crate) value: f64,
}

/// `true` or `false`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Boolean {
    pub(crate) span: Span,
    pub(crate) value: bool,
}

/// `'text'`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) span: Span,
    pub(crate) value: &'a str,
}

/// `operator argument`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Unary<'a> {
    pub(crate) span: Span,
    pub(crate) operator: UnaryOperator,
    pub(crate) argument: Expression<'a>,
}

/// `++argument` or `argument++`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Update<'a> {
    pub(crate) span: Span,
    pub(crate) operator: UpdateOperator,
    /// Whether the operator stands before the argument.
    pub(crate) prefix: bool,
    pub(crate) argument: Expression<'a>,
}

/// `left operator right`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Binary<'a> {
    pub(crate) span: Span,
    pub(crate) operator: BinaryOperator,
    pub(crate) left: Expression<'a>,
    pub(crate) right: Expression<'a>,
}

/// `left operator right`, where the right operand may not be evaluated.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Logical<'a> {
    pub(crate) span: Span,
    pub(crate) operator: LogicalOperator,
    pub(crate) left: Expression<'a>,
    pub(crate) right: Expression<'a>,
}

/// `test ? consequent : alternate`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Conditional<'a> {
    pub(crate) span: Span,
    pub(crate) test: Expression<'a>,
    pub(crate) consequent: Expression<'a>,
    pub(crate) alternate: Expression<'a>,
}

/// `left operator right`, where the operator ends with `=`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Assignment<'a> {
    pub(crate) span: Span,
    pub(crate) operator: AssignmentOperator,
    /// A name, a member or an index, or an array of such; foreign where a value is taken apart otherwise.
    pub(crate) left: Expression<'a>,
    pub(crate) right: Expression<'a>,
}

/// `first, second`: two expressions or more.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sequence<'a> {
    pub(crate) span: Span,
    pub(crate) expressions: &'a [Expression<'a>],
}

/// `object.property`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'a> {
    pub(crate) span: Span,
    pub(crate) object: Expression<'a>,
    pub(crate) property: Identifier<'a>,
}

/// `object[index]`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Index<'a> {
    pub(crate) span: Span,
    pub(crate) object: Expression<'a>,
    pub(crate) index: Expression<'a>,
}

/// `callee(arguments)`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call<'a> {
    pub(crate) span: Span,
    pub(crate) callee: Expression<'a>,
    pub(crate) arguments: &'a [Expression<'a>],
}

/// `[elements]`. A hole is foreign.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Array<'a> {
    pub(crate) span: Span,
    pub(crate) elements: &'a [Expression<'a>],
}

/// `{ properties }`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Object<'a> {
    pub(crate) span: Span,
    pub(crate) properties: &'a [Property<'a>],
}

/// A part of an object.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Property<'a> {
    pub(crate) span: Span,
    pub(crate) kind: PropertyKind,
    pub(crate) key: Key<'a>,
    /// The function of a method, a getter or a setter; all of `...argument`.
    pub(crate) value: Expression<'a>,
}

/// How a part of an object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PropertyKind {
    /// `key: value`
    Value,
    /// `key`, which is the name of a variable too.
    Shorthand,
    /// `key(…) { … }`
    Method,
    /// `get key() { … }` or `set key(value) { … }`
    Accessor,
    /// `...argument`
    Spread,
}

/// The name of a property where it is declared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key<'a> {
    pub(crate) span: Span,
    /// The name as a word or in quotes; none if it is a number or is computed.
    pub(crate) name: Option<&'a str>,
}

/// `...argument`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spread<'a> {
    pub(crate) span: Span,
    pub(crate) argument: Expression<'a>,
}

/// `function id(parameters) { body }`, or what a method does.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Function<'a> {
    pub(crate) span: Span,
    pub(crate) id: Option<Identifier<'a>>,
    pub(crate) is_async: bool,
    pub(crate) is_generator: bool,
    pub(crate) parameters: Parameters<'a>,
    /// Without its directives.
    pub(crate) body: &'a [Statement<'a>],
}

/// `(parameters) => body`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Arrow<'a> {
    /// The same as a function without a name; one whose body is an expression returns it.
    pub(crate) function: Function<'a>,
    /// That expression.
    pub(crate) expression: Option<Expression<'a>>,
}

/// What a kernel does.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Body<'a> {
    /// Statements in braces, without directives.
    Statements(&'a [Statement<'a>]),
    /// The expression of `inputs => expression`.
    Expression(Expression<'a>),
}

/// `(items, ...rest)`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters<'a> {
    pub(crate) span: Span,
    pub(crate) items: &'a [Parameter<'a>],
    /// Where the rest stands, if there is one.
    pub(crate) rest: Option<Span>,
}

/// `pattern: annotation = initializer`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameter<'a> {
    pub(crate) span: Span,
    pub(crate) pattern: Pattern<'a>,
    /// The name of its type in TypeScript, if it has one that is a plain word.
    pub(crate) annotation: Option<&'a str>,
    pub(crate) initializer: Option<Expression<'a>>,
}

/// What a declaration or a parameter names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pattern<'a> {
    Identifier(&'a Identifier<'a>),
    Object(&'a ObjectPattern<'a>),
    Array(&'a ArrayPattern<'a>),
    Default(&'a DefaultPattern<'a>),
}

impl<'a> Pattern<'a> {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Identifier(node) => node.span,
            Self::Object(node) => node.span,
            Self::Array(node) => node.span,
            Self::Default(node) => node.span,
        }
    }

    /// The name, if it is nothing else.
    pub(crate) fn identifier(&self) -> Option<&'a Identifier<'a>> {
        match self {
            Self::Identifier(identifier) => Some(identifier),
            _ => None,
        }
    }
}

/// `{ properties, ...rest }`
#[derive(Clone, Copy, Debug)]
pub(crate) struct ObjectPattern<'a> {
    pub(crate) span: Span,
    pub(crate) properties: &'a [PatternProperty<'a>],
    /// Where the rest stands, if there is one.
    pub(crate) rest: Option<Span>,
}

/// `key: value`, or `key` alone, which is the name of the variable too.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PatternProperty<'a> {
    pub(crate) key: Key<'a>,
    pub(crate) value: Pattern<'a>,
}

/// `[elements]`, where places may be left out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ArrayPattern<'a> {
    pub(crate) span: Span,
    pub(crate) elements: &'a [Option<Pattern<'a>>],
}

/// `left = default`
#[derive(Clone, Copy, Debug)]
pub(crate) struct DefaultPattern<'a> {
    pub(crate) span: Span,
    pub(crate) left: Pattern<'a>,
}

/// What no kernel has: its kind is all that is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Foreign {
    pub(crate) span: Span,
    pub(crate) kind: ForeignKind,
}

/// What of JavaScript and TypeScript no kernel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ForeignKind {
    Await,
    BigInt,
    Class,
    Debugger,
    /// What an assignment takes apart.
    Destructuring,
    ForIn,
    ForOf,
    /// Nothing between two commas of an array.
    Hole,
    Import,
    New,
    Null,
    OptionalChain,
    RegExp,
    Template,
    This,
    Throw,
    Try,
    With,
    Yield,
    /// Anything else.
    Other,
}

/// A statement.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Statement<'a> {
    /// `;`
    Empty(Span),
    Expression(&'a ExpressionStatement<'a>),
    Variable(&'a VariableDeclaration<'a>),
    Function(&'a Function<'a>),
    Block(&'a Block<'a>),
    If(&'a If<'a>),
    For(&'a For<'a>),
    ForOf(&'a ForOf<'a>),
    While(&'a While<'a>),
    DoWhile(&'a DoWhile<'a>),
    Switch(&'a Switch<'a>),
    Labeled(&'a Labeled<'a>),
    Break(&'a Jump<'a>),
    Continue(&'a Jump<'a>),
    Return(&'a Return<'a>),
    Foreign(&'a Foreign),
}

impl Statement<'_> {
    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Empty(span) => *span,
            Self::Expression(node) => node.span,
            Self::Variable(node) => node.span,
            Self::Function(node) => node.span,
            Self::Block(node) => node.span,
            Self::If(node) => node.span,
            Self::For(node) => node.span,
            Self::ForOf(node) => node.span,
            Self::While(node) => node.span,
            Self::DoWhile(node) => node.span,
            Self::Switch(node) => node.span,
            Self::Labeled(node) => node.span,
            Self::Break(node) | Self::Continue(node) => node.span,
            Self::Return(node) => node.span,
            Self::Foreign(node) => node.span,
        }
    }
}

/// `expression;`
#[derive(Clone, Copy, Debug)]
pub(crate) struct ExpressionStatement<'a> {
    pub(crate) span: Span,
    pub(crate) expression: Expression<'a>,
}

/// `let declarations;`
#[derive(Clone, Copy, Debug)]
pub(crate) struct VariableDeclaration<'a> {
    pub(crate) span: Span,
    pub(crate) kind: VariableKind,
    pub(crate) declarations: &'a [VariableDeclarator<'a>],
}

/// The word that a declaration begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum VariableKind {
    Var,
    Let,
    Const,
    /// `using` or `await using`
    Using,
}

/// `id = init`
#[derive(Clone, Copy, Debug)]
pub(crate) struct VariableDeclarator<'a> {
    pub(crate) id: Pattern<'a>,
    pub(crate) init: Option<Expression<'a>>,
}

/// `{ body }`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block<'a> {
    pub(crate) span: Span,
    pub(crate) body: &'a [Statement<'a>],
}

/// `if (test) consequent else alternate`
#[derive(Clone, Copy, Debug)]
pub(crate) struct If<'a> {
    pub(crate) span: Span,
    pub(crate) test: Expression<'a>,
    pub(crate) consequent: Statement<'a>,
    pub(crate) alternate: Option<Statement<'a>>,
}

/// `for (init; test; update) body`
#[derive(Clone, Copy, Debug)]
pub(crate) struct For<'a> {
    pub(crate) span: Span,
    pub(crate) init: Option<ForInit<'a>>,
    pub(crate) test: Option<Expression<'a>>,
    pub(crate) update: Option<Expression<'a>>,
    pub(crate) body: Statement<'a>,
}

/// `for (kind id of right) body`; it is foreign where nothing is declared.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ForOf<'a> {
    pub(crate) span: Span,
    pub(crate) kind: VariableKind,
    pub(crate) id: Pattern<'a>,
    pub(crate) right: Expression<'a>,
    pub(crate) body: Statement<'a>,
}

/// What a loop begins with.
#[derive(Clone, Copy, Debug)]
pub(crate) enum ForInit<'a> {
    Variable(&'a VariableDeclaration<'a>),
    Expression(Expression<'a>),
}

/// `while (test) body`
#[derive(Clone, Copy, Debug)]
pub(crate) struct While<'a> {
    pub(crate) span: Span,
    pub(crate) test: Expression<'a>,
    pub(crate) body: Statement<'a>,
}

/// `do body while (test)`
#[derive(Clone, Copy, Debug)]
pub(crate) struct DoWhile<'a> {
    pub(crate) span: Span,
    pub(crate) body: Statement<'a>,
    pub(crate) test: Expression<'a>,
}

/// `switch (discriminant) { cases }`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Switch<'a> {
    pub(crate) span: Span,
    pub(crate) discriminant: Expression<'a>,
    pub(crate) cases: &'a [SwitchCase<'a>],
}

/// `case test: consequent`, or `default: consequent`
#[derive(Clone, Copy, Debug)]
pub(crate) struct SwitchCase<'a> {
    pub(crate) span: Span,
    pub(crate) test: Option<Expression<'a>>,
    pub(crate) consequent: &'a [Statement<'a>],
}

/// `label: body`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Labeled<'a> {
    pub(crate) span: Span,
    pub(crate) label: Identifier<'a>,
    pub(crate) body: Statement<'a>,
}

/// `break label;` or `continue label;`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Jump<'a> {
    pub(crate) span: Span,
    pub(crate) label: Option<Identifier<'a>>,
}

/// `return argument;`
#[derive(Clone, Copy, Debug)]
pub(crate) struct Return<'a> {
    pub(crate) span: Span,
    pub(crate) argument: Option<Expression<'a>>,
}
