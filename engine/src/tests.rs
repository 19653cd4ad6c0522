//! The engine with modules written by hand.

use std::time::Duration;

use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataSection, ExportKind, ExportSection, Function, FunctionSection,
    InstructionSink, MemArg, MemorySection, MemoryType, Module as Encoder, StartSection, TypeSection,
    ValType,
};

use super::*;

/// Where the tests keep data.
const DATA: u64 = 65_536;
/// How many bytes of data there are.
const DATA_BYTES: u64 = 15 * 65_536;
const BYTES: u64 = DATA + DATA_BYTES;

const SCRATCH: u32 = 0;
const LANE_FROM: u32 = 1;
const LANE_TO: u32 = 2;
const ROW_FROM: u32 = 3;
const ROW_TO: u32 = 4;
const ROW: u32 = 5;
const LANE: u32 = 6;
const COUNTER: u32 = 7;

fn at(offset: u64) -> MemArg {
    MemArg { offset, align: 2, target: Default::default(), ordering: None }
}

/// A module on a memory of `pages` whose `run` does `body` for each [`ROW`] and [`LANE`].
fn module(pages: u64, memory64: bool, body: impl Fn(&mut InstructionSink<'_>)) -> Encoder {
    let mut function = Function::new([(3, ValType::I32)]);
    let mut code = function.instructions();
    code.local_get(ROW_FROM).local_set(ROW).block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(ROW).local_get(ROW_TO).i32_ge_s().br_if(1);
    code.local_get(LANE_FROM).local_set(LANE).block(BlockType::Empty).loop_(BlockType::Empty);
    code.local_get(LANE).local_get(LANE_TO).i32_ge_s().br_if(1);
    body(&mut code);
    for (local, ends) in [(LANE, 2), (ROW, 2)] {
        code.local_get(local).i32_const(1).i32_add().local_set(local).br(0);
        for _ in 0..ends {
            code.end();
        }
    }
    code.end();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I64, ValType::I32, ValType::I32, ValType::I32, ValType::I32], []);
    types.ty().function([], []);
    let (mut functions, mut memories) = (FunctionSection::new(), MemorySection::new());
    functions.function(0).function(1);
    memories.memory(MemoryType {
        minimum: pages,
        maximum: Some(pages),
        memory64,
        shared: false,
        page_size_log2: None,
    });
    let mut exports = ExportSection::new();
    exports.export("run", ExportKind::Func, 0).export("memory", ExportKind::Memory, 0).export(
        "other",
        ExportKind::Func,
        1,
    );
    let (mut codes, mut nothing) = (CodeSection::new(), Function::new([]));
    nothing.instructions().end();
    codes.function(&function).function(&nothing);
    let mut module = Encoder::new();
    module.section(&types).section(&functions).section(&memories).section(&exports).section(&codes);
    module
}

fn program(memory: &Memory, body: impl Fn(&mut InstructionSink<'_>)) -> Program {
    load(memory, &module(BYTES / 65_536, false, body).finish(), NO_SCRATCH).unwrap()
}

fn load(memory: &Memory, code: &[u8], scratch: Scratch) -> Result<Program, Error> {
    Program::new(Module::new(code)?, &memory.share(), scratch)
}

fn run(program: &Program, memory: &mut Memory, lanes: u32, rows: u32) -> Result<(), Error> {
    program.run(memory, &WorkerPool::default(), Grid { lanes, rows })
}

/// Adds one to the word of each invocation of rows of `lanes`.
fn count(lanes: u32) -> impl Fn(&mut InstructionSink<'_>) {
    move |code| {
        let index = |code: &mut InstructionSink<'_>| {
            code.local_get(ROW).i32_const(lanes as i32).i32_mul().local_get(LANE).i32_add();
            code.i32_const(4).i32_mul();
        };
        index(code);
        index(code);
        code.i32_load(at(DATA)).i32_const(1).i32_add().i32_store(at(DATA));
    }
}

/// Loops until the control word is set, and for ever after that if it does not trap.
fn run_away(code: &mut InstructionSink<'_>) {
    code.loop_(BlockType::Empty);
    code.i32_const(0).i32_atomic_load(at(0)).if_(BlockType::Empty).unreachable().end();
    code.br(0).end();
}

const NO_SCRATCH: Scratch = Scratch { start: 0, bytes: 0, needed: 0 };

fn memory() -> Memory {
    Memory::new(BYTES).unwrap()
}

fn words(memory: &mut Memory, count: usize) -> Vec<u32> {
    words_at(memory, DATA, count)
}

fn words_at(memory: &mut Memory, at: u64, count: usize) -> Vec<u32> {
    let bytes = memory.bytes(at, 4 * count);
    bytes.as_chunks().0.iter().map(|&word| u32::from_le_bytes(word)).collect()
}

