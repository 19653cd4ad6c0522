//! Buffers that come and go, change their sizes, and are written and copied in parts.

use std::borrow::Cow;
use std::ops::RangeBounds;
use std::sync::Arc;

use artifact::{BufferDescription, Interface};
use runtime::Data;

use crate::element::data;
use crate::{BufferSize, Element, Error, GpuInterface, IntoData};

impl GpuInterface {
    /// Makes a buffer at this place in the queue, and says what it holds at first. Kernels that are compiled from now on see it. Its size can change,
    /// so kernels learn it when they run.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().build()?.initialize().await?;
    /// gpu.create_buffer("a", 3, [1.0_f32, 2.0, 3.0])?;
    /// let double = gpu.create_kernel("inputs => { inputs.buffers.a[inputs.threadId.x] *= 2; }").await?;
    /// double.run(3)?;
    /// gpu.resize_buffer("a", 5)?;
    /// gpu.write_buffer_at("a", 3, [4.0_f32, 5.0])?;
    /// double.run(5)?;
    /// # if gpu.backend_type() != hpc::Backend::Noop {
    /// assert_eq!(gpu.read_buffer::<f32>("a").await?, [4.0, 8.0, 12.0, 8.0, 10.0]);
    /// # }
    /// gpu.destroy_buffer("a")?;
    /// assert!(double.run(5).is_err());
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::InvalidName`, `DuplicateName`, `InvalidSize`, `SizeMismatch`, `BrokenElement`, `BufferTooLarge`,
    /// `Unrecordable` within a recording, and the fatal errors: `OutOfMemory` among them, which the device tells later.
    pub fn create_buffer<D: IntoData>(
        &self,
        name: &str,
        size: impl BufferSize,
        elements: D,
    ) -> Result<(), Error> {
        let description = BufferDescription { name: name.into(), element: D::ELEMENT, size: size.extents() };
        Ok(self.session.create_buffer(description, Some(data(elements)))?)
    }

    /// The same for a buffer of zeros.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::create_buffer`].
    pub fn create_zeros<E: Element>(&self, name: &str, size: impl BufferSize) -> Result<(), Error> {
        self.create_packed(
            BufferDescription { name: name.into(), element: E::TYPE, size: size.extents() },
            None,
        )
    }

    /// The same for a buffer whose type is known only when the program runs: bytes as [`GpuInterface::read_bytes`] gives them, or `None` for zeros.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::create_buffer`].
    pub fn create_packed(&self, description: BufferDescription, bytes: Option<Vec<u8>>) -> Result<(), Error> {
        let data = bytes.map(|bytes| Data { element: description.element, bytes: bytes.into() });
        Ok(self.session.create_buffer(description, data)?)
    }

    /// Gives a buffer another size at this place in the queue, of as many dimensions. It keeps the elements that both sizes have, each at its index;
    /// others are zero. Kernels go on with it as they are. Only for buffers that were created so, or are [resizable](crate::Builder::resizable).
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let builder = GpuInterface::builder().buffer("table", [2, 2], [1_u8, 2, 3, 4]).resizable("table");
    /// let gpu = builder.build()?.initialize().await?;
    /// gpu.resize_buffer("table", [3, 3])?;
    /// assert_eq!(gpu.read_buffer::<u8>("table").await?, [1, 2, 0, 3, 4, 0, 0, 0, 0]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `NotResizable`, `OtherRank`, `InvalidSize`, `BufferTooLarge`, `Unrecordable` within a
    /// recording, and the fatal errors: `OutOfMemory` among them, which the device tells later.
    pub fn resize_buffer(&self, name: &str, size: impl BufferSize) -> Result<(), Error> {
        let size = size.extents();
        for (column, inner) in self.columns_named(name) {
            self.session.resize_buffer(&column, &[&size[..], &inner].concat())?;
        }
        Ok(())
    }

    /// Destroys a buffer at this place in the queue: what was called before still uses it. Its name is free again, and kernels that use it run again
    /// once there is another one of the same name, type and number of dimensions.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `Unrecordable` within a recording, and the fatal errors.
    pub fn destroy_buffer(&self, name: &str) -> Result<(), Error> {
        for (column, _) in self.columns_named(name) {
            self.session.destroy_buffer(&column)?;
        }
        Ok(())
    }

    /// The buffers that there are now, with their sizes. Buffers of objects are columns.
    pub fn buffers(&self) -> Vec<BufferDescription> {
        self.session.buffers()
    }

    /// What kernels see now, for who compiles them elsewhere. A resizable buffer has zeros for extents there.
    pub fn interface_now(&self) -> Arc<Interface> {
        self.session.interface_now()
    }

    /// Replaces some elements of a buffer: those from `start` on, counted row by row.
    ///
    /// Devices copy words of 4 bytes: elements of fewer must begin and end where a word does, or end where the buffer does.
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `TypeMismatch`, `OutsideBuffer`, `BrokenWord`, and the fatal errors.
    pub fn write_buffer_at<D: IntoData>(&self, name: &str, start: u64, elements: D) -> Result<(), Error> {
        if let Some(bytes) = elements.borrowed() {
            self.session.check_element(name, D::ELEMENT)?;
            return Ok(self.session.write_bytes_at(name, start, bytes.into())?);
        }
        Ok(self.session.write_buffer_at(name, start, data(elements))?)
    }

    /// The same for a buffer whose type is known only when the program runs.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::write_buffer_at`], but for the type's, and `BrokenElement`.
    pub fn write_bytes_at<'b>(
        &self,
        name: &str,
        start: u64,
        bytes: impl Into<Cow<'b, [u8]>>,
    ) -> Result<(), Error> {
        Ok(self.session.write_bytes_at(name, start, bytes.into())?)
    }

    /// Copies some elements of a buffer to another of the same element type, where they begin with the element `to`. All are counted row by row; sizes
    /// may differ.
    ///
    /// ```
    /// # use hpc::GpuInterface;
    /// # fn main() -> Result<(), hpc::Error> {
    /// # pollster::block_on(async {
    /// let gpu = GpuInterface::builder().buffer("a", 3, [1_i32, 2, 3]).zeros::<i32>("b", [2, 2]).build()?.initialize().await?;
    /// gpu.copy_buffer_range("a", 1.., "b", 2)?;
    /// assert_eq!(gpu.read_buffer::<i32>("b").await?, [0, 0, 2, 3]);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`RuntimeError`](crate::RuntimeError)`::UnknownBuffer`, `TypeMismatch`, `OutsideBuffer`, `BrokenWord`, `CopyToItself`, and the fatal errors.
    pub fn copy_buffer_range(
        &self,
        source: &str,
        elements: impl RangeBounds<u64>,
        destination: &str,
        to: u64,
    ) -> Result<(), Error> {
        Ok(self.session.copy_buffer_range(source, elements, destination, to)?)
    }

    /// The buffers that a name means: itself, or the columns of objects, each with the extents that are not the objects'.
    fn columns_named(&self, name: &str) -> Vec<(String, Vec<u32>)> {
        let column = |buffer: BufferDescription| {
            let path = artifact::column_path(&buffer.name)?;
            let objects = path.first().filter(|first| first.name == name)?.indices;
            let inner = buffer.size.get(objects..)?.to_vec();
            Some((buffer.name, inner))
        };
        let columns: Vec<_> = self.buffers().into_iter().filter_map(column).collect();
        if columns.is_empty() { vec![(name.to_owned(), Vec::new())] } else { columns }
    }
}
