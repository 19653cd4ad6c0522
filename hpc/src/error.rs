//! What can go wrong: a kernel's text, or everything else.

use artifact::StoredError;

#[cfg(feature = "compiler")]
use crate::CompileError;

/// The error of every fallible call.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The kernel's text has mistakes.
    #[cfg(feature = "compiler")]
    #[error(transparent)]
    Compile(#[from] CompileError),
    /// A stored artifact cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredError),
    /// A call was refused, or the device failed.
    #[error(transparent)]
    Runtime(#[from] runtime::Error),
}

impl Error {
    /// Its kind in one word, for other languages: `Kernel` for mistakes in a kernel's text; `Mismatch` for a stored kernel that
    /// is not for this interface or this version, whose text can be compiled instead; `DeviceLost`, `OutOfMemory`, `LoopLimit`,
    /// `Dropped`, `NoDevice` or `Internal`; `Refused` for everything else, which leaves the interface as it was. So does `OutOfMemory` of a read or a
    /// write, whose message names the buffer.
    pub fn kind(&self) -> &'static str {
        match self {
            #[cfg(feature = "compiler")]
            Self::Compile(_) => "Kernel",
            Self::Stored(_) | Self::Runtime(runtime::Error::ArtifactMismatch { .. }) => "Mismatch",
            Self::Runtime(error) => match error {
                runtime::Error::DeviceLost { .. } => "DeviceLost",
                runtime::Error::OutOfMemory { .. } | runtime::Error::NoMemory { .. } => "OutOfMemory",
                runtime::Error::LoopLimit { .. } => "LoopLimit",
                runtime::Error::Dropped => "Dropped",
                runtime::Error::NoAdapter { .. }
                | runtime::Error::NoDevice { .. }
                | runtime::Error::NoBackend { .. }
                | runtime::Error::NoWorkers { .. }
                | runtime::Error::ScreenTaken { .. } => "NoDevice",
                runtime::Error::Internal { .. } => "Internal",
                _ => "Refused",
            },
        }
    }
}
