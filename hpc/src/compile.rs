//! Kernels from their text, and what can be wrong with it.

use std::fmt;

use artifact::Artifact;
use compiler::diagnostics::{Diagnostic, Origin, line_and_column, render};

use crate::{Error, GpuInterface, Kernel};

impl GpuInterface {
    /// Compiles a kernel: the text of a JavaScript or TypeScript function of one parameter.
    ///
    /// It resolves when the kernel is ready on the device, so that runs cannot fail for reasons of compilation.
    /// Kernels with the same code share it.
    ///
    /// ```
    /// # use hpc::{Error, GpuInterface};
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().zeros::<f32>("a", 4).build()?.initialize().await?;
    /// let Err(Error::Compile(mistakes)) = gpu.create_kernel("inputs => { oops; }").await else {
    ///     panic!("there is no oops")
    /// };
    /// assert_eq!(mistakes.diagnostics().len(), 1);
    /// println!("{mistakes}");
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Compile`] tells all mistakes with their places. [`RuntimeError`](crate::RuntimeError)`::UniformsTooLarge` if the adapter
    /// allows fewer, and the fatal errors.
    pub async fn create_kernel(&self, source: &str) -> Result<Kernel, Error> {
        self.create_kernel_at(source, Origin::default()).await
    }

    /// The same for a kernel that stands in a file: messages show its name and lines. The places that
    /// [`CompileError::places`] tells are in the kernel's text all the same.
    ///
    /// ```
    /// # use hpc::{GpuInterface, Origin};
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().zeros::<f32>("a", 4).build()?.initialize().await?;
    /// let origin = Origin { line: 40, ..Origin::in_file("kernels/heat.js") };
    /// let mistakes = gpu.create_kernel_at("inputs => {\n  oops;\n}", origin).await.unwrap_err();
    /// assert!(mistakes.to_string().contains("kernels/heat.js:41:3"));
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::create_kernel`].
    pub async fn create_kernel_at(&self, source: &str, origin: Origin) -> Result<Kernel, Error> {
        let interface = self.session.interface_now();
        let compile = || Ok((compiler::compile(source, &interface)?, ()));
        // SAFETY: the artifact is what the compiler makes of it.
        unsafe { self.create_kernel_by(source, origin, compile).await }.map(|(kernel, ())| kernel)
    }

    /// The same for what calls the compiler in another way: `compile` gives the artifact and what else it found out.
    ///
    /// # Safety
    ///
    /// The artifact must be what the compiler made, which claims only what it proved.
    #[doc(hidden)]
    pub async unsafe fn create_kernel_by<T>(
        &self,
        source: &str,
        origin: Origin,
        compile: impl FnOnce() -> compiler::diagnostics::Result<(Artifact, T)>,
    ) -> Result<(Kernel, T), Error> {
        let compiled = std::panic::catch_unwind(std::panic::AssertUnwindSafe(compile));
        let (artifact, found) = compiled
            .map_err(|payload| runtime::Error::panicked("the compiler", &*payload))?
            .map_err(|diagnostics| CompileError::new(source, origin, diagnostics))?;
        // SAFETY: the caller says so.
        Ok((self.kernel(unsafe { self.session.create_proved_kernel(artifact).await? }), found))
    }
}

/// Everything that is wrong with a kernel's text.
///
/// Its [`Display`](fmt::Display) shows each mistake with the line it is on, why, and how to mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct CompileError {
    source: String,
    origin: Origin,
    diagnostics: Vec<Diagnostic>,
}

impl CompileError {
    pub(crate) fn new(source: &str, origin: Origin, diagnostics: Vec<Diagnostic>) -> Self {
        Self { source: source.into(), origin, diagnostics }
    }

    /// The mistakes, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The line and column of each mistake in the text, both counted from 1, columns in UTF-16 units.
    pub fn places(&self) -> impl Iterator<Item = (u32, u32)> {
        self.diagnostics.iter().map(|diagnostic| line_and_column(&self.source, diagnostic.span().start))
    }
}

impl fmt::Display for CompileError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&render(&self.diagnostics, &self.source, &self.origin))
    }
}

impl std::error::Error for CompileError {}