#[test]
fn each_invocation_runs_once_in_every_run() {
    for (lanes, rows) in [(1, 1), (64, 1), (1, 77), (100_003, 1), (1, 100_003), (313, 211), (211, 313)] {
        let mut memory = memory();
        let program = program(&memory, count(lanes));
        for turn in 1..4 {
            run(&program, &mut memory, lanes, rows).unwrap();
            assert_eq!(words(&mut memory, (lanes * rows) as usize), vec![turn; (lanes * rows) as usize]);
        }
    }
}

#[test]
fn long_addresses_reach_all_of_a_large_memory() {
    let pages = 5 << 16;
    let mut memory = Memory::new(pages * 65_536).unwrap();
    let module = module(pages, true, |code| {
        code.i64_const(8).local_get(ROW).i32_store(at(1 << 32));
    });
    let program = load(&memory, &module.finish(), NO_SCRATCH).unwrap();
    run(&program, &mut memory, 1, 8).unwrap();
    let words = words_at(&mut memory, 1 << 32, 4);
    assert!((1..8).contains(&words[2]) && words[..2] == [0; 2], "{words:?}");
}

#[test]
fn calls_at_the_same_time_have_scratch_of_their_own() {
    let mut memory = memory();
    // Counts in scratch memory, slowly, so that calls that shared it would lose counts.
    let body = |code: &mut InstructionSink<'_>| {
        let address = |code: &mut InstructionSink<'_>| {
            code.local_get(SCRATCH).i32_wrap_i64();
        };
        address(code);
        address(code);
        code.i32_load(at(0)).i32_const(1).i32_add().i32_store(at(0));
    };
    let scratch = Scratch { start: DATA, bytes: 128, needed: 64 };
    let program = load(&memory, &module(BYTES / 65_536, false, body).finish(), scratch).unwrap();
    run(&program, &mut memory, 1000, 5000).unwrap();
    let counts: Vec<u32> = words(&mut memory, 1024).into_iter().step_by(16).collect();
    assert_eq!(counts.iter().map(|&count| u64::from(count)).sum::<u64>(), 5_000_000);
    assert!(counts[2..].iter().all(|&count| count == 0), "two calls at the same time at most");
}

#[test]
fn rows_of_very_different_cost_are_shared() {
    let mut memory = memory();
    // A row's cost is its number squared. Each task counts its invocations in its scratch memory.
    let body = |code: &mut InstructionSink<'_>| {
        code.local_get(SCRATCH).i32_wrap_i64();
        code.local_get(SCRATCH).i32_wrap_i64().i32_load(at(0)).i32_const(1).i32_add().i32_store(at(0));
        code.local_get(ROW).local_get(ROW).i32_mul().local_set(COUNTER).loop_(BlockType::Empty);
        code.local_get(COUNTER)
            .i32_const(1)
            .i32_sub()
            .local_tee(COUNTER)
            .i32_const(0)
            .i32_gt_s()
            .br_if(0)
            .end();
    };
    let scratch = Scratch { start: DATA, bytes: 4096, needed: 64 };
    let program = load(&memory, &module(BYTES / 65_536, false, body).finish(), scratch).unwrap();
    run(&program, &mut memory, 8, 500).unwrap();
    let counts: Vec<u32> = words(&mut memory, 1024).into_iter().step_by(16).collect();
    assert_eq!(counts.iter().sum::<u32>(), 4000);
    assert!(thread_count().unwrap() == 1 || counts[1] > 0, "helpers were called: {counts:?}");
}

#[test]
fn a_runaway_is_cancelled_and_nothing_runs_after_it() {
    let mut memory = memory();
    let program = program(&memory, run_away);
    let handle = memory.share();
    let canceller = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(50));
        handle.stop();
    });
    assert_eq!(run(&program, &mut memory, 1000, 1000), Err(Error::Stopped));
    canceller.join().unwrap();
    assert_eq!(run(&program, &mut memory, 1000, 1000), Err(Error::Stopped));
}

#[test]
fn code_that_gives_up_ends_its_run_and_others_follow() {
    let mut memory = memory();
    // The first row gives up, as it is begun whoever is busy elsewhere; the other runs away.
    let giving_up = program(&memory, |code| {
        code.local_get(ROW).i32_const(0).i32_eq().if_(BlockType::Empty);
        code.i32_const(0).i32_const(17).i32_atomic_store(at(4)).unreachable().end();
        run_away(code);
    });
    let counting = program(&memory, count(1000));
    for turn in 1..4 {
        assert_eq!(run(&giving_up, &mut memory, 1, 2), Err(Error::GaveUp { reason: 17 }));
        run(&counting, &mut memory, 1000, 100).unwrap();
        assert_eq!(words(&mut memory, 100_000), vec![turn; 100_000]);
    }
    // Who stops for good is heard, whether code gives up or not.
    memory.share().stop();
    let running_away = program(&memory, run_away);
    assert_eq!(run(&giving_up, &mut memory, 1, 2), Err(Error::Stopped));
    assert_eq!(run(&running_away, &mut memory, 1, 2), Err(Error::Stopped));
}

