//! A function of the library as a module of its own, for tests and measurements.

use wasm_encoder::{
    BlockType, CodeSection, ExportKind, ExportSection, FunctionSection, MemorySection, MemoryType, Module,
    TypeSection, ValType,
};

use super::super::code::at;
use super::{Built, Function};

/// A module that exports its "memory" (of one page, which can grow) and `map(a: i32, b: i32, out: i32, count: i32)`: it applies the
/// function to `count` numbers, a multiple of 8, from each of the addresses `a` and `b` (unused if the function has one operand).
pub fn module(function: Function) -> Vec<u8> {
    let built = function.build();
    let (mut types, mut functions, mut code) =
        (TypeSection::new(), FunctionSection::new(), CodeSection::new());
    types.ty().function(vec![ValType::V128; built.arity * built.operand], vec![ValType::V128; built.result]);
    types.ty().function([ValType::I32; 4], []);
    functions.function(0).function(1);
    code.function(&built.code);
    code.function(&map(&built));
    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("map", ExportKind::Func, 1);
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&code);
    module.finish()
}

const OUT: u32 = 2;
const COUNT: u32 = 3;
/// The first local that is no parameter.
const RESULT: u32 = 4;

fn map(built: &Built) -> wasm_encoder::Function {
    let mut map = wasm_encoder::Function::new([(built.result as u32, ValType::V128)]);
    let mut code = map.instructions();
    code.block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(COUNT).i32_eqz().br_if(1);
    for address in 0..built.arity as u32 {
        for vector in 0..built.operand as u64 {
            code.local_get(address).v128_load(at(16 * vector));
        }
    }
    code.call(0);
    for vector in (0..built.result as u32).rev() {
        code.local_set(RESULT + vector);
    }
    for vector in 0..built.result as u32 {
        code.local_get(OUT).local_get(RESULT + vector).v128_store(at(16 * u64::from(vector)));
    }
    for address in 0..=OUT {
        let vectors = if address == OUT { built.result } else { built.operand };
        code.local_get(address).i32_const(16 * vectors as i32).i32_add().local_set(address);
    }
    code.local_get(COUNT).i32_const(8).i32_sub().local_set(COUNT);
    code.br(0).end().end().end();
    map
}
