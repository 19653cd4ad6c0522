//! Runs a function of the vector library, and says what it should give.

use artifact::to_int32;
use compiler::emit_wasm::math::{self, Function};
use compiler::ir::builtins::{Builtin, power};
use wasmtime::{Config, Engine, Instance, Memory, Module, Store, TypedFunc};

/// A function, compiled, with room for so many lanes of each operand and of the results.
pub(crate) struct Runner {
    store: Store<()>,
    memory: Memory,
    map: TypedFunc<(i32, i32, i32, i32), ()>,
    lanes: usize,
    /// The bytes of a lane of an operand, and of the result: 4 or 8.
    operand: usize,
    result: usize,
}

impl Runner {
    /// `lanes` is a multiple of 8.
    pub(crate) fn new(function: Function, lanes: usize) -> Self {
        let mut config = Config::new();
        config.signals_based_traps(false);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, math::module(function)).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        let built = function.build();
        let [operand, result] = [built.operand, built.result].map(bytes_of_lane);
        memory.grow(&mut store, (((2 * operand + result) * lanes) as u64).div_ceil(65_536)).unwrap();
        let map = instance.get_typed_func(&mut store, "map").unwrap();
        Self { store, memory, map, lanes, operand, result }
    }

    /// The results for all pairs of operands, each as its bits.
    pub(crate) fn run(&mut self, a: &[u64], b: &[u64]) -> Vec<u64> {
        self.write(0, a);
        self.write(1, b);
        self.compute();
        let start = 2 * self.operand * self.lanes;
        let bytes = &self.memory.data(&self.store)[start..start + self.result * self.lanes];
        bytes.chunks_exact(self.result).map(bits).collect()
    }

    /// Computes for the operands that were written.
    pub(crate) fn compute(&mut self) {
        let start = |array: usize| (array * self.operand * self.lanes) as i32;
        self.map.call(&mut self.store, (start(0), start(1), start(2), self.lanes as i32)).unwrap();
    }

    fn write(&mut self, array: usize, operands: &[u64]) {
        assert_eq!(operands.len(), self.lanes);
        let start = self.operand * self.lanes * array;
        let bytes = &mut self.memory.data_mut(&mut self.store)[start..start + self.operand * self.lanes];
        for (bytes, operand) in bytes.chunks_exact_mut(self.operand).zip(operands) {
            bytes.copy_from_slice(&operand.to_le_bytes()[..bytes.len()]);
        }
    }
}

/// The bytes of a lane, if eight take so many vectors.
fn bytes_of_lane(vectors: usize) -> usize {
    2 * vectors
}

fn bits(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |bits, &byte| bits << 8 | u64::from(byte))
}

/// Whether its operands are doubles.
pub(crate) fn is_of_doubles(function: Function) -> bool {
    bytes_of_lane(function.build().operand) == 8
}

/// The functions of `Math` on floats, and `%`: their values in double precision.
pub(crate) fn reference(function: Function) -> Option<fn(&[f64]) -> f64> {
    let builtin = match function {
        Function::Acos => Builtin::Acos,
        Function::Acosh => Builtin::Acosh,
        Function::Asin => Builtin::Asin,
        Function::Asinh => Builtin::Asinh,
        Function::Atan => Builtin::Atan,
        Function::Atan2 => Builtin::Atan2,
        Function::Atanh => Builtin::Atanh,
        Function::Cbrt => Builtin::Cbrt,
        Function::Cos => Builtin::Cos,
        Function::Cosh => Builtin::Cosh,
        Function::Exp => Builtin::Exp,
        Function::Hypot => Builtin::Hypot,
        Function::Log => Builtin::Log,
        Function::Log10 => Builtin::Log10,
        Function::Log2 => Builtin::Log2,
        Function::Pow => return Some(|x| power(x[0], x[1])),
        Function::Remainder => return Some(|x| x[0] % x[1]),
        Function::Sin => Builtin::Sin,
        Function::Sinh => Builtin::Sinh,
        Function::Tan => Builtin::Tan,
        Function::Tanh => Builtin::Tanh,
        _ => return None,
    };
    builtin.row().fold
}