#[test]
fn a_runaway_keeps_no_other_memory_from_running() {
    let mut held = memory();
    let holder = program(&held, run_away);
    let handle = held.share();
    std::thread::scope(|scope| {
        scope.spawn(move || run(&holder, &mut held, 1, 1000));
        // Once it holds all threads.
        std::thread::sleep(Duration::from_millis(50));
        let mut memory = memory();
        let program = program(&memory, count(500));
        run(&program, &mut memory, 500, 400).unwrap();
        handle.stop();
        assert_eq!(words(&mut memory, 200_000), vec![1; 200_000]);
    });
}

#[test]
fn a_trap_that_nobody_asked_for_is_told_with_its_reason() {
    let failure = |body: &dyn Fn(&mut InstructionSink<'_>)| {
        let mut memory = memory();
        let program = program(&memory, body);
        let result = run(&program, &mut memory, 1000, 10);
        assert!(memory.share().is_stopped());
        result.unwrap_err().to_string()
    };
    let text = failure(&|code| {
        code.unreachable();
    });
    assert!(text.starts_with("the run failed: ") && text.contains("unreachable"), "{text}");
    let text = failure(&|code| {
        code.i32_const(-4).i32_load(at(0)).drop();
    });
    assert!(text.contains("out of bounds memory access"), "{text}");
    let text = failure(&|code| {
        code.i32_const(1).local_get(ROW).i32_div_s().drop();
    });
    assert!(text.contains("divide by zero"), "{text}");
}

#[test]
fn one_thread_that_traps_ends_the_others() {
    let mut memory = memory();
    let program = program(&memory, |code| {
        code.local_get(ROW).i32_const(9999).i32_eq().if_(BlockType::Empty).unreachable().end();
        code.local_get(ROW).i32_eqz().if_(BlockType::Empty);
        run_away(code);
        code.end();
    });
    if thread_count().unwrap() > 1 {
        let result = run(&program, &mut memory, 1, 10_000);
        assert!(matches!(result, Err(Error::Failed { .. })), "{result:?}");
    }
}

#[test]
fn modules_that_do_not_fit_are_refused() {
    let memory = memory();
    let pages = BYTES / 65_536;
    let text = |code: &[u8]| load(&memory, code, NO_SCRATCH).unwrap_err().to_string();
    assert!(text(b"").starts_with("the code was refused: "));
    assert!(text(&Encoder::new().finish()).contains("the module exports no memory"));
    let more = BYTES + 65_536;
    let expected = format!("the module wants {more} bytes of memory, and there are {BYTES}");
    assert!(text(&module(pages + 1, false, |_| ()).finish()).contains(&expected));
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(0), [1, 2, 3]);
    assert!(
        text(&module(pages, false, |_| ()).section(&data).clone().finish())
            .contains("the module has data segments")
    );
    let mut start = Encoder::new();
    let mut types = TypeSection::new();
    types.ty().function([], []);
    let (mut functions, mut codes, mut nothing) =
        (FunctionSection::new(), CodeSection::new(), Function::new([]));
    functions.function(0);
    nothing.instructions().end();
    codes.function(&nothing);
    start.section(&types).section(&functions).section(&StartSection { function_index: 0 }).section(&codes);
    assert_eq!(crate::module::forbidden_section(&start.finish()), Some("a start function"));
}

#[test]
fn code_for_less_memory_runs_in_a_larger_one_and_sees_no_more_of_it() {
    let mut memory = memory();
    memory.write(8, &[7; 4]);
    let mut larger = memory.enlarged(2 * BYTES).unwrap();
    assert_eq!((larger.byte_count(), larger.bytes(8, 5)), (2 * BYTES, &[7, 7, 7, 7, 0][..]));
    larger.clear(9, 2);
    assert_eq!(larger.bytes(8, 4), [7, 0, 0, 7]);
    let access = |place: u64| {
        let code = module(BYTES / 65_536, false, |code| {
            code.i32_const(place as i32).i32_const(1).i32_store(at(0));
        });
        Program::new(Module::new(&code.finish()).unwrap(), &larger.share(), NO_SCRATCH).unwrap()
    };
    let (inside, outside) = (access(BYTES - 4), access(BYTES));
    assert!(inside.is_for(&larger) && !inside.is_for(&memory));
    assert_eq!(run(&inside, &mut larger, 1, 1), Ok(()));
    assert_eq!(larger.bytes(BYTES - 4, 1), [1]);
    assert!(matches!(run(&outside, &mut larger, 1, 1), Err(Error::Failed { .. })));
}

#[test]
fn equal_code_is_compiled_once() {
    let code = module(1, false, |code| {
        code.i32_const(12_345).drop();
    })
    .finish();
    let range = || Module::new(&code).unwrap().0.image_range();
    assert_eq!(range(), range());
}
