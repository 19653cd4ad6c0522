//! What all ranks have together: contents given and gathered, reductions, broadcasts.

use hpc::{Component, Contents, Element, IntoData};

use crate::grid::{Buffer, Inner};
use crate::{Error, Grid, Reduction};

/// Messages of a gather; those of exchanges have smaller tags or none in common with its calls.
const TAG: i32 = 32_000;

impl Grid<'_> {
    /// Replaces the contents of a buffer: each rank gives the whole, and its device takes the rank's part, halos and all.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::ElementType`], [`Error::Length`], and the fatal errors.
    pub fn write_buffer<D: IntoData>(&self, name: &str, elements: D) -> Result<(), Error> {
        self.0.check_element(name, D::ELEMENT)?;
        self.write_bytes(name, &elements.into_bytes())
    }

    /// The same for a buffer whose type is known only when the program runs.
    ///
    /// # Errors
    ///
    /// Those of [`Grid::write_buffer`], but for the type's.
    pub fn write_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        self.0.flush()?;
        let buffer = self.0.buffer(name)?;
        let (expected, given) = (buffer.whole.byte_size(), bytes.len() as u64);
        if expected != given {
            return Err(Error::Length {
                name: name.into(),
                size: buffer.whole.size.clone(),
                expected,
                given,
            });
        }
        let Some(place) = &buffer.place else { return Ok(self.0.gpu.write_bytes(name, bytes)?) };
        Ok(self
            .0
            .gpu
            .write_bytes(name, place.part_of(bytes, &self.0.layout, buffer.whole.element.bytes()))?)
    }

    /// What a buffer holds of which each rank has the whole.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::ElementType`], [`Error::NotFor`] if it is split, and the fatal errors.
    pub fn read_buffer<E: Element>(&self, name: &str) -> Result<Vec<E>, Error> {
        self.0.check_element(name, E::TYPE)?;
        Ok(E::unpack(self.read_bytes(name)?))
    }

    /// The same for a buffer whose type is known only when the program runs.
    ///
    /// # Errors
    ///
    /// Those of [`Grid::read_buffer`], but for the type's.
    pub fn read_bytes(&self, name: &str) -> Result<Contents, Error> {
        self.0.flush()?;
        if self.0.buffer(name)?.is_declared_split {
            let (what, mend) =
                ("of which each rank has the whole", "use `gather`, or `read_part` for what this rank owns");
            return Err(Error::NotFor { call: "a read", what, name: name.into(), mend });
        }
        Ok(pollster::block_on(self.0.gpu.read_bytes(name, ..))?)
    }

    /// What this rank owns of a split buffer, row by row: where it starts in the whole, its size, and its elements.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::ElementType`], and the fatal errors.
    pub fn read_part<E: Element>(&self, name: &str) -> Result<GridPart<E>, Error> {
        self.0.check_element(name, E::TYPE)?;
        let GridPart { start, size, elements } = self.0.part(name)?;
        Ok(GridPart { start, size, elements: E::unpack(Contents::from(elements)) })
    }

    /// Brings a split buffer together: the whole, row by row, on rank 0, and nothing on others. Of a buffer that is not split rank 0 gets its own.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::ElementType`], and the fatal errors.
    pub fn gather<E: Element>(&self, name: &str) -> Result<Option<Vec<E>>, Error> {
        self.0.check_element(name, E::TYPE)?;
        Ok(self.gather_bytes(name)?.map(|bytes| E::unpack(Contents::from(bytes))))
    }

    /// The same for a buffer whose type is known only when the program runs.
    ///
    /// # Errors
    ///
    /// Those of [`Grid::gather`], but for the type's.
    pub fn gather_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let inner = &*self.0;
        let own = inner.part(name)?.elements;
        let buffer = inner.buffer(name)?;
        let Some(place) = &buffer.place else { return Ok((inner.job.rank() == 0).then_some(own)) };
        let (element, what) = (buffer.whole.element.bytes(), format!("gather(\"{name}\")"));
        if inner.job.rank() != 0 {
            inner.job.send(&what, &own, 0, TAG);
            return Ok(None);
        }
        let mut whole = vec![0; buffer.whole.byte_size() as usize];
        place.put_into(&mut whole, &own, place.own, element);
        // One after the other: there is room for one part beside the whole.
        for rank in 1..inner.job.size() {
            let theirs = place.own_of(&inner.layout.of_rank(rank as u32));
            let mut part = vec![0; theirs.count() as usize * element];
            inner.job.receive(&what, &mut part, rank, TAG);
            place.put_into(&mut whole, &part, theirs, element);
        }
        Ok(Some(whole))
    }

    /// Makes one of what all ranks hold in a buffer that is not split, element by element, and gives it to all. Sums of fractions are rounded in another
    /// order than on one rank.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::NotFor`] if it is split, [`Error::Reduce`] if its elements are no numbers that MPI knows, and the
    /// fatal errors.
    pub fn all_reduce(&self, name: &str, reduction: Reduction) -> Result<(), Error> {
        let inner = &*self.0;
        let buffer = inner.buffer(name)?;
        let refuse = |reason| Error::Reduce { name: name.into(), reason };
        if buffer.is_declared_split {
            let (what, mend) =
                ("of which each rank has the whole", "let a kernel add its elements to such a buffer first");
            return Err(Error::NotFor { call: "allReduce", what, name: name.into(), mend });
        }
        let component = buffer.whole.element.component();
        if matches!(component, Component::F16 | Component::Boolean) {
            return Err(refuse("MPI knows no halves and no booleans; use a buffer of numbers"));
        }
        let bytes = self.read_bytes(name)?;
        macro_rules! reduced {
            ($type:ty) => {{
                let sent: Vec<$type> = bytes.into_vec();
                let mut result = sent.clone();
                inner.job.all_reduce_into(&sent, &mut result, reduction);
                result.iter().flat_map(|number| number.to_ne_bytes()).collect::<Vec<u8>>()
            }};
        }
        let result = match component {
            Component::F32 => reduced!(f32),
            Component::F64 => reduced!(f64),
            Component::I32 => reduced!(i32),
            Component::U32 => reduced!(u32),
            Component::I16 => reduced!(i16),
            Component::U16 => reduced!(u16),
            Component::I8 => reduced!(i8),
            Component::U8 | Component::U8Clamped => reduced!(u8),
            Component::F16 | Component::Boolean => return Ok(()),
        };
        Ok(inner.gpu.write_bytes(name, result)?)
    }

    /// Gives all ranks what one of them holds in a buffer that is not split.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::NotFor`] if it is split, [`Error::Rank`], and the fatal errors.
    pub fn broadcast(&self, name: &str, root: i32) -> Result<(), Error> {
        let size = self.0.job.size();
        if !(0..size).contains(&root) {
            return Err(Error::Rank { rank: root, size });
        }
        let mut bytes = self.read_bytes(name)?.to_vec();
        self.0.job.broadcast(&mut bytes, root);
        Ok(self.0.gpu.write_bytes(name, bytes)?)
    }
}

