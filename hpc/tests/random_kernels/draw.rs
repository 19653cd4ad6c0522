//! How kernels are drawn. The first alternative of each choice is the simplest, to which kernels shrink.

mod statements;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) use statements::kernels;

use crate::tree::{Bool, Cell, Double, Float, Int, Shape, Vector};

/// Where representations end.
pub(crate) const EDGES: &[f64] = &[
    31.0,
    32.0,
    255.0,
    256.0,
    32_768.0,
    65_535.0,
    16_777_216.0,
    16_777_217.0,
    1_073_741_824.0,
    2_147_483_647.0,
    2_147_483_648.0,
    2_147_483_649.0,
    4_294_967_295.0,
    4_294_967_296.0,
    4_294_967_297.0,
    374_761_393.0,
    1_000_000_000_000.0,
    4_503_599_627_370_497.0,
    9_007_199_254_740_991.0,
    9_007_199_254_740_992.0,
];

/// Expressions up to some depth.
#[derive(Clone)]
struct Expressions {
    int: BoxedStrategy<Int>,
    bool: BoxedStrategy<Bool>,
    double: BoxedStrategy<Double>,
    vector: BoxedStrategy<Vector>,
    cell: BoxedStrategy<Cell>,
    float: BoxedStrategy<Float>,
}

/// Expressions that make up others, boxed.
struct Parts<'e>(&'e Expressions);

impl Parts<'_> {
    fn int(&self) -> BoxedStrategy<Box<Int>> {
        self.0.int.clone().prop_map(Box::new).boxed()
    }

    fn bool(&self) -> BoxedStrategy<Box<Bool>> {
        self.0.bool.clone().prop_map(Box::new).boxed()
    }

    fn double(&self) -> BoxedStrategy<Box<Double>> {
        self.0.double.clone().prop_map(Box::new).boxed()
    }

    fn vector(&self) -> BoxedStrategy<Box<Vector>> {
        self.0.vector.clone().prop_map(Box::new).boxed()
    }

    fn cell(&self) -> BoxedStrategy<Box<Cell>> {
        self.0.cell.clone().prop_map(Box::new).boxed()
    }

    fn float(&self) -> BoxedStrategy<Box<Float>> {
        self.0.float.clone().prop_map(Box::new).boxed()
    }
}

fn size() -> impl Strategy<Value = u8> {
    2..=4_u8
}

fn shape() -> impl Strategy<Value = Shape> {
    (size(), any::<bool>()).prop_map(|(size, is_signed)| Shape { size, is_signed })
}

fn which() -> impl Strategy<Value = u8> {
    any::<u8>()
}

fn comparison() -> impl Strategy<Value = &'static str> {
    select(vec!["===", "!==", "<", "<=", ">", ">="])
}

fn equality() -> impl Strategy<Value = &'static str> {
    select(vec!["===", "!=="])
}

fn literal() -> impl Strategy<Value = f64> {
    prop_oneof![
        5 => (-9..20_i32).prop_map(f64::from),
        2 => select(EDGES),
        1 => select(EDGES).prop_map(|edge| -edge),
        1 => (-2_147_483_648..2_147_483_648_i64).prop_map(|number| number as f64),
    ]
}

fn leaves() -> Expressions {
    let int = prop_oneof![
        4 => literal().prop_map(Int::Literal),
        4 => which().prop_map(Int::Variable),
        3 => (0..3_u8).prop_map(Int::Thread),
        2 => which().prop_map(Int::Uniform),
        1 => (0..4_u8).prop_map(Int::Extent),
        1 => (1..=5_u8).prop_map(Int::RandomBelow),
        1 => which().prop_map(Int::Own),
        1 => (which(), 0..9_u8).prop_map(|(buffer, index)| Int::Load(buffer, Box::new(Int::Literal(f64::from(index))), false)),
    ];
    let bool = prop_oneof![
        any::<bool>().prop_map(Bool::Literal),
        which().prop_map(Bool::Variable),
        Just(Bool::Uniform),
        Just(Bool::Own),
    ];
    let double = prop_oneof![
        which().prop_map(Double::Variable),
        which().prop_map(Double::Uniform),
        (0..25_u8).prop_map(|index| Double::Load(Box::new(Int::Literal(f64::from(index))))),
        Just(Double::Own),
    ];
    let vector = prop_oneof![
        (-9..10_i32).prop_map(|value| Vector::Splat(Int::Literal(f64::from(value)))),
        which().prop_map(Vector::Variable),
        Just(Vector::Uniform),
    ];
    let cell = prop_oneof![
        literal().prop_map(|value| Cell::Splat(Int::Literal(value))),
        which().prop_map(Cell::Variable),
        Just(Cell::Uniform),
    ];
    let float = prop_oneof![
        (-16..17_i8).prop_map(Float::Literal),
        which().prop_map(Float::Variable),
        Just(Float::Uniform),
        Just(Float::Random),
    ];
    Expressions {
        int: int.boxed(),
        bool: bool.boxed(),
        double: double.boxed(),
        vector: vector.boxed(),
        cell: cell.boxed(),
        float: float.boxed(),
    }
}

