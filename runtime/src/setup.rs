//! What an interface consists of, and the checks that need no device.

use std::num::NonZeroU32;
use std::time::Duration;

use artifact::{
    BufferDescription, CanvasSize, Interface, MAX_EXTENT, MAX_RANK, RESERVED_PREFIX, UniformDescription,
    is_int32,
};

use crate::backend::{BackendType, TunedRuns};
use crate::bytes::Bytes;
use crate::uniforms::Numbers;
use crate::{Data, Error, NameKind, Screen, UniformValue};

/// The buffers, uniforms, canvas and options of an interface to be.
#[derive(Clone, Debug, Default)]
pub struct Setup {
    /// The buffers.
    pub buffers: Vec<BufferSetup>,
    /// The uniforms with their first values, which fix their types.
    pub uniforms: Vec<(String, UniformValue)>,
    /// The names of the buffers, or buffers of objects, whose sizes can change later: kernels learn them when they run.
    pub resizable: Vec<String>,
    /// The size of the canvas in pixels.
    pub canvas: Option<CanvasSize>,
    /// Where the canvas is shown, if it is to be seen and not only read.
    pub screen: Option<Screen>,
    /// Makes `Math.random()` repeatable.
    pub seed: Option<u64>,
    /// Which adapter: part of its name in any case, or its index. `HPC_ADAPTER` counts if this is `None`.
    pub adapter: Option<String>,
    /// Which runs a GPU computes by tuned texts. `HPC_TUNED` counts if this is `None`; without it large ones are, on hardware.
    pub tuned: Option<TunedRuns>,
    /// How many rounds an invocation may make in loops that are not known to end, [`artifact::Wgsl::LOOP_LIMIT`] if this is `None`.
    pub loop_limit: Option<NonZeroU32>,
    /// How long a submission may take on a GPU: longer runs are cut into slices, which are submitted one by one. They are not if this is `None`.
    pub slice: Option<Duration>,
    /// To test what a loss does: the device is lost at the submission after so many. `HPC_LOSE_AFTER` counts if this is `None`.
    pub lose_after: Option<u64>,
    /// Who executes the commands. `HPC_BACKEND` counts if this is `None`; without it a GPU does where there is one, or the adapter
    /// that was asked for, else the CPU backend.
    pub backend: Option<BackendType>,
}

/// One buffer and what it holds at first.
#[derive(Clone, Debug)]
pub struct BufferSetup {
    /// Its name, element type and extents.
    pub description: BufferDescription,
    /// Its contents; zeros if `None`.
    pub data: Option<Data>,
}

impl Setup {
    /// Checks everything that can be checked without a device and tells what kernels will see; `using_cpu` is what it
    /// will be if the backend is the one that is set here.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidName`], [`Error::DuplicateName`], [`Error::UnknownBuffer`], [`Error::InvalidSize`], [`Error::InvalidCanvas`],
    /// [`Error::TypeMismatch`], [`Error::SizeMismatch`], [`Error::BrokenElement`], [`Error::UniformLength`] and
    /// [`Error::UniformComponent`].
    pub fn interface(&self) -> Result<Interface, Error> {
        let buffers: Vec<_> = self.buffers.iter().map(|buffer| buffer.description.clone()).collect();
        let uniforms: Vec<_> = self.uniforms.iter().map(describe).collect();
        check_names(NameKind::Buffer, buffers.iter().map(|buffer| buffer.name.as_str()))?;
        check_names(NameKind::Uniform, uniforms.iter().map(|uniform| uniform.name.as_str()))?;
        buffers.iter().try_for_each(check_size)?;
        self.uniforms.iter().try_for_each(|(name, value)| value.check(name))?;
        self.canvas.map_or(Ok(()), check_canvas)?;
        for BufferSetup { description, data } in &self.buffers {
            data.as_ref().map_or(Ok(()), |data| data.check(description))?;
        }
        let means = |name: &str, buffer: &BufferDescription| {
            let column = artifact::column_path(&buffer.name);
            buffer.name == name
                || column.is_some_and(|path| path.first().is_some_and(|first| first.name == name))
        };
        let unknown = self.resizable.iter().find(|name| !buffers.iter().any(|buffer| means(name, buffer)));
        if let Some(name) = unknown {
            let declared = buffers.into_iter().map(|buffer| buffer.name).collect();
            return Err(Error::UnknownBuffer { name: name.clone(), declared });
        }
        let seen = |buffer: BufferDescription| {
            if self.resizable.iter().any(|name| means(name, &buffer)) { buffer.resizable() } else { buffer }
        };
        let mut interface = Interface {
            buffers: buffers.into_iter().map(seen).collect(),
            uniforms,
            canvas: self.canvas,
            using_cpu: self.backend == Some(BackendType::Cpu),
            packed: Vec::new(),
            native_doubles: false,
            float_atomics: false,
        };
        interface.declare_extents();
        Ok(interface)
    }

    /// The buffers' contents.
    pub(crate) fn contents(buffers: Vec<BufferSetup>) -> Result<Vec<Option<Bytes>>, Error> {
        let fit = |buffer: BufferSetup| buffer.data.map(|data| data.fit(&buffer.description)).transpose();
        buffers.into_iter().map(fit).collect()
    }
}

fn describe((name, value): &(String, UniformValue)) -> UniformDescription {
    let integral = Numbers::from(value.clone()).as_slice().iter().all(|&number| is_int32(number));
    UniformDescription { name: name.clone(), ty: value.ty(), integral }
}

/// Whether a buffer can have this name.
pub(crate) fn check_buffer_name(name: &str) -> Result<(), Error> {
    check_names(NameKind::Buffer, std::iter::once(name))
}

fn check_names<'a>(kind: NameKind, names: impl Iterator<Item = &'a str>) -> Result<(), Error> {
    // There are few.
    let mut seen = Vec::new();
    for name in names {
        let is_right = |name: &str| is_identifier(name) && !name.starts_with(RESERVED_PREFIX);
        let is_column = || {
            let path = artifact::column_path(name).filter(|_| kind == NameKind::Buffer);
            path.is_some_and(|path| path.iter().all(|step| is_right(step.name)))
        };
        if !is_right(name) && !is_column() {
            return Err(Error::InvalidName { kind, name: name.into() });
        }
        if seen.contains(&name) {
            return Err(Error::DuplicateName { kind, name: name.into() });
        }
        seen.push(name);
    }
    Ok(())
}

/// Whether a kernel can write `inputs.buffers.<name>`. Reserved words are fine there.
fn is_identifier(name: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || c == '_' || c == '$';
    let goes_on = |c: char| starts(c) || c.is_numeric() || c == '\u{200C}' || c == '\u{200D}';
    name.chars().next().is_some_and(starts) && name.chars().skip(1).all(goes_on)
}

pub(crate) fn check_size(buffer: &BufferDescription) -> Result<(), Error> {
    let rank_fits = (1..=MAX_RANK).contains(&buffer.size.len());
    // Stops at the limit, so that the product cannot overflow.
    let count = buffer.size.iter().try_fold(1, |count: u64, &extent| {
        let count = count * u64::from(extent);
        (1..=u64::from(MAX_EXTENT)).contains(&count).then_some(count)
    });
    if rank_fits && count.is_some() {
        return Ok(());
    }
    Err(Error::InvalidSize { name: buffer.name.clone(), size: buffer.size.clone() })
}

fn check_canvas(size: CanvasSize) -> Result<(), Error> {
    if (1..=u64::from(MAX_EXTENT)).contains(&size.pixel_count()) {
        return Ok(());
    }
    Err(Error::InvalidCanvas { width: size.width, height: size.height })
}
