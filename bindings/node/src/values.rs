//! What comes from JavaScript: interfaces and uniforms. The JavaScript side has checked it; what is wrong here anyway
//! is refused all the same.

use std::num::NonZeroU32;
use std::time::Duration;

use hpc::{
    Backend, BufferDescription, Builder, ElementType, GpuInterface, RuntimeError, TunedRuns, UniformValue,
};
use napi::bindgen_prelude::Uint8Array;
use napi::{Error, Result, Status};
use napi_derive::napi;

/// What an interface consists of.
#[napi(object, object_to_js = false)]
pub struct Setup {
    /// The buffers.
    pub buffers: Vec<BufferSetup>,
    /// The uniforms with their first values.
    pub uniforms: Vec<Uniform>,
    /// The size of the canvas.
    pub canvas: Option<Canvas>,
    /// Makes `Math.random()` repeatable: an integer up to 2^53.
    pub seed: Option<f64>,
    /// A part of the adapter's name, or its index.
    pub adapter: Option<String>,
    /// Which runs are tuned, by name.
    pub tuned: Option<String>,
    /// How many rounds loops may make that are not known to end.
    pub loop_limit: Option<u32>,
    /// How many milliseconds submissions should take; 0 for as many as they take.
    pub slice: Option<f64>,
    /// Who executes the kernels, by name; chosen by `HPC_BACKEND` if it is left out.
    pub backend: Option<String>,
}

/// One buffer.
#[napi(object, object_to_js = false)]
pub struct BufferSetup {
    /// Its name.
    pub name: String,
    /// The name of the elements' type.
    pub element: String,
    /// One to three extents.
    pub size: Vec<u32>,
    /// What it holds at first, bytes as they are read; zeros if it is left out.
    pub data: Option<Uint8Array>,
    /// Whether its size can change.
    pub resizable: Option<bool>,
}

/// Which elements are copied, and where to.
#[napi(object, object_to_js = false)]
pub struct CopyRange {
    /// The first element.
    pub start: u32,
    /// The element after the last one.
    pub end: u32,
    /// Where they begin in the destination.
    pub to: u32,
}

/// What a buffer is, and a copy of its data.
type Taken = (BufferDescription, Option<Vec<u8>>);

impl BufferSetup {
    /// What it is, and a copy of its data.
    pub(crate) fn taken(self) -> Result<std::result::Result<Taken, hpc::Error>> {
        let Self { name, element, size, data, .. } = self;
        let element = element_type(&element)?;
        let data = data.map(|data| copied(&data, || format!("the buffer {name:?}"))).transpose();
        Ok(data.map(|data| (BufferDescription { name, element, size }, data)))
    }
}

/// The value of a uniform.
#[napi(object, object_to_js = false)]
pub struct Uniform {
    /// Its name.
    pub name: String,
    /// The name of its type, as [`UniformValue::of`] knows it.
    #[napi(js_name = "type")]
    pub ty: String,
    /// The numbers that it consists of; 1 and 0 for `true` and `false`.
    pub numbers: Vec<f64>,
}

/// The size of a canvas in pixels.
#[napi(object, object_to_js = false)]
pub struct Canvas {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

/// Where a kernel's text stands.
#[napi(object, object_to_js = false)]
pub struct Origin {
    /// The name of its file.
    pub file: String,
    /// The line there of the text's first line, counted from 1.
    pub line: u32,
    /// What stands in that line before the text.
    pub before: String,
}

impl From<Origin> for hpc::Origin {
    fn from(Origin { file, line, before }: Origin) -> Self {
        Self { file, line, before }
    }
}

impl Setup {
    /// The same as a builder, but for the backend; without memory for its data what the promise resolves with.
    pub(crate) fn builder(self) -> Result<std::result::Result<Builder, hpc::Error>> {
        let mut builder = GpuInterface::builder();
        for buffer in self.buffers {
            let resizable = buffer.resizable.unwrap_or_default();
            match buffer.taken()? {
                Ok((description, data)) => {
                    let name = resizable.then(|| description.name.clone());
                    builder = builder.packed(description, data);
                    builder = name.into_iter().fold(builder, Builder::resizable);
                }
                Err(error) => return Ok(Err(error)),
            }
        }
        for uniform in &self.uniforms {
            builder = builder.uniform(&uniform.name, uniform.value()?);
        }
        if let Some(Canvas { width, height }) = self.canvas {
            builder = builder.canvas(width, height);
        }
        if let Some(seed) = self.seed {
            builder = builder.seed(seed as u64);
        }
        if let Some(tuned) = self.tuned {
            let unknown = |error: hpc::RuntimeError| Error::new(Status::InvalidArg, error.to_string());
            let runs = TunedRuns::from_name(&tuned).map_err(unknown)?;
            builder = builder.tuned(runs);
        }
        if let Some(rounds) = self.loop_limit.and_then(NonZeroU32::new) {
            builder = builder.loop_limit(rounds);
        }
        if let Some(slice) = self.slice {
            builder = builder.slice(Duration::from_micros((slice * 1000.0) as u64));
        }
        Ok(Ok(match self.adapter {
            Some(adapter) => builder.adapter(adapter),
            None => builder,
        }))
    }

    /// The backend asked for, if one is.
    pub(crate) fn backend(&self) -> std::result::Result<Option<Backend>, hpc::Error> {
        Ok(self.backend.as_deref().map(Backend::from_name).transpose()?)
    }
}

impl Uniform {
    pub(crate) fn value(&self) -> Result<UniformValue> {
        UniformValue::of(&self.ty, &self.numbers).ok_or_else(|| unknown(&self.ty))
    }
}

/// A copy of what JavaScript may change; without memory an error that says what it is of.
pub(crate) fn copied(
    bytes: &[u8],
    what: impl FnOnce() -> String,
) -> std::result::Result<Vec<u8>, hpc::Error> {
    let mut copy = Vec::new();
    let room = copy.try_reserve_exact(bytes.len());
    room.map_err(|_| RuntimeError::NoMemory { what: what(), bytes: bytes.len() as u64 })?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

fn element_type(name: &str) -> Result<ElementType> {
    ElementType::from_name(name).ok_or_else(|| unknown(name))
}

fn unknown(name: &str) -> Error {
    Error::new(Status::InvalidArg, format!("{name:?} is no type, or has more numbers"))
}
