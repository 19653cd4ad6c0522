//! Buffers of objects: structs whose fields lie in buffers of their own. What stands here beside [`Record`] is for the code that
//! `#[derive(Record)]` writes.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use artifact::{BufferDescription, ElementType, column_path};
use runtime::{BufferSetup, Data, Error as RuntimeError};

use crate::element::data;
use crate::{BufferSize, Builder, Element, Error, GpuInterface};

/// Makes a struct a [`Record`]. Its fields are of types that buffers hold ([`Element`]) or records themselves; an array of such elements is marked
/// by `#[hpc(array)]`, as `[f32; 3]` is a vector otherwise.
pub use hpc_derive::Record;

/// A struct that buffers hold as an object.
///
/// ```
/// # use hpc::{GpuInterface, Record};
/// #[derive(Clone, Debug, Default, PartialEq, Record)]
/// struct Particle {
///     position: [f32; 2],
///     age: i32,
///     #[hpc(array)]
///     trail: [f32; 4],
/// }
///
/// # fn main() -> Result<(), hpc::Error> {
/// # pollster::block_on(async {
/// let particles = vec![Particle::default(); 8];
/// let gpu = GpuInterface::builder().records("particles", 8, &particles).build()?.initialize().await?;
/// let grow = gpu
///     .create_kernel("({ buffers, threadId }) => { buffers.particles[threadId.x].age += threadId.x; }")
///     .await?;
/// grow.run(8)?;
/// let grown: Vec<Particle> = gpu.read_records("particles").await?;
/// # if gpu.backend_type() != hpc::Backend::Noop {
/// assert_eq!(grown[3].age, 3);
/// # }
/// # Ok(())
/// # })
/// # }
/// ```
///
/// Each field lies in a buffer of its own, a column, which [`GpuInterface::read_buffer`] and the like reach as `particles[].age`: the way to its
/// elements.
pub trait Record: Field + Clone + Default + Send {}

/// What a field of an object can be: an [`Element`] or a [`Record`].
pub trait Field: Sized + 'static {
    #[doc(hidden)]
    fn columns<R: 'static>(lens: Lens<R, Self>, path: &Path, columns: &mut Vec<Column<R>>);
}

impl<E: Element> Field for E {
    fn columns<R: 'static>(lens: Lens<R, Self>, path: &Path, columns: &mut Vec<Column<R>>) {
        let Lens { get, get_mut } = lens;
        columns.push(Column {
            path: path.clone(),
            element: E::TYPE,
            pack: Arc::new(move |records| {
                data(records.iter().map(|record| *get(record)).collect::<Vec<E>>())
            }),
            read: Arc::new(move |gpu, name| {
                let get_mut = Arc::clone(&get_mut);
                let reading = gpu.read_buffer::<E>(name);
                Box::pin(async move {
                    let elements = reading.await?;
                    let fill: Fill<R> = Box::new(move |records| {
                        for (record, element) in records.iter_mut().zip(elements) {
                            *get_mut(record) = element;
                        }
                    });
                    Ok(fill)
                })
            }),
        });
    }
}

/// The column of a field that is an array of `N` elements.
#[doc(hidden)]
pub fn array<R: 'static, E: Element, const N: usize>(
    lens: Lens<R, [E; N]>,
    path: &Path,
    columns: &mut Vec<Column<R>>,
) {
    let Lens { get, get_mut } = lens;
    columns.push(Column {
        path: path.indexed(N),
        element: E::TYPE,
        pack: Arc::new(move |records| {
            data(records.iter().flat_map(|record| *get(record)).collect::<Vec<E>>())
        }),
        read: Arc::new(move |gpu, name| {
            let get_mut = Arc::clone(&get_mut);
            let reading = gpu.read_buffer::<E>(name);
            Box::pin(async move {
                let elements = reading.await?;
                let fill: Fill<R> = Box::new(move |records| {
                    for (record, elements) in records.iter_mut().zip(elements.chunks_exact(N)) {
                        get_mut(record).copy_from_slice(elements);
                    }
                });
                Ok(fill)
            })
        }),
    });
}

/// The way from an object to something in it.
#[doc(hidden)]
pub struct Lens<R, T> {
    get: Arc<dyn Fn(&R) -> &T + Send + Sync>,
    get_mut: Arc<dyn Fn(&mut R) -> &mut T + Send + Sync>,
}

impl<R: 'static, T: 'static> Lens<R, T> {
    /// The way to something further in.
    pub fn then<U: 'static>(&self, get: fn(&T) -> &U, get_mut: fn(&mut T) -> &mut U) -> Lens<R, U> {
        let (first, first_mut) = (Arc::clone(&self.get), Arc::clone(&self.get_mut));
        Lens {
            get: Arc::new(move |record| get(first(record))),
            get_mut: Arc::new(move |record| get_mut(first_mut(record))),
        }
    }
}

/// The name of a column while it is put together, and its extents behind those of its buffer.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Path {
    name: String,
    extents: Vec<u32>,
}

impl Path {
    /// The way to a field of what is there.
    pub fn field(&self, name: &str) -> Self {
        Self { name: format!("{}.{name}", self.name), extents: self.extents.clone() }
    }

    fn indexed(&self, extent: usize) -> Self {
        let extents = [&self.extents[..], &[u32::try_from(extent).unwrap_or(u32::MAX)]].concat();
        Self { name: format!("{}[]", self.name), extents }
    }
}

