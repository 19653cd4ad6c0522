//! Compiled modules, and the memory that their instances get.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use wasmparser::{Parser, Payload};
use wasmtime::{
    Config, Engine, ExternType, LinearMemory, MemoryCreator, MemoryType, OptLevel, WasmBacktraceDetails,
};

use crate::Error;
use crate::memory::{Mapping, Shared};

/// The greatest number of compiled modules that are kept for programs that are made again.
const MAX_CACHED: usize = 256;

static ENGINE: LazyLock<Result<Engine, String>> = LazyLock::new(|| {
    let mut config = Config::new();
    config
        .cranelift_opt_level(OptLevel::Speed)
        // Hosts have handlers of their own: Node has.
        .signals_based_traps(false)
        .memory_may_move(false)
        .memory_reservation(0)
        .memory_reservation_for_growth(0)
        .memory_guard_size(0)
        .memory_init_cow(false)
        .wasm_threads(true)
        .wasm_memory64(true)
        .wasm_backtrace_details(WasmBacktraceDetails::Disable)
        .generate_address_map(false)
        .with_host_memory(Arc::new(SharedMemory));
    Engine::new(&config).map_err(|error| format!("{error:?}"))
});

/// The one engine of the process.
pub(crate) fn engine() -> Result<&'static Engine, Error> {
    ENGINE.as_ref().map_err(|error| Error::Refused { reason: error.clone() })
}

/// Code, compiled for this machine.
#[derive(Clone)]
pub struct Module(pub(crate) wasmtime::Module);

impl std::fmt::Debug for Module {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Module").finish_non_exhaustive()
    }
}

impl Module {
    /// Compiles a module, which takes about a millisecond for each KiB; one that was compiled before is found again.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] if it is no module that [`crate::Program`] can run.
    pub fn new(bytes: &[u8]) -> Result<Self, Error> {
        static CACHE: Mutex<Option<HashMap<Vec<u8>, wasmtime::Module>>> = Mutex::new(None);
        let lock = || CACHE.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(module) = lock().as_ref().and_then(|cache| cache.get(bytes)) {
            return Ok(Self(module.clone()));
        }
        let module = wasmtime::Module::new(engine()?, bytes)
            .map_err(|error| Error::Refused { reason: format!("{error:?}") })?;
        check(&module)?;
        if let Some(section) = forbidden_section(bytes) {
            return Err(Error::Refused { reason: format!("the module has {section}") });
        }
        let mut cache = lock();
        let cache = cache.get_or_insert_default();
        if cache.len() >= MAX_CACHED {
            cache.clear();
        }
        cache.insert(bytes.to_vec(), module.clone());
        Ok(Self(module))
    }
}

/// The name of the exported function that runs a part of a grid.
pub(crate) const RUN: &str = "run";
/// The name of the exported memory.
const MEMORY: &str = "memory";

/// Whether a module exports a memory and the function, and needs nothing.
fn check(module: &wasmtime::Module) -> Result<(), Error> {
    let refuse = |reason: &str| Err(Error::Refused { reason: reason.into() });
    if module.imports().len() > 0 {
        return refuse("the module has imports");
    }
    if !matches!(module.get_export(MEMORY), Some(ExternType::Memory(_))) {
        return refuse("the module exports no memory");
    }
    match module.get_export(RUN) {
        Some(ExternType::Func(_)) => Ok(()),
        _ => refuse("the module exports no function called run"),
    }
}

/// What would touch the memory when an instance is made, which happens while other code may run in it.
pub(crate) fn forbidden_section(bytes: &[u8]) -> Option<&'static str> {
    // wasmtime has found everything well-formed.
    Parser::new(0).parse_all(bytes).find_map(|payload| match payload.ok()? {
        Payload::StartSection { .. } => Some("a start function"),
        Payload::DataSection(_) => Some("data segments"),
        _ => None,
    })
}

thread_local! {
    /// What the next instance on this thread gets as its memory.
    static NEXT_MEMORY: RefCell<Option<Arc<Mapping>>> = const { RefCell::new(None) };
}

/// Runs `instantiate` so that the instance's memory is the one given.
pub(crate) fn with_memory<T>(memory: &Shared, instantiate: impl FnOnce() -> T) -> T {
    NEXT_MEMORY.set(Some(memory.mapping()));
    let instance = instantiate();
    NEXT_MEMORY.set(None);
    instance
}

/// Gives instances the memory of [`NEXT_MEMORY`].
struct SharedMemory;

// SAFETY: the memory is at least as large as is asked for, or it is refused; it stays where it is and has no guard pages, which none
// are asked for. Bounds are checked by the code, as traps do not use signals.
unsafe impl MemoryCreator for SharedMemory {
    fn new_memory(
        &self,
        _: MemoryType,
        minimum: usize,
        maximum: Option<usize>,
        _: Option<usize>,
        guard: usize,
    ) -> Result<Box<dyn LinearMemory>, String> {
        let mapping = NEXT_MEMORY.with_borrow(Clone::clone).ok_or("there is no memory for an instance")?;
        // Code that was compiled for less memory than there is now sees no more of it.
        let bytes = maximum.map_or(0, |maximum| mapping.bytes().min(maximum));
        if minimum > bytes || guard != 0 {
            return Err(format!("the module wants {minimum} bytes of memory, and there are {bytes}"));
        }
        Ok(Box::new(Alias { mapping, bytes }))
    }
}

/// A share of a mapping, or of its first bytes.
///
/// Several instances on several threads have the same memory. What they do to it at the same time are plain accesses of machine code: like
/// threads on a GPU, one of two racing writes wins, word by word. No Rust reference into it exists, and the host's own accesses need the
/// [`crate::Memory`], which [`crate::Program::run`] borrows.
struct Alias {
    mapping: Arc<Mapping>,
    bytes: usize,
}

// SAFETY: the address and the size stay as they are while the share lives, and memory that cannot grow says so.
unsafe impl LinearMemory for Alias {
    fn byte_size(&self) -> usize {
        self.bytes
    }

    fn byte_capacity(&self) -> usize {
        self.bytes
    }

    fn grow_to(&mut self, _: usize) -> wasmtime::Result<()> {
        Err(wasmtime::format_err!("this memory cannot grow"))
    }

    fn as_ptr(&self) -> *mut u8 {
        self.mapping.start()
    }
}
