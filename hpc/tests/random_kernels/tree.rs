//! Kernels as trees, and how they are drawn.
//!
//! Any tree can be printed as a valid kernel: what refers to a variable holds a number, and the printer picks among the
//! variables in scope by it. So a tree stays valid however it shrinks. The first alternative of each choice is the simplest.

use proptest::collection::vec;
use proptest::prelude::*;

/// A kernel and the functions it declares.
#[derive(Clone, Debug)]
pub(crate) struct Kernel {
    /// In how many dimensions it runs, 1 to 3.
    pub(crate) rank: usize,
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
}

#[derive(Clone, Debug)]
pub(crate) enum Statement {
    LetInt(bool, Int),
    LetBool(Bool),
    LetFloat(Float),
    LetVector(u8, Vector),
    LetArray(Vec<Int>),
    LetFilled(u8, Int),
    SetInt(u8, &'static str, Int),
    Step(u8, &'static str),
    SetBool(u8, Bool),
    SetFloat(u8, Float),
    SetVector(u8, Vector),
    SetComponent(u8, u8, Int),
    SetElement(u8, Int, Int),
    StoreOut(&'static str, Int),
    StoreOwn(Int, &'static str, Int),
    StoreVector(Vector),
    StoreComponent(u8, Int),
    StoreFloat(Float),
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
#[derive(Clone, Copy, Debug)]
pub(crate) enum Count {
    Up(u8),
    Down(u8),
    Twos(u8),
    /// To what a uniform says.
    Uniform,
}

/// One case of a switch, or its default; it may fall into the next.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) value: Option<i8>,
    pub(crate) body: Vec<Statement>,
    pub(crate) falls: bool,
}

/// A number that is exact on every device.
#[derive(Clone, Debug)]
pub(crate) enum Int {
    Literal(i32),
    Variable(u8),
    Thread(u8),
    Uniform,
    Extent(u8),
    RandomBelow(u8),
    Out,
    Own(Box<Int>),
    /// An element of `ints`; the index may be halved.
    Load(Box<Int>, bool),
    Element(u8, Box<Int>),
    Unary(&'static str, Box<Int>),
    Binary(&'static str, Box<Int>, Box<Int>),
    /// `Math.floor(a / 3)` and the like.
    Quotient(&'static str, Box<Int>, i32),
    Choose(Box<Bool>, Box<Int>, Box<Int>),
    Component(u8, Box<Vector>, u8),
    Dot(u8, Box<Vector>, Box<Vector>),
    Call(u8, Vec<Int>),
}

#[derive(Clone, Debug)]
pub(crate) enum Bool {
    Literal(bool),
    Variable(u8),
    Uniform,
    Compare(&'static str, Box<Int>, Box<Int>),
    Not(Box<Bool>),
    Both(&'static str, Box<Bool>, Box<Bool>),
    SameVectors(&'static str, u8, Box<Vector>, Box<Vector>),
}

/// A vector whose components are exact. Its size comes from where it stands.
#[derive(Clone, Debug)]
pub(crate) enum Vector {
    Splat(Int),
    Variable(u8),
    Uniform,
    Compose(Box<[Int; 4]>),
    Load(Box<[Int; 3]>),
    Method(&'static str, Box<Vector>),
    Combine(&'static str, Box<Vector>, Box<Vector>),
    Scale(Box<Vector>, Box<Int>),
    Swizzle(u8, Box<Vector>, [u8; 4]),
    Choose(Box<Bool>, Box<Vector>, Box<Vector>),
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

/// Expressions up to some depth.
#[derive(Clone)]
struct Expressions {
    int: BoxedStrategy<Int>,
    bool: BoxedStrategy<Bool>,
    vector: BoxedStrategy<Vector>,
    float: BoxedStrategy<Float>,
}

fn size() -> impl Strategy<Value = u8> {
    2..=4_u8
}

fn leaves() -> Expressions {
    let int = prop_oneof![
        4 => (-9..10_i32).prop_map(Int::Literal),
        4 => any::<u8>().prop_map(Int::Variable),
        3 => (0..3_u8).prop_map(Int::Thread),
        1 => Just(Int::Uniform),
        1 => (0..4_u8).prop_map(Int::Extent),
        1 => (1..=5_u8).prop_map(Int::RandomBelow),
        1 => Just(Int::Out),
    ];
    let bool = prop_oneof![
        any::<bool>().prop_map(Bool::Literal),
        any::<u8>().prop_map(Bool::Variable),
        Just(Bool::Uniform),
    ];
    let vector = prop_oneof![
        (-9..10_i32).prop_map(|value| Vector::Splat(Int::Literal(value))),
        any::<u8>().prop_map(Vector::Variable),
        Just(Vector::Uniform),
    ];
    let float = prop_oneof![
        (-16..17_i8).prop_map(Float::Literal),
        any::<u8>().prop_map(Float::Variable),
        Just(Float::Uniform),
        Just(Float::Random),
    ];
    Expressions { int: int.boxed(), bool: bool.boxed(), vector: vector.boxed(), float: float.boxed() }
}

/// One level more.
fn deeper(inner: &Expressions) -> Expressions {
    Expressions {
        int: deeper_int(inner),
        bool: deeper_bool(inner),
        vector: deeper_vector(inner),
        float: deeper_float(inner),
    }
}

fn deeper_int(inner: &Expressions) -> BoxedStrategy<Int> {
    let Expressions { int, bool, vector, .. } = inner;
    let ints = || int.clone().prop_map(Box::new);
    let vectors = || vector.clone().prop_map(Box::new);
    let unary =
        prop::sample::select(vec!["-", "~", "Math.abs", "Math.sign", "Math.clz32", "Math.round", "+"]);
    let binary = prop::sample::select(vec![
        "+",
        "-",
        "*",
        "%",
        "Math.min",
        "Math.max",
        "&",
        "|",
        "^",
        "<<",
        ">>",
        ">>>",
        "Math.imul",
        "**",
    ]);
    let rounding = prop::sample::select(vec!["Math.floor", "Math.ceil", "Math.round", "Math.trunc"]);
    let divisor = prop::sample::select(vec![2, 3, 4, 5, 7, 8, 10, -2, -3]);
    prop_oneof![
        4 => int.clone(),
        2 => (unary, ints()).prop_map(|(op, a)| Int::Unary(op, a)),
        8 => (binary, ints(), ints()).prop_map(|(op, a, b)| Int::Binary(op, a, b)),
        3 => (rounding, ints(), divisor).prop_map(|(op, a, b)| Int::Quotient(op, a, b)),
        1 => (ints(), any::<bool>()).prop_map(|(index, halved)| Int::Load(index, halved)),
        1 => ints().prop_map(Int::Own),
        1 => (any::<u8>(), ints()).prop_map(|(array, index)| Int::Element(array, index)),
        1 => (bool.clone().prop_map(Box::new), ints(), ints()).prop_map(|(c, a, b)| Int::Choose(c, a, b)),
        1 => (size(), vectors(), any::<u8>()).prop_map(|(n, v, which)| Int::Component(n, v, which)),
        1 => (size(), vectors(), vectors()).prop_map(|(n, a, b)| Int::Dot(n, a, b)),
        1 => (any::<u8>(), vec(int.clone(), 3)).prop_map(|(which, values)| Int::Call(which, values)),
    ]
    .boxed()
}

fn deeper_bool(inner: &Expressions) -> BoxedStrategy<Bool> {
    let Expressions { int, bool, vector, .. } = inner;
    let ints = || int.clone().prop_map(Box::new);
    let vectors = || vector.clone().prop_map(Box::new);
    let bools = || bool.clone().prop_map(Box::new);
    let comparison = prop::sample::select(vec!["===", "!==", "<", "<=", ">", ">="]);
    let equality = prop::sample::select(vec!["===", "!=="]);
    prop_oneof![
        1 => bool.clone(),
        6 => (comparison, ints(), ints()).prop_map(|(op, a, b)| Bool::Compare(op, a, b)),
        1 => bools().prop_map(Bool::Not),
        2 => (prop::sample::select(vec!["&&", "||"]), bools(), bools()).prop_map(|(op, a, b)| Bool::Both(op, a, b)),
        1 => (equality, size(), vectors(), vectors()).prop_map(|(op, n, a, b)| Bool::SameVectors(op, n, a, b)),
    ]
    .boxed()
}

fn deeper_vector(inner: &Expressions) -> BoxedStrategy<Vector> {
    let Expressions { int, bool, vector, .. } = inner;
    let vectors = || vector.clone().prop_map(Box::new);
    let method = prop::sample::select(vec!["abs", "floor", "sign", "round", "trunc", "ceil"]);
    let combine = prop::sample::select(vec!["plus", "minus", "times", "min", "max", "cross"]);
    let four = [int.clone(), int.clone(), int.clone(), int.clone()];
    let three = [int.clone(), int.clone(), int.clone()];
    prop_oneof![
        2 => vector.clone(),
        1 => int.clone().prop_map(Vector::Splat),
        2 => four.prop_map(|parts| Vector::Compose(Box::new(parts))),
        1 => three.prop_map(|index| Vector::Load(Box::new(index))),
        1 => (method, vectors()).prop_map(|(name, v)| Vector::Method(name, v)),
        3 => (combine, vectors(), vectors()).prop_map(|(name, a, b)| Vector::Combine(name, a, b)),
        1 => (vectors(), int.clone().prop_map(Box::new)).prop_map(|(v, by)| Vector::Scale(v, by)),
        1 => (size(), vectors(), any::<[u8; 4]>()).prop_map(|(n, v, letters)| Vector::Swizzle(n, v, letters)),
        1 => (bool.clone().prop_map(Box::new), vectors(), vectors()).prop_map(|(c, a, b)| Vector::Choose(c, a, b)),
    ]
    .boxed()
}

fn deeper_float(inner: &Expressions) -> BoxedStrategy<Float> {
    let Expressions { int, bool, vector, float } = inner;
    let floats = || float.clone().prop_map(Box::new);
    let method = prop::sample::select(vec!["sin", "cos", "atan", "tanh", "abs"]);
    let three = [float.clone(), float.clone(), float.clone()];
    prop_oneof![
        1 => float.clone(),
        1 => int.clone().prop_map(|value| Float::FromInt(Box::new(value))),
        3 => (any::<u8>(), floats()).prop_map(|(which, a)| Float::Function(which, a)),
        3 => (any::<u8>(), floats(), floats()).prop_map(|(which, a, b)| Float::Binary(which, a, b)),
        1 => (bool.clone().prop_map(Box::new), floats(), floats()).prop_map(|(c, a, b)| Float::Choose(c, a, b)),
        1 => (size(), vector.clone().prop_map(Box::new)).prop_map(|(n, v)| Float::Length(n, v)),
        1 => (method, three, any::<u8>()).prop_map(|(name, parts, which)| Float::Mapped(name, Box::new(parts), which)),
    ]
    .boxed()
}

/// Statements without others in them.
fn simple(values: &Expressions) -> BoxedStrategy<Statement> {
    use Statement as S;
    let Expressions { int, bool, vector, float } = values;
    let which = any::<u8>;
    let assignment =
        || prop::sample::select(vec!["=", "+=", "-=", "*=", "&=", "|=", "^=", "<<=", ">>=", "%="]);
    let step = prop::sample::select(vec!["++", "--"]);
    let jump = prop::sample::select(vec![Jump::Return, Jump::Break, Jump::Continue]);
    let colors = [int.clone(), int.clone(), int.clone()];
    prop_oneof![
        4 => (assignment(), int.clone()).prop_map(|(op, a)| S::StoreOut(op, a)),
        4 => (any::<bool>(), int.clone()).prop_map(|(constant, a)| S::LetInt(constant, a)),
        1 => bool.clone().prop_map(S::LetBool),
        2 => float.clone().prop_map(S::LetFloat),
        2 => (size(), vector.clone()).prop_map(|(n, v)| S::LetVector(n, v)),
        1 => vec(int.clone(), 1..4).prop_map(S::LetArray),
        1 => (1..5_u8, int.clone()).prop_map(|(length, a)| S::LetFilled(length, a)),
        4 => (which(), assignment(), int.clone()).prop_map(|(to, op, a)| S::SetInt(to, op, a)),
        1 => (which(), step).prop_map(|(to, op)| S::Step(to, op)),
        1 => (which(), bool.clone()).prop_map(|(to, a)| S::SetBool(to, a)),
        1 => (which(), float.clone()).prop_map(|(to, a)| S::SetFloat(to, a)),
        1 => (which(), vector.clone()).prop_map(|(to, a)| S::SetVector(to, a)),
        1 => (which(), which(), int.clone()).prop_map(|(to, part, a)| S::SetComponent(to, part, a)),
        1 => (which(), int.clone(), int.clone()).prop_map(|(to, index, a)| S::SetElement(to, index, a)),
        1 => (int.clone(), assignment(), int.clone()).prop_map(|(index, op, a)| S::StoreOwn(index, op, a)),
        1 => vector.clone().prop_map(S::StoreVector),
        1 => (which(), int.clone()).prop_map(|(part, a)| S::StoreComponent(part, a)),
        1 => float.clone().prop_map(S::StoreFloat),
        1 => (any::<bool>(), colors).prop_map(|(between, color)| S::Paint(between, color)),
        2 => (bool.clone(), jump, 0..3_u8).prop_map(|(condition, jump, outer)| S::Jump(condition, jump, outer)),
    ]
    .boxed()
}

/// Statements with others in them, up to some depth.
fn statements(values: &Expressions, depth: u32) -> BoxedStrategy<Statement> {
    let Expressions { int, bool, .. } = values.clone();
    simple(values)
        .prop_recursive(depth, 24, 3, move |inner| {
            let block = || vec(inner.clone(), 0..4);
            let case = (prop::option::weighted(0.8, -2..5_i8), block(), any::<bool>());
            let case = case.prop_map(|(value, body, falls)| Case { value, body, falls });
            let count = prop_oneof![
                (0..6_u8).prop_map(Count::Up),
                (0..6_u8).prop_map(Count::Down),
                (0..9_u8).prop_map(Count::Twos),
                Just(Count::Uniform),
            ];
            prop_oneof![
                2 => inner.clone(),
                3 => (bool.clone(), block(), block()).prop_map(|(c, a, b)| Statement::If(c, a, b)),
                3 => (count, block()).prop_map(|(count, body)| Statement::For(count, body)),
                1 => (0..5_u8, bool.clone(), block()).prop_map(|(n, c, body)| Statement::While(n, c, body)),
                1 => (0..5_u8, bool.clone(), block()).prop_map(|(n, c, body)| Statement::DoWhile(n, c, body)),
                2 => (int.clone(), vec(case, 0..4)).prop_map(|(on, cases)| Statement::Switch(on, cases)),
            ]
        })
        .boxed()
}

/// Any kernel.
pub(crate) fn kernels() -> impl Strategy<Value = Kernel> {
    let values = deeper(&deeper(&leaves()));
    let parameter = prop_oneof![
        Just(Parameter::Number),
        Just(Parameter::Boolean),
        (2..=3_u8).prop_map(Parameter::Vector),
    ];
    let body = vec(statements(&values, 2), 0..3);
    let function = (vec(parameter, 0..3), body, values.int.clone());
    let function = function.prop_map(|(parameters, body, result)| Function { parameters, body, result });
    let body = vec(statements(&values, 3), 1..7);
    (1..=3_usize, vec(function, 0..3), body).prop_map(|(rank, functions, body)| Kernel {
        rank,
        functions,
        body,
    })
}