/// Puts what was read into objects.
type Fill<R> = Box<dyn FnOnce(&mut [R]) + Send>;
/// A column to come.
type ReadColumn<R> = Pin<Box<dyn Future<Output = Result<Fill<R>, Error>> + Send>>;

/// Takes the field out of objects.
type Pack<R> = Arc<dyn Fn(&[R]) -> Data>;
/// Asks for the column of a name.
type StartRead<R> = Arc<dyn Fn(&GpuInterface, &str) -> ReadColumn<R>>;

/// A field that lies in a buffer of its own.
#[doc(hidden)]
pub struct Column<R> {
    path: Path,
    element: ElementType,
    pack: Pack<R>,
    read: StartRead<R>,
}

fn columns_of<R: Record>(name: &str, rank: usize) -> Vec<Column<R>> {
    let itself = Lens { get: Arc::new(|record: &R| record), get_mut: Arc::new(|record: &mut R| record) };
    let path = Path { name: format!("{name}{}", "[]".repeat(rank)), extents: Vec::new() };
    let mut columns = Vec::new();
    R::columns(itself, &path, &mut columns);
    columns
}

impl Builder {
    /// Declares a buffer of objects and what it holds at first: as many as its extents multiply to, row by row.
    pub fn records<R: Record>(self, name: &str, size: impl BufferSize, records: &[R]) -> Self {
        self.columns::<R>(name, size, |column| Some((column.pack)(records)))
    }

    /// Declares a buffer of objects whose fields are zero.
    pub fn zero_records<R: Record>(self, name: &str, size: impl BufferSize) -> Self {
        self.columns::<R>(name, size, |_| None)
    }

    fn columns<R: Record>(
        mut self,
        name: &str,
        size: impl BufferSize,
        data: impl Fn(&Column<R>) -> Option<Data>,
    ) -> Self {
        let size = size.extents();
        for column in columns_of::<R>(name, size.len()) {
            let data = data(&column);
            let Path { name, extents } = column.path;
            let size = [&size[..], &extents].concat();
            self = self.with(BufferSetup {
                description: BufferDescription { name, element: column.element, size },
                data,
            });
        }
        self
    }
}

impl GpuInterface {
    /// Replaces the objects of a buffer: all fields of all.
    ///
    /// # Errors
    ///
    /// Those of [`GpuInterface::write_buffer`], of the first column that has some; the columns before it are written then.
    pub fn write_records<R: Record>(&self, name: &str, records: &[R]) -> Result<(), Error> {
        for column in columns_of::<R>(name, self.rank_of(name)?) {
            self.session.write_buffer(&column.path.name, (column.pack)(records))?;
        }
        Ok(())
    }

    /// The objects that a buffer holds at this place in the queue, row by row.
    ///
    /// # Errors
    ///
    /// The future tells those of [`GpuInterface::read_buffer`], of the first column that has some.
    pub fn read_records<R: Record>(&self, name: &str) -> ReadRecords<R> {
        let rank = match self.rank_of(name) {
            Ok(rank) => rank,
            Err(error) => return ReadRecords { failed: Some(error), count: 0, columns: Vec::new() },
        };
        let columns = columns_of::<R>(name, rank);
        let size = columns.first().and_then(|column| self.size_of(&column.path.name));
        let count = size.map_or(0, |size| size[..rank].iter().map(|&extent| extent as usize).product());
        let columns = columns.into_iter().map(|column| Read::Pending((column.read)(self, &column.path.name)));
        ReadRecords { failed: None, count, columns: columns.collect() }
    }

    fn size_of(&self, column: &str) -> Option<Vec<u32>> {
        self.buffers().into_iter().find(|buffer| buffer.name == column).map(|buffer| buffer.size)
    }

    /// How many indices lead to the objects of a buffer.
    fn rank_of(&self, name: &str) -> Result<usize, Error> {
        let buffers = self.buffers();
        let rank_in = |buffer: &BufferDescription| {
            let first = column_path(&buffer.name)?.first().copied()?;
            (first.name == name).then_some(first.indices)
        };
        let declared = || buffers.iter().map(|buffer| buffer.name.clone()).collect();
        let unknown = || RuntimeError::UnknownBuffer { name: name.to_owned(), declared: declared() };
        Ok(buffers.iter().find_map(rank_in).ok_or_else(unknown)?)
    }
}

/// Objects to come; see [`GpuInterface::read_records`]. Dropping it is harmless.
pub struct ReadRecords<R> {
    failed: Option<Error>,
    count: usize,
    columns: Vec<Read<R>>,
}

/// A column that is read, or was.
enum Read<R> {
    Pending(ReadColumn<R>),
    Done(Fill<R>),
}

impl<R> fmt::Debug for ReadRecords<R> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("ReadRecords").field("count", &self.count).finish_non_exhaustive()
    }
}

impl<R: Record> Future for ReadRecords<R> {
    type Output = Result<Vec<R>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if let Some(error) = self.failed.take() {
            return Poll::Ready(Err(error));
        }
        for column in &mut self.columns {
            if let Read::Pending(read) = column {
                match read.as_mut().poll(context) {
                    Poll::Pending => return Poll::Pending,
                    Poll::Ready(Ok(fill)) => *column = Read::Done(fill),
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                }
            }
        }
        let mut records = vec![R::default(); self.count];
        for column in self.columns.drain(..) {
            if let Read::Done(fill) = column {
                fill(&mut records);
            }
        }
        Poll::Ready(Ok(records))
    }
}
