//! A module that has one function, to test and to measure it.

use wasm_encoder::{
    BlockType, CodeSection, ExportKind, ExportSection, Function as Body, FunctionSection, InstructionSink,
    MemArg, MemorySection, MemoryType, Module, TypeSection, ValType,
};

use super::Function;

/// A module with a memory of one page, exported as `memory`, and `map(a: i32, b: i32, out: i32, count: i32)`, which applies the
/// function to `count` 32-bit values at the addresses `a` and `b` (ignored if there is one operand) and writes as many to
/// `out`. `count` must be a multiple of 8 above 0; it traps if an array leaves the memory, which the caller may grow.
pub fn module(function: Function) -> Vec<u8> {
    let mut order: Vec<Function> = function.needs().to_vec();
    order.push(function);
    let index_of = |wanted| {
        let index = order.iter().position(|&each| each == wanted);
        index.expect("a function calls only what it needs") as u32
    };
    let map = order.len() as u32;

    let mut types = TypeSection::new();
    let mut functions = FunctionSection::new();
    let mut code = CodeSection::new();
    for (index, each) in order.iter().enumerate() {
        types.ty().function(vec![ValType::V128; 2 * each.arity()], [ValType::V128; 2]);
        functions.function(index as u32);
        code.function(&each.code(&index_of));
    }
    types.ty().function([ValType::I32; 4], []);
    functions.function(map);
    code.function(&map_body(function, index_of(function)));

    let mut memories = MemorySection::new();
    memories.memory(MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("memory", ExportKind::Memory, 0).export("map", ExportKind::Func, map);
    let mut module = Module::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&code);
    module.finish()
}

/// Calls the function at `index` for each eight values.
fn map_body(function: Function, index: u32) -> Body {
    let [a, b, out, count, low, high] = [0, 1, 2, 3, 4, 5];
    let mut body = Body::new([(2, ValType::V128)]);
    let mut code = body.instructions();
    code.loop_(BlockType::Empty);
    for &address in &[a, b][..function.arity()] {
        code.local_get(address).v128_load(half(0)).local_get(address).v128_load(half(16));
    }
    code.call(index).local_set(high).local_set(low);
    code.local_get(out).local_get(low).v128_store(half(0));
    code.local_get(out).local_get(high).v128_store(half(16));
    for address in [a, b, out] {
        advance(&mut code, address, 32);
        code.local_set(address);
    }
    advance(&mut code, count, -8);
    code.local_tee(count).br_if(0).end().end();
    body
}

fn advance(code: &mut InstructionSink<'_>, local: u32, step: i32) {
    code.local_get(local).i32_const(step).i32_add();
}

fn half(offset: u64) -> MemArg {
    MemArg { offset, align: 2, target: Default::default(), ordering: None }
}