/// What a function of other operands, or with another result, gives: its bits; nothing where it may give anything.
fn exact(function: Function, a: u64, b: u64) -> Option<u64> {
    let (x, y) = (a as i32, b as i32);
    let double = f64::from_bits(a);
    let word = |integer: i32| u64::from(integer as u32);
    match function {
        Function::ToInt32 => Some(word(to_int32(f64::from(f32::from_bits(a as u32))))),
        Function::FloorDivide => x.checked_div(y).map(|_| word((f64::from(x) / f64::from(y)).floor() as i32)),
        Function::TruncateDivide => x.checked_div(y).map(word),
        Function::IntRemainder => (y != 0).then(|| word(x.wrapping_rem(y))),
        Function::Clz32 => Some(u64::from((a as u32).leading_zeros())),
        // The upper half of the word is no part of it.
        Function::SingleOfHalf => Some(u64::from((single_of_half(a as u16) as f32).to_bits())),
        Function::HalfOfSingle => Some(u64::from(nearest_half(f64::from(f32::from_bits(a as u32))))),
        Function::DoubleRemainder => Some((double % f64::from_bits(b)).to_bits()),
        Function::DoubleRound => Some(rounded(double).to_bits()),
        Function::DoubleSign => Some(sign(double).to_bits()),
        Function::DoubleToInt32 => Some(word(to_int32(double))),
        Function::DoubleToIndex => Some(word(index(double))),
        Function::HalfOfDouble => Some(u64::from(nearest_half(double))),
        Function::ClampedDouble => Some(double.clamp(0.0, 255.0).round_ties_even() as u64),
        _ => None,
    }
}

/// `Math.round`, as the specification of JavaScript tells it.
fn rounded(x: f64) -> f64 {
    if !x.is_finite() || x.fract() == 0.0 {
        return x;
    }
    // Whatever has a fraction is so small that its neighbours are doubles.
    let (below, above) = (x.floor(), x.floor() + 1.0);
    let nearest = if above - x <= x - below { above } else { below };
    nearest.copysign(x)
}

fn sign(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() { x } else { 1.0_f64.copysign(x) }
}

fn index(x: f64) -> i32 {
    let below = x.floor();
    if f64::from(below as i32) == below { below as i32 } else { i32::MIN }
}

/// What a half of these bits is, by its definition.
fn single_of_half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f64::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * 2.0_f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (1024.0 + fraction) * 2.0_f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -size } else { size }
}

/// The half nearest to a number, ties to even, found among all of them: those of positive halves are in order.
fn nearest_half(x: f64) -> u16 {
    const INFINITY: u16 = 0x7c00;
    if x.is_nan() {
        return 0x7e00;
    }
    let size = x.abs();
    // What would be the next half after the largest one counts as infinity.
    let value = |half: u16| if half == INFINITY { 65_536.0 } else { single_of_half(half) };
    let (mut below, mut above) = (0, INFINITY);
    while above - below > 1 {
        let middle = u16::midpoint(below, above);
        if value(middle) <= size { below = middle } else { above = middle }
    }
    // Halves have so few digits that the middle between two of them is a double.
    let middle = f64::midpoint(value(below), value(above));
    let goes_up = size > middle || (size == middle && above % 2 == 0);
    (if goes_up { above } else { below }) | if x.is_sign_negative() { 0x8000 } else { 0 }
}

/// The error of a function's result for two operands (the second is ignored by functions of one), all as bits: of a float in units in the
/// last place, of all else infinite if it is wrong. Any NaN is as good as another.
pub(crate) fn error(function: Function, (a, b, result): (u64, u64, u64)) -> f64 {
    if let Some(wanted) = reference(function) {
        let operands = [a, b].map(|bits| f64::from(f32::from_bits(bits as u32)));
        return ulps(f32::from_bits(result as u32), wanted(&operands));
    }
    if function == Function::DoublePower {
        let [a, b, result] = [a, b, result].map(f64::from_bits);
        // What lowering makes no doubles of may give anything.
        return if b.is_finite() && b.fract() != 0.0 { 0.0 } else { ulps_of_doubles(result, power(a, b)) };
    }
    match exact(function, a, b) {
        Some(wanted) if !same(function, result, wanted) => f64::INFINITY,
        _ => 0.0,
    }
}

fn same(function: Function, result: u64, wanted: u64) -> bool {
    use Function::{DoubleRemainder, DoubleRound, DoubleSign, HalfOfDouble, HalfOfSingle, SingleOfHalf};
    let is_nan = |bits: u64| match function {
        DoubleRemainder | DoubleRound | DoubleSign => f64::from_bits(bits).is_nan(),
        SingleOfHalf => f32::from_bits(bits as u32).is_nan(),
        HalfOfDouble | HalfOfSingle => single_of_half(bits as u16).is_nan(),
        _ => false,
    };
    result == wanted || (is_nan(result) && is_nan(wanted))
}

