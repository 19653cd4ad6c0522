//! Kernels of whole programs, compiled while an application is built. No device is asked.

use hpc::diagnostics::line_and_column;
use napi_derive::napi;

use crate::Failure;

/// What can be compiled of a program before it runs.
#[derive(Debug)]
#[napi(object)]
pub struct Program {
    /// The kernels that were compiled.
    pub kernels: Vec<PrecompiledKernel>,
    /// What is not known yet, so that kernels are compiled when the program runs.
    pub unknown: Vec<Unknown>,
    /// What is wrong with kernels; lines and columns are those of the program.
    pub failure: Option<Failure>,
}

/// A kernel, compiled for every backend and stored as text.
#[derive(Debug)]
#[napi(object)]
pub struct PrecompiledKernel {
    /// Where the argument of `createKernel` starts in the program, in UTF-16 units.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
    /// Where the object starts that the interface's constructor is given, if it is given one.
    pub spec: Option<u32>,
    /// For GPUs.
    pub gpu: String,
    /// For the CPU backend.
    pub cpu: String,
}

/// What is not known before the program runs.
#[derive(Debug)]
#[napi(object)]
pub struct Unknown {
    /// What it is, in a sentence.
    pub message: String,
    /// Its line, counted from 1.
    pub line: u32,
    /// Its column, counted from 1 in UTF-16 units.
    pub column: u32,
}

/// Compiles the kernels of a program; `file` is its name.
#[napi(catch_unwind)]
pub fn precompile(program: String, file: String) -> Program {
    let hpc::PrecompiledProgram { kernels, unknown, mistakes } = hpc::precompile(&program, &file);
    let offset = |bytes: u32| program[..bytes as usize].encode_utf16().count() as u32;
    let kernel = |kernel: hpc::Precompiled| PrecompiledKernel {
        start: offset(kernel.argument.start),
        end: offset(kernel.argument.end),
        spec: kernel.spec.map(|spec| offset(spec.start)),
        gpu: kernel.gpu.to_text(),
        cpu: kernel.cpu.to_text(),
    };
    let unknown = unknown.into_iter().map(|hpc::Unknown { span, message }| {
        let (line, column) = line_and_column(&program, span.start);
        Unknown { message, line, column }
    });
    Program {
        kernels: kernels.into_iter().map(kernel).collect(),
        unknown: unknown.collect(),
        failure: mistakes.map(hpc::Error::from).map(Failure::from),
    }
}