/// A rank's part of a split buffer.
#[derive(Clone, Debug, PartialEq)]
pub struct GridPart<E> {
    /// Where it starts in the whole.
    pub start: Vec<u32>,
    /// How many elements it has along each dimension.
    pub size: Vec<u32>,
    /// Its elements, row by row.
    pub elements: Vec<E>,
}

impl Inner<'_> {
    fn check_element(&self, name: &str, given: hpc::ElementType) -> Result<(), Error> {
        let expected = self.buffer(name)?.whole.element;
        if expected == given {
            return Ok(());
        }
        Err(Error::ElementType { name: name.into(), expected: expected.name(), given: given.name() })
    }

    /// This rank's part, in bytes.
    pub(crate) fn part(&self, name: &str) -> Result<GridPart<u8>, Error> {
        self.flush()?;
        let Buffer { whole, place, .. } = self.buffer(name)?;
        let memory = pollster::block_on(self.gpu.read_bytes(name, ..))?;
        let rank = whole.size.len();
        Ok(match place {
            Some(place) => GridPart {
                start: place.own.start[..rank].to_vec(),
                size: place.own.length[..rank].to_vec(),
                elements: place.own_elements(&memory, whole.element.bytes()),
            },
            None => GridPart { start: vec![0; rank], size: whole.size.clone(), elements: memory.to_vec() },
        })
    }
}