/// How many doubles a result is off, where the true value need not be a double: the judge may be off by one itself.
fn ulps_of_doubles(got: f64, wanted: f64) -> f64 {
    if got.is_nan() || wanted.is_nan() {
        return if got.is_nan() && wanted.is_nan() { 0.0 } else { f64::INFINITY };
    }
    let place =
        |x: f64| if x.is_sign_negative() { -((x.to_bits() << 1 >> 1) as i64) } else { x.to_bits() as i64 };
    if got == 0.0 && wanted == 0.0 {
        return if got.to_bits() == wanted.to_bits() { 0.0 } else { f64::INFINITY };
    }
    place(got).abs_diff(place(wanted)) as f64
}

/// How far a float is from a number in units of the number's last place: 0 if it is the same zero, NaN or infinity, infinite if it
/// should have been.
fn ulps(got: f32, wanted: f64) -> f64 {
    let rounded = wanted as f32;
    if got.is_nan() || rounded.is_nan() {
        return if got.is_nan() && rounded.is_nan() { 0.0 } else { f64::INFINITY };
    }
    if got == 0.0 && rounded == 0.0 && got.is_sign_negative() != rounded.is_sign_negative() {
        return f64::INFINITY;
    }
    if got.to_bits() == rounded.to_bits() && (rounded.is_infinite() || wanted == f64::from(rounded)) {
        return 0.0;
    }
    // Beyond the largest float there is one more step, to infinity.
    let got = if got.is_infinite() { f64::from(got.signum()) * 2.0_f64.powi(128) } else { f64::from(got) };
    let wanted = wanted.clamp(-2.0_f64.powi(128), 2.0_f64.powi(128));
    (got - wanted).abs() / last_place(wanted)
}

/// The distance between floats near a number.
fn last_place(x: f64) -> f64 {
    let exponent = ((x.abs().to_bits() >> 52) as i32 - 1023).clamp(-126, 127);
    2.0_f64.powi(exponent - 23)
}

/// Random operands.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 32 bits: SplitMix64.
    pub(crate) fn word(&mut self) -> u32 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) as u32
    }

    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        u64::from(self.word()) << 32 | u64::from(self.word())
    }

    /// Two doubles: any, of like size, integers, both near 1, both with few digits, or a number and an exponent that lets it stay finite.
    pub(crate) fn doubles(&mut self) -> (f64, f64) {
        let (a, b) = (self.bits(), self.bits());
        let [any, other] = [a, b].map(f64::from_bits);
        let integers = [a, b].map(|bits| (bits as i64 >> (11 + bits % 50)) as f64);
        match self.word() % 6 {
            0 => (any, other),
            1 => (any, f64::from_bits((a & 0xfff0_0000_0000_0000) ^ (b & 0x803f_ffff_ffff_ffff))),
            2 => (integers[0], integers[1]),
            3 => {
                let base = 1.0 + integers[0] / 2.0_f64.powi(if b & 1 == 0 { 60 } else { 75 });
                (base, exponent(base, b))
            }
            4 => ((a >> 56) as f64 / 8.0 - 16.0, (b >> 57) as f64 / 4.0),
            _ => (any, exponent(any, b)),
        }
    }

    /// Two operands: any, of like size, both near 1, or both with few digits.
    pub(crate) fn pair(&mut self) -> (u32, u32) {
        let (a, b) = (self.word(), self.word());
        match self.word() % 4 {
            0 => (a, b),
            1 => (a, (a & 0xff80_0000) ^ (b & 0x83ff_ffff)),
            2 => (0x3c00_0000 + (a & 0x87ff_ffff), 0x3c00_0000 + (b & 0x87ff_ffff)),
            _ => (small(a), small(b)),
        }
    }
}

/// An integer, made of random bits, to the power of which `base` is neither infinite nor 0.
fn exponent(base: f64, bits: u64) -> f64 {
    let most = (709.0 / base.abs().ln()).abs().min(2.0_f64.powi(63));
    let part = (bits >> 12) as f64 / 2.0_f64.powi(52);
    (if bits & 2 == 0 { most * part } else { -most * part }).trunc()
}

/// A float, or an integer, with few digits.
fn small(word: u32) -> u32 {
    let number = (word >> 24) as f32 * [1.0, -1.0, 0.5, -0.25][(word & 3) as usize];
    if word & 4 == 0 { number.to_bits() } else { number as i32 as u32 }
}
