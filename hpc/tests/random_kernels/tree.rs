//! Kernels as trees.
//!
//! Any tree can be printed as a valid kernel: what refers to a variable holds a number, and the printer picks among the
//! variables in scope by it. So a tree stays valid however it shrinks.

/// A kernel and the functions it declares.
#[derive(Clone, Debug)]
pub(crate) struct Kernel {
    /// In how many dimensions it runs, 1 to 3.
    pub(crate) rank: usize,
    /// Whether uniforms may be fractions. Then they are rounded where they are computed with; else they are used as they are.
    pub(crate) has_fractions: bool,
    pub(crate) functions: Vec<Function>,
    pub(crate) body: Vec<Statement>,
}

/// A function that gives an integer.
#[derive(Clone, Debug)]
pub(crate) struct Function {
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) body: Vec<Statement>,
    pub(crate) result: Int,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Parameter {
    Number,
    Boolean,
    Vector(u8),
    Cell(Shape),
}

/// What a vector of integers is: its size and whether its components have a sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) size: u8,
    pub(crate) is_signed: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Statement {
    LetInt(bool, Int),
    LetBool(Bool),
    LetDouble(Double),
    LetFloat(Float),
    LetVector(u8, Vector),
    LetCell(Shape, Cell),
    LetArray(Vec<Int>),
    LetFilled(u8, Int),
    SetInt(u8, &'static str, Int),
    Step(u8, &'static str),
    SetBool(u8, Bool),
    SetDouble(u8, Double),
    SetFloat(u8, Float),
    SetVector(u8, Vector),
    SetCell(u8, Cell),
    SetComponent(u8, u8, Int),
    SetElement(u8, Int, Int),
    /// To a buffer of integers.
    Store(u8, &'static str, Int),
    StoreSlot(Int, &'static str, Int),
    StoreFlag(Bool),
    StoreDouble(Double),
    StoreFloat(Float),
    StoreVector(Vector),
    StoreCell(Cell),
    /// To a component of `vectors` or `cells`.
    StoreComponent(bool, u8, Int),
    Paint(bool, [Int; 3]),
    If(Bool, Vec<Statement>, Vec<Statement>),
    For(Count, Vec<Statement>),
    While(u8, Bool, Vec<Statement>),
    DoWhile(u8, Bool, Vec<Statement>),
    Switch(Int, Vec<Case>),
    /// `if (…) break`, `continue` or `return`, out of this many loops.
    Jump(Bool, Jump, u8),
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Jump {
    Return,
    Break,
    Continue,
}

/// How a `for` counts.
#[derive(Clone, Debug)]
pub(crate) enum Count {
    Up(u8),
    Down(u8),
    Twos(u8),
    /// From near where a representation ends.
    From(f64, u8),
    DownFrom(f64, u8),
    /// To what a uniform says.
    Uniform(u8),
    /// From one integer up or down to another, but not for long.
    Between(bool, u8, Int, Int),
    /// From an element of a buffer to the next.
    Row(u8, Int),
    /// Through the digits of an integer.
    Digits(bool, Int),
}

/// One case of a switch, or its default; it may fall into the next.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) value: Option<f64>,
    pub(crate) body: Vec<Statement>,
    pub(crate) falls: bool,
}

/// A number that JavaScript computes from integers, by what gives integers: so it is one, or infinite, or NaN.
#[derive(Clone, Debug)]
pub(crate) enum Int {
    Literal(f64),
    Variable(u8),
    Thread(u8),
    Uniform(u8),
    /// An element of an array that is a uniform.
    UniformElement(u8, Box<Int>),
    Extent(u8),
    RandomBelow(u8),
    /// This thread's element of a buffer.
    Own(u8),
    /// One of this thread's elements of `own`.
    Slot(Box<Int>),
    /// An element of a buffer that is read only; the index may be halved.
    Load(u8, Box<Int>, bool),
    Element(u8, Box<Int>),
    /// `$` stands for the operand.
    Unary(&'static str, Box<Int>),
    Binary(&'static str, Box<Int>, Box<Int>),
    /// `Math.floor(a / b)` and the like.
    Quotient(&'static str, Box<Int>, Box<Int>),
    /// An integer made of the product with a uniform, or of the quotient.
    Scaled(&'static str, &'static str, Box<Int>, u8),
    FromDouble(&'static str, Box<Double>),
    Choose(Box<Bool>, Box<Int>, Box<Int>),
    Component(u8, Box<Vector>, u8),
    CellComponent(Shape, Box<Cell>, u8),
    Dot(u8, Box<Vector>, Box<Vector>),
    Call(u8, Vec<Int>),
}

#[derive(Clone, Debug)]
pub(crate) enum Bool {
    Literal(bool),
    Variable(u8),
    Uniform,
    /// An element of `booleans`.
    Load(Box<Int>),
    /// This thread's element of `flags`.
    Own,
    Compare(&'static str, Box<Int>, Box<Int>),
    /// With a uniform as it is.
    CompareUniform(&'static str, Box<Int>, u8),
    CompareDoubles(&'static str, Box<Double>, Box<Double>),
    Not(Box<Bool>),
    Both(&'static str, Box<Bool>, Box<Bool>),
    SameVectors(&'static str, u8, Box<Vector>, Box<Vector>),
    SameCells(bool, Shape, Box<Cell>, Box<Cell>),
}

/// A double, computed from at least one that a buffer or a uniform holds.
#[derive(Clone, Debug)]
pub(crate) enum Double {
    Variable(u8),
    Uniform(u8),
    Load(Box<Int>),
    /// This thread's element of `doubles`.
    Own,
    /// `$` stands for the operand.
    Unary(&'static str, Box<Double>),
    Binary(&'static str, Box<Double>, Box<Double>),
    /// With a number that has a fraction.
    Literal(&'static str, Box<Double>, f64),
    WithInt(&'static str, Box<Double>, Box<Int>),
    Choose(Box<Bool>, Box<Double>, Box<Double>),
}

/// A vector whose components are small integers, as singles. Its size comes from where it stands.
#[derive(Clone, Debug)]
pub(crate) enum Vector {
    Splat(Int),
    Variable(u8),
    Uniform,
    Compose(Box<[Int; 4]>),
    Load(Box<[Int; 3]>),
    FromCell(bool, Box<Cell>),
    Method(&'static str, Box<Vector>),
    Combine(&'static str, Box<Vector>, Box<Vector>),
    Scale(Box<Vector>, Box<Int>),
    Swizzle(u8, Box<Vector>, [u8; 4]),
    Choose(Box<Bool>, Box<Vector>, Box<Vector>),
}

/// A vector of integers of 32 bits. Its shape comes from where it stands.
#[derive(Clone, Debug)]
pub(crate) enum Cell {
    Splat(Int),
    Variable(u8),
    Uniform,
    Compose(Box<[Int; 4]>),
    Load(Box<[Int; 2]>),
    FromVector(Box<Vector>),
    /// Of the other sign.
    Convert(Box<Cell>),
    Method(&'static str, Box<Cell>),
    Combine(&'static str, Box<Cell>, Box<Cell>),
    /// With a number in place of a vector.
    With(&'static str, Box<Cell>, Box<Int>),
    Swizzle(u8, Box<Cell>, [u8; 4]),
    Choose(Box<Bool>, Box<Cell>, Box<Cell>),
}

/// A number that devices compute more or less closely.
#[derive(Clone, Debug)]
pub(crate) enum Float {
    /// So many quarters.
    Literal(i8),
    Variable(u8),
    Uniform,
    Random,
    FromInt(Box<Int>),
    Function(u8, Box<Float>),
    Binary(u8, Box<Float>, Box<Float>),
    Choose(Box<Bool>, Box<Float>, Box<Float>),
    Length(u8, Box<Vector>),
    /// A component of a vector of floats after a method.
    Mapped(&'static str, Box<[Float; 3]>, u8),
}
