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
    /// The constants that it was compiled with: those that it is handed,
    pub given: Vec<Constant>,
    /// and those of the file that it names besides.
    pub seen: Vec<Constant>,
    /// For GPUs.
    pub gpu: String,
    /// For the CPU backend.
    pub cpu: String,
}

/// A constant of a program.
#[derive(Debug)]
#[napi(object)]
pub struct Constant {
    /// What the kernel calls it.
    pub name: String,
    /// `number`, `boolean` or a vector's type: that of the value, or of the elements.
    pub type_name: String,
    /// Whether it is an array.
    pub is_array: bool,
    /// The numbers that it consists of, element by element.
    pub numbers: Vec<f64>,
}

impl From<hpc::PrecompiledConstant> for Constant {
    fn from(constant: hpc::PrecompiledConstant) -> Self {
        let hpc::PrecompiledConstant { name, type_name, is_array, numbers } = constant;
        Self { name, type_name: type_name.to_owned(), is_array, numbers }
    }
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
        given: kernel.given.into_iter().map(Constant::from).collect(),
        seen: kernel.seen.into_iter().map(Constant::from).collect(),
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