/// One level more.
fn deeper(inner: &Expressions) -> Expressions {
    Expressions {
        int: deeper_int(inner),
        bool: deeper_bool(inner),
        double: deeper_double(inner),
        vector: deeper_vector(inner),
        cell: deeper_cell(inner),
        float: deeper_float(inner),
    }
}

fn deeper_int(inner: &Expressions) -> BoxedStrategy<Int> {
    let parts = Parts(inner);
    let unary = select(vec![
        "-$",
        "~$",
        "+$",
        "$ | 0",
        "$ >>> 0",
        "Math.abs($)",
        "Math.sign($)",
        "Math.clz32($)",
        "Math.floor($)",
        "Math.ceil($)",
        "Math.round($)",
        "Math.trunc($)",
        "Math.fround($)",
        "$ & 255",
        "$ & 65535",
        "$ << 24 >> 24",
        "$ % 8",
        "$ % 1000",
        "($ % 32768) ** 2",
        "($ % 1024) ** 3",
        "2 ** ($ & 31)",
    ]);
    let binary = select(vec![
        "+",
        "-",
        "*",
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
    ]);
    let rounding = || {
        select(vec![
            "Math.floor($)",
            "Math.ceil($)",
            "Math.round($)",
            "Math.trunc($)",
            "($) | 0",
            "($) >>> 0",
        ])
    };
    let divisor = prop_oneof![
        3 => select(vec![2.0, 3.0, 4.0, 5.0, 7.0, 8.0, 10.0, -2.0, -3.0, 4_294_967_296.0]).prop_map(|number| Box::new(Int::Literal(number))),
        1 => parts.int(),
    ];
    prop_oneof![
        4 => inner.int.clone(),
        4 => (unary, parts.int()).prop_map(|(form, a)| Int::Unary(form, a)),
        8 => (binary, parts.int(), parts.int()).prop_map(|(op, a, b)| Int::Binary(op, a, b)),
        3 => (rounding(), parts.int(), divisor).prop_map(|(form, a, b)| Int::Quotient(form, a, b)),
        1 => (rounding(), select(vec!["*", "/", "+"]), parts.int(), which()).prop_map(|(form, op, a, uniform)| Int::Scaled(form, op, a, uniform)),
        3 => (which(), parts.int(), any::<bool>()).prop_map(|(buffer, index, halved)| Int::Load(buffer, index, halved)),
        1 => (which(), parts.int()).prop_map(|(uniform, index)| Int::UniformElement(uniform, index)),
        1 => parts.int().prop_map(Int::Slot),
        1 => (which(), parts.int()).prop_map(|(array, index)| Int::Element(array, index)),
        1 => (rounding(), parts.double()).prop_map(|(form, a)| Int::FromDouble(form, a)),
        1 => (parts.bool(), parts.int(), parts.int()).prop_map(|(c, a, b)| Int::Choose(c, a, b)),
        1 => (size(), parts.vector(), which()).prop_map(|(n, v, which)| Int::Component(n, v, which)),
        1 => (shape(), parts.cell(), which()).prop_map(|(shape, v, which)| Int::CellComponent(shape, v, which)),
        1 => (size(), parts.vector(), parts.vector()).prop_map(|(n, a, b)| Int::Dot(n, a, b)),
        1 => (which(), vec(inner.int.clone(), 3)).prop_map(|(which, values)| Int::Call(which, values)),
    ]
    .boxed()
}

fn deeper_bool(inner: &Expressions) -> BoxedStrategy<Bool> {
    let parts = Parts(inner);
    let both = select(vec!["&&", "||"]);
    prop_oneof![
        1 => inner.bool.clone(),
        6 => (comparison(), parts.int(), parts.int()).prop_map(|(op, a, b)| Bool::Compare(op, a, b)),
        1 => (comparison(), parts.int(), which()).prop_map(|(op, a, uniform)| Bool::CompareUniform(op, a, uniform)),
        1 => (comparison(), parts.double(), parts.double()).prop_map(|(op, a, b)| Bool::CompareDoubles(op, a, b)),
        1 => parts.int().prop_map(Bool::Load),
        1 => parts.bool().prop_map(Bool::Not),
        2 => (both, parts.bool(), parts.bool()).prop_map(|(op, a, b)| Bool::Both(op, a, b)),
        1 => (equality(), size(), parts.vector(), parts.vector()).prop_map(|(op, n, a, b)| Bool::SameVectors(op, n, a, b)),
        1 => (any::<bool>(), shape(), parts.cell(), parts.cell()).prop_map(|(is, shape, a, b)| Bool::SameCells(is, shape, a, b)),
    ]
    .boxed()
}

