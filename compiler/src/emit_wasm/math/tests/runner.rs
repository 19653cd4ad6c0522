//! Runs a function's stand-alone module, and says what it should have given. The example `ulps` uses this file too.

use wasmtime::{Config, Engine, Instance, Memory, Module, Store, TypedFunc};

use super::{Builtin, Function, module};

/// An instance of a function's module.
pub(super) struct Runner {
    function: Function,
    store: Store<()>,
    memory: Memory,
    map: TypedFunc<(i32, i32, i32, i32), ()>,
    capacity: usize,
}

impl Runner {
    /// An instance with room for `capacity` values of each operand.
    pub(super) fn new(function: Function, capacity: usize) -> Self {
        let mut config = Config::new();
        config.signals_based_traps(false);
        let engine = Engine::new(&config).expect("the configuration is valid");
        let code = Module::new(&engine, module(function)).expect("the module is valid");
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &code, &[]).expect("nothing is imported");
        let memory = instance.get_memory(&mut store, "memory").expect("the memory is exported");
        let map = instance.get_typed_func(&mut store, "map").expect("the function is exported");
        let pages = (12 * capacity).div_ceil(1 << 16);
        memory.grow(&mut store, pages as u64).expect("there is memory");
        Self { function, store, memory, map, capacity }
    }

    /// The results for these operands, whose number must be a multiple of 8 above 0; `b` may be empty if there is only one. All
    /// are bits.
    pub(super) fn run(&mut self, a: &[u32], b: &[u32]) -> Vec<u32> {
        self.write(0, a);
        if self.function.arity() == 2 {
            assert_eq!(a.len(), b.len(), "each first operand has a second one");
            self.write(4 * self.capacity, b);
        }
        self.call(a.len());
        let data = self.memory.data(&self.store);
        let words = data[8 * self.capacity..].chunks_exact(4).take(a.len());
        words.map(|bytes| u32::from_le_bytes(bytes.try_into().expect("chunks of 4"))).collect()
    }

    /// Runs on what was written last.
    pub(super) fn call(&mut self, count: usize) {
        assert!(
            count.is_multiple_of(8) && count > 0 && count <= self.capacity,
            "{count} is no number of operands"
        );
        let step = 4 * self.capacity as i32;
        self.map.call(&mut self.store, (0, step, 2 * step, count as i32)).expect("no function traps");
    }

    fn write(&mut self, start: usize, values: &[u32]) {
        let data = &mut self.memory.data_mut(&mut self.store)[start..];
        for (bytes, value) in data.chunks_exact_mut(4).zip(values) {
            bytes.copy_from_slice(&value.to_le_bytes());
        }
    }
}

/// The builtin that a function computes; none for those that are operators.
pub(super) fn builtin(function: Function) -> Option<Builtin> {
    Builtin::of_math(&format!("{function:?}").to_lowercase())
}

/// What a function of floats should give, before rounding to f32.
pub(super) fn reference(function: Function) -> fn(&[f64]) -> f64 {
    match builtin(function) {
        Some(builtin) => builtin.row().fold.expect("functions of numbers can be folded"),
        None => |x| x[0] % x[1],
    }
}

/// How far a result is from the exact one, in units in the last place of an f32 there; infinite if it is not even of that kind.
pub(super) fn ulps(result: f32, exact: f64) -> f64 {
    let rounded = exact as f32;
    if result.to_bits() == rounded.to_bits() || result.is_nan() && exact.is_nan() {
        return if result.is_finite() { (f64::from(result) - exact).abs() / ulp(exact) } else { 0.0 };
    }
    if result.is_nan() || exact.is_infinite() || result.is_sign_negative() != exact.is_sign_negative() {
        return f64::INFINITY;
    }
    // An infinite result counts as the number behind the largest one.
    let result =
        if result.is_infinite() { f64::from(result.signum()) * 2f64.powi(128) } else { f64::from(result) };
    (result - exact).abs() / ulp(exact)
}

/// The distance of the f32 around a number.
fn ulp(x: f64) -> f64 {
    let exponent = ((x.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    2f64.powi(exponent.clamp(-126, 127) - 23)
}
