//! Runs a function of the vector library, and says what it should give.

use compiler::emit_wasm::math::{self, Function};
use artifact::to_int32;
use compiler::ir::builtins::{Builtin, power};
use wasmtime::{Config, Engine, Instance, Memory, Module, Store, TypedFunc};

/// A function, compiled, with room for so many words for each operand and the results.
pub(crate) struct Runner {
    store: Store<()>,
    memory: Memory,
    map: TypedFunc<(i32, i32, i32, i32), ()>,
    words: usize,
}

impl Runner {
    /// `words` is a multiple of 8.
    pub(crate) fn new(function: Function, words: usize) -> Self {
        let mut config = Config::new();
        config.signals_based_traps(false);
        let engine = Engine::new(&config).unwrap();
        let module = Module::new(&engine, math::module(function)).unwrap();
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).unwrap();
        let memory = instance.get_memory(&mut store, "memory").unwrap();
        memory.grow(&mut store, (3 * 4 * words as u64).div_ceil(65_536)).unwrap();
        let map = instance.get_typed_func(&mut store, "map").unwrap();
        Self { store, memory, map, words }
    }

    /// The results for all pairs of words.
    pub(crate) fn run(&mut self, a: &[u32], b: &[u32]) -> Vec<u32> {
        self.write(0, a);
        self.write(1, b);
        self.compute();
        let bytes = &self.memory.data(&self.store)[8 * self.words..12 * self.words];
        bytes.chunks_exact(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect()
    }

    /// Computes for the words that were written.
    pub(crate) fn compute(&mut self) {
        let start = |array: usize| (array * 4 * self.words) as i32;
        self.map.call(&mut self.store, (start(0), start(1), start(2), self.words as i32)).unwrap();
    }

    fn write(&mut self, array: usize, words: &[u32]) {
        assert_eq!(words.len(), self.words);
        let start = 4 * self.words * array;
        let bytes = &mut self.memory.data_mut(&mut self.store)[start..start + 4 * self.words];
        for (bytes, word) in bytes.chunks_exact_mut(4).zip(words) {
            bytes.copy_from_slice(&word.to_le_bytes());
        }
    }
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

/// What a function of integers gives, or nothing where it may give anything.
fn integer(function: Function, a: u32, b: u32) -> Option<i32> {
    let (x, y) = (a as i32, b as i32);
    match function {
        Function::ToInt32 => Some(to_int32(f64::from(f32::from_bits(a)))),
        Function::FloorDivide => x.checked_div(y).map(|_| (f64::from(x) / f64::from(y)).floor() as i32),
        Function::TruncateDivide => x.checked_div(y),
        Function::IntRemainder => (y != 0).then(|| x.wrapping_rem(y)),
        Function::Clz32 => Some(a.leading_zeros() as i32),
        _ => None,
    }
}

/// The error of a function's result for two operands (the second is ignored by functions of one): of a float in units in the last
/// place, of an integer infinite if it is wrong.
pub(crate) fn error(function: Function, (a, b, result): (u32, u32, u32)) -> f64 {
    match reference(function) {
        Some(wanted) => {
            let operands = [a, b].map(|bits| f64::from(f32::from_bits(bits)));
            ulps(f32::from_bits(result), wanted(&operands))
        }
        None if integer(function, a, b).is_some_and(|wanted| wanted != result as i32) => f64::INFINITY,
        None => 0.0,
    }
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

/// A float, or an integer, with few digits.
fn small(word: u32) -> u32 {
    let number = (word >> 24) as f32 * [1.0, -1.0, 0.5, -0.25][(word & 3) as usize];
    if word & 4 == 0 { number.to_bits() } else { number as i32 as u32 }
}