fn deeper_double(inner: &Expressions) -> BoxedStrategy<Double> {
    let parts = Parts(inner);
    let unary = select(vec![
        "-$",
        "Math.abs($)",
        "Math.sqrt($)",
        "Math.floor($)",
        "Math.ceil($)",
        "Math.round($)",
        "Math.trunc($)",
        "Math.sign($)",
        "1 / $",
        "$ * $",
    ]);
    let binary = || select(vec!["+", "-", "*", "/", "%", "Math.min", "Math.max"]);
    let literal = select(vec![0.1, 0.5, 3.0, 1e-7, 1e200, 16_777_217.5]);
    prop_oneof![
        2 => inner.double.clone(),
        1 => parts.int().prop_map(Double::Load),
        3 => (unary, parts.double()).prop_map(|(form, a)| Double::Unary(form, a)),
        4 => (binary(), parts.double(), parts.double()).prop_map(|(op, a, b)| Double::Binary(op, a, b)),
        2 => (binary(), parts.double(), literal).prop_map(|(op, a, b)| Double::Literal(op, a, b)),
        2 => (binary(), parts.double(), parts.int()).prop_map(|(op, a, b)| Double::WithInt(op, a, b)),
        1 => (parts.bool(), parts.double(), parts.double()).prop_map(|(c, a, b)| Double::Choose(c, a, b)),
    ]
    .boxed()
}

fn deeper_vector(inner: &Expressions) -> BoxedStrategy<Vector> {
    let parts = Parts(inner);
    let method = select(vec!["abs", "floor", "sign", "round", "trunc", "ceil"]);
    let combine = select(vec!["plus", "minus", "times", "min", "max", "cross"]);
    let int = &inner.int;
    let four = [int.clone(), int.clone(), int.clone(), int.clone()];
    let three = [int.clone(), int.clone(), int.clone()];
    prop_oneof![
        2 => inner.vector.clone(),
        1 => int.clone().prop_map(Vector::Splat),
        2 => four.prop_map(|parts| Vector::Compose(Box::new(parts))),
        1 => three.prop_map(|index| Vector::Load(Box::new(index))),
        1 => (any::<bool>(), parts.cell()).prop_map(|(is_signed, cell)| Vector::FromCell(is_signed, cell)),
        1 => (method, parts.vector()).prop_map(|(name, v)| Vector::Method(name, v)),
        3 => (combine, parts.vector(), parts.vector()).prop_map(|(name, a, b)| Vector::Combine(name, a, b)),
        1 => (parts.vector(), parts.int()).prop_map(|(v, by)| Vector::Scale(v, by)),
        1 => (size(), parts.vector(), any::<[u8; 4]>()).prop_map(|(n, v, letters)| Vector::Swizzle(n, v, letters)),
        1 => (parts.bool(), parts.vector(), parts.vector()).prop_map(|(c, a, b)| Vector::Choose(c, a, b)),
    ]
    .boxed()
}

fn deeper_cell(inner: &Expressions) -> BoxedStrategy<Cell> {
    let parts = Parts(inner);
    let combine =
        select(vec!["plus", "minus", "times", "min", "max", "and", "or", "xor", "shiftLeft", "shiftRight"]);
    let with = select(vec!["times", "shiftLeft", "shiftRight"]);
    let int = &inner.int;
    let four = [int.clone(), int.clone(), int.clone(), int.clone()];
    let two = [int.clone(), int.clone()];
    prop_oneof![
        2 => inner.cell.clone(),
        1 => int.clone().prop_map(Cell::Splat),
        2 => four.prop_map(|parts| Cell::Compose(Box::new(parts))),
        1 => two.prop_map(|index| Cell::Load(Box::new(index))),
        1 => parts.vector().prop_map(Cell::FromVector),
        1 => parts.cell().prop_map(Cell::Convert),
        1 => (select(vec!["abs", "not"]), parts.cell()).prop_map(|(name, v)| Cell::Method(name, v)),
        4 => (combine, parts.cell(), parts.cell()).prop_map(|(name, a, b)| Cell::Combine(name, a, b)),
        1 => (with, parts.cell(), parts.int()).prop_map(|(name, v, by)| Cell::With(name, v, by)),
        1 => (size(), parts.cell(), any::<[u8; 4]>()).prop_map(|(n, v, letters)| Cell::Swizzle(n, v, letters)),
        1 => (parts.bool(), parts.cell(), parts.cell()).prop_map(|(c, a, b)| Cell::Choose(c, a, b)),
    ]
    .boxed()
}

fn deeper_float(inner: &Expressions) -> BoxedStrategy<Float> {
    let parts = Parts(inner);
    let method = select(vec!["sin", "cos", "atan", "tanh", "abs"]);
    let float = &inner.float;
    let three = [float.clone(), float.clone(), float.clone()];
    prop_oneof![
        1 => float.clone(),
        1 => parts.int().prop_map(Float::FromInt),
        3 => (which(), parts.float()).prop_map(|(which, a)| Float::Function(which, a)),
        3 => (which(), parts.float(), parts.float()).prop_map(|(which, a, b)| Float::Binary(which, a, b)),
        1 => (parts.bool(), parts.float(), parts.float()).prop_map(|(c, a, b)| Float::Choose(c, a, b)),
        1 => (size(), parts.vector()).prop_map(|(n, v)| Float::Length(n, v)),
        1 => (method, three, which()).prop_map(|(name, parts, which)| Float::Mapped(name, Box::new(parts), which)),
    ]
    .boxed()
}
