//! Kernels in the text of a whole program.

use std::thread::{self, Builder};

pub use compiler::{
    FoundKernel as KernelText, ProgramConstant as PrecompiledConstant, ProgramKernel as Precompiled, Unknown,
};

use crate::{CompileError, Origin};

/// The kernels of a JavaScript or TypeScript program, in order: the functions that it passes to `createKernel`.
///
/// So one program can serve two hosts: the JavaScript around its kernels, and Rust. Each kernel has the name of the
/// variable that it is stored in. A program with syntax errors has none behind the first of them.
///
/// ```
/// # fn main() -> Result<(), hpc::Error> {
/// let program = "
///     import GPUInterface from 'hpc.js';
///     const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4] }] }).initialize();
///     const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= 2; });
/// ";
/// let kernels = hpc::kernels_in(program);
/// assert_eq!(kernels[0].name, "double");
///
/// # pollster::block_on(async {
/// let gpu = hpc::GpuInterface::builder().buffer("a", 4, [1.0_f32, 2.0, 3.0, 4.0]).build()?.initialize().await?;
/// gpu.create_kernel(&kernels[0].source).await?.run(4)?;
/// assert_eq!(gpu.read_buffer::<f32>("a").await?, [2.0, 4.0, 6.0, 8.0]);
/// # Ok(())
/// # })
/// # }
/// ```
pub fn kernels_in(program: &str) -> Vec<KernelText> {
    compiler::find_kernels(program)
}

/// What can be compiled of a program before it runs; see [`precompile`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrecompiledProgram {
    /// The kernels, in the order of their `createKernel` calls.
    pub kernels: Vec<Precompiled>,
    /// What is not known before the program runs, so that kernels can be compiled only then.
    pub unknown: Vec<Unknown>,
    /// What is wrong with kernels, at its place in the program.
    pub mistakes: Option<CompileError>,
}

/// The stack for the text of a whole program, in bytes. What is not used of it takes no memory.
const STACK: usize = 256 << 20;

/// Compiles the kernels of a JavaScript or TypeScript program that are created on an interface written out in the same file.
/// No device is asked. `file` is the name that messages show; its extension tells the language.
///
/// ```
/// let program = "
///     import GPUInterface from 'hpc.js';
///     const gpu = await new GPUInterface({ buffers: [{ name: 'a', size: [4] }] }).initialize();
///     const double = await gpu.createKernel((inputs) => { inputs.buffers.a[inputs.threadId.x] *= 2; });
/// ";
/// let precompiled = hpc::precompile(program, "program.js");
/// let stored = precompiled.kernels[0].gpu.to_text();
/// assert_eq!(hpc::Artifact::from_text(&stored).unwrap(), precompiled.kernels[0].gpu);
/// ```
pub fn precompile(program: &str, file: &str) -> PrecompiledProgram {
    // Bundles are long, and may be nested deeply. Where no thread starts, their kernels are compiled when they run.
    let compiled = thread::scope(|scope| {
        let work = || compiler::compile_program(program, file);
        let thread = Builder::new().name("hpc-compile".into()).stack_size(STACK).spawn_scoped(scope, work);
        let compiled = thread.ok().map(|thread| thread.join());
        compiled.map(|compiled| compiled.unwrap_or_else(|payload| std::panic::resume_unwind(payload)))
    });
    let compiler::CompiledProgram { kernels, unknown, mistakes } = compiled.unwrap_or_default();
    let mistakes =
        (!mistakes.is_empty()).then(|| CompileError::new(program, Origin::in_file(file), mistakes));
    PrecompiledProgram { kernels, unknown, mistakes }
}
