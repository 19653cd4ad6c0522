//! Buffers in files: each rank writes its part of one file, and reads its part of it again, be there as many ranks as before or not.
//!
//! MPI-IO does it: every MPI has it, it knows the file system, and it makes few large pieces of many small ones. The format is NumPy's (`.npy`),
//! which other programs read: the sizes and the type in a line of text, and behind it all elements, row by row.

use std::ffi::{CString, c_int, c_void};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use artifact::BufferDescription;
use hpc::Component;
use mpi::ffi;
use mpi::raw::AsRaw;

use crate::boxes::{Box3, padded};
use crate::grid::Buffer;
use crate::parts::DIMENSIONS;
use crate::{Error, Grid};

impl Grid<'_> {
    /// Writes the whole of a buffer to a file; all ranks do so together. What the file held before is lost.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::File`], and the fatal errors.
    pub fn save(&self, name: &str, path: impl AsRef<Path>) -> Result<(), Error> {
        let path = path.as_ref();
        let own = self.0.part(name)?.elements;
        let buffer = self.0.buffer(name)?;
        let region = self.region(buffer);
        let header = header(&buffer.whole);
        let file = File::open(self, path, Purpose::Write)?;
        file.set_length(header.len() as u64 + buffer.whole.byte_size())?;
        if self.0.job.rank() == 0 {
            file.write_first(&header)?;
        }
        let elements = if region.count() == 0 { &[] } else { &own[..] };
        file.look_at(header.len(), &buffer.whole, region)?.write(elements, region.count())?;
        file.close()
    }

    /// Fills a buffer, halos too, with what [`Grid::save`] wrote; all ranks do so together, as many as they are.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`]; [`Error::File`], also for a file of another size or type; and the fatal errors.
    pub fn load(&self, name: &str, path: impl AsRef<Path>) -> Result<(), Error> {
        self.0.flush()?;
        let path = path.as_ref();
        let buffer = self.0.buffer(name)?;
        let header = header(&buffer.whole);
        let region = buffer.place.as_ref().map_or(whole(&buffer.whole), |place| place.own);
        let file = File::open(self, path, Purpose::Read)?;
        file.expect(&header, buffer.whole.byte_size())?;
        let element = buffer.whole.element.bytes();
        let mut own = vec![0; region.count() as usize * element];
        file.look_at(header.len(), &buffer.whole, region)?.read(&mut own, region.count())?;
        file.close()?;
        match &buffer.place {
            None => Ok(self.0.gpu.write_bytes(name, own)?),
            Some(place) => {
                self.0.gpu.write_bytes(name, place.memory_of(&own, element))?;
                self.exchange(name)
            }
        }
    }

    /// What this rank writes of a buffer: what it owns, and of one that is not split the first rank all.
    fn region(&self, buffer: &Buffer) -> Box3 {
        match &buffer.place {
            Some(place) => place.own,
            None if self.0.job.rank() == 0 => whole(&buffer.whole),
            None => Box3 { start: [0; DIMENSIONS], length: [0; DIMENSIONS] },
        }
    }
}

fn whole(buffer: &BufferDescription) -> Box3 {
    Box3 { start: [0; DIMENSIONS], length: padded(&buffer.size) }
}

/// What a file begins with: NumPy's format, version 1.
fn header(buffer: &BufferDescription) -> Vec<u8> {
    let component = buffer.element.component();
    let numbers = buffer.element.bytes() / component.bytes();
    let mut sizes: Vec<String> = buffer.size.iter().map(ToString::to_string).collect();
    if numbers > 1 {
        sizes.push(numbers.to_string());
    }
    let sizes = if sizes.len() == 1 { format!("{},", sizes[0]) } else { sizes.join(", ") };
    let kind = match component {
        Component::F16 | Component::F32 | Component::F64 => 'f',
        Component::I8 | Component::I16 | Component::I32 => 'i',
        Component::Boolean => 'b',
        Component::U8 | Component::U8Clamped | Component::U16 | Component::U32 => 'u',
    };
    let order = if component.bytes() == 1 { '|' } else { '<' };
    let text = format!(
        "{{'descr': '{order}{kind}{}', 'fortran_order': False, 'shape': ({sizes}), }}",
        component.bytes()
    );
    // Ten bytes before it, and the end of the line; elements begin at a multiple of 64.
    let length = (10 + text.len() + 1).next_multiple_of(64) - 10;
    let mut header = b"\x93NUMPY\x01\x00".to_vec();
    header.extend((length as u16).to_le_bytes());
    header.extend(format!("{text:<width$}\n", width = length - 1).bytes());
    header
}

/// What a file is opened for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Purpose {
    Read,
    Write,
}

/// A file that all ranks have open.
struct File {
    handle: ffi::MPI_File,
    path: String,
    purpose: Purpose,
}

/// The elements of a rank in a file.
struct View<'f> {
    file: &'f File,
    element: Type,
    _region: Type,
}

/// A type of MPI that was made here.
struct Type(ffi::MPI_Datatype);

impl File {
    fn open(grid: &Grid<'_>, path: &Path, purpose: Purpose) -> Result<Self, Error> {
        let job = grid.job();
        // Opening waits for all ranks, without an end: so one waits before.
        job.barrier();
        let mode = match purpose {
            Purpose::Read => ffi::MPI_MODE_RDONLY,
            Purpose::Write => ffi::MPI_MODE_WRONLY | ffi::MPI_MODE_CREATE,
        };
        let mut file = Self { handle: std::ptr::null_mut(), path: path.display().to_string(), purpose };
        let name =
            CString::new(path.as_os_str().as_bytes()).map_err(|_| file.error("its name holds a zero"))?;
        // SAFETY: the name ends with a zero, and MPI fills the handle.
        let code = unsafe {
            ffi::MPI_File_open(
                job.world().as_raw(),
                name.as_ptr(),
                mode as c_int,
                ffi::RSMPI_INFO_NULL,
                &mut file.handle,
            )
        };
        file.check(code)?;
        Ok(file)
    }

    fn error(&self, reason: impl Into<String>) -> Error {
        let done = if self.purpose == Purpose::Read { "read" } else { "written" };
        Error::File { path: self.path.clone(), done, reason: reason.into() }
    }

    fn check(&self, code: c_int) -> Result<(), Error> {
        if code == ffi::MPI_SUCCESS as c_int {
            return Ok(());
        }
        let mut text = [0_u8; ffi::MPI_MAX_ERROR_STRING as usize];
        let mut length = 0;
        // SAFETY: there is room for as many bytes as MPI writes at most.
        unsafe { ffi::MPI_Error_string(code, text.as_mut_ptr().cast(), &mut length) };
        Err(self.error(String::from_utf8_lossy(&text[..length as usize])))
    }

    fn set_length(&self, length: u64) -> Result<(), Error> {
        // SAFETY: the file is open.
        self.check(unsafe { ffi::MPI_File_set_size(self.handle, length as ffi::MPI_Offset) })
    }

    fn write_first(&self, bytes: &[u8]) -> Result<(), Error> {
        let (start, count) = (bytes.as_ptr().cast::<c_void>(), bytes.len() as c_int);
        // SAFETY: the file is open, and so many bytes are there.
        self.check(unsafe {
            ffi::MPI_File_write_at(self.handle, 0, start, count, ffi::RSMPI_UINT8_T, ffi::RSMPI_STATUS_IGNORE)
        })
    }

    /// Whether it begins so, and holds so many bytes behind that.
    fn expect(&self, header: &[u8], length: u64) -> Result<(), Error> {
        let mut found = vec![0_u8; header.len()];
        let (start, count) = (found.as_mut_ptr().cast::<c_void>(), found.len() as c_int);
        let mut size = 0;
        // SAFETY: the file is open, and there is room for so many bytes.
        self.check(unsafe {
            ffi::MPI_File_read_at(self.handle, 0, start, count, ffi::RSMPI_UINT8_T, ffi::RSMPI_STATUS_IGNORE)
        })?;
        // SAFETY: the file is open.
        self.check(unsafe { ffi::MPI_File_get_size(self.handle, &mut size) })?;
        if found == header && size as u64 == header.len() as u64 + length {
            return Ok(());
        }
        let shown =
            |header: &[u8]| String::from_utf8_lossy(header.get(10..).unwrap_or_default()).trim().to_owned();
        let (theirs, ours) = (shown(&found), shown(header));
        Err(self.error(format!("it holds {size} bytes and begins with {theirs:?}, and the buffer is {ours}; load it into a buffer of its size and type")))
    }

    /// What lies behind the header as an array of elements, of which this rank has a box.
    fn look_at(&self, header: usize, buffer: &BufferDescription, region: Box3) -> Result<View<'_>, Error> {
        let numbers = |of: [u32; DIMENSIONS]| of.map(|number| number as c_int);
        let [sizes, lengths, starts] = [padded(&buffer.size), region.length, region.start].map(numbers);
        let bytes = buffer.element.bytes() as c_int;
        // SAFETY: bytes are a type that is there.
        let element =
            self.made(|made| unsafe { ffi::MPI_Type_contiguous(bytes, ffi::RSMPI_UINT8_T, made) })?;
        let dimensions = DIMENSIONS as c_int;
        let region = self.made(|made| match region.count() {
            // All of the file is looked at then, and nothing is read or written.
            // SAFETY: the element is a type that is there.
            0 => unsafe { ffi::MPI_Type_contiguous(1, element.0, made) },
            // SAFETY: so is it here; the arrays have as many numbers as there are dimensions, and the box lies inside of the whole.
            _ => unsafe {
                let ([sizes, lengths, starts], order) =
                    ([&sizes, &lengths, &starts].map(|of| of.as_ptr()), ffi::MPI_ORDER_C as c_int);
                ffi::MPI_Type_create_subarray(dimensions, sizes, lengths, starts, order, element.0, made)
            },
        })?;
        let (offset, native) = (header as ffi::MPI_Offset, c"native".as_ptr());
        // SAFETY: the file is open, and the types are there.
        self.check(unsafe {
            ffi::MPI_File_set_view(self.handle, offset, element.0, region.0, native, ffi::RSMPI_INFO_NULL)
        })?;
        Ok(View { file: self, element, _region: region })
    }

    /// A type that `make` makes.
    fn made(&self, make: impl FnOnce(*mut ffi::MPI_Datatype) -> c_int) -> Result<Type, Error> {
        // SAFETY: it is a constant of MPI's.
        let mut made = unsafe { ffi::RSMPI_DATATYPE_NULL };
        self.check(make(&mut made))?;
        let mut made = Type(made);
        // SAFETY: it was made just now.
        self.check(unsafe { ffi::MPI_Type_commit(&mut made.0) })?;
        Ok(made)
    }

    fn close(mut self) -> Result<(), Error> {
        // SAFETY: it is open, and is not used any more.
        let code = unsafe { ffi::MPI_File_close(&mut self.handle) };
        self.check(code)
    }
}

impl View<'_> {
    /// MPI counts elements in 31 bits.
    fn count(&self, count: u64) -> Result<c_int, Error> {
        c_int::try_from(count)
            .map_err(|_| self.file.error("a rank has more than 2147483647 elements of it; start more ranks"))
    }

    fn write(&self, elements: &[u8], count: u64) -> Result<(), Error> {
        let (handle, count, start) =
            (self.file.handle, self.count(count)?, elements.as_ptr().cast::<c_void>());
        // SAFETY: so many elements are there.
        self.file.check(unsafe {
            ffi::MPI_File_write_all(handle, start, count, self.element.0, ffi::RSMPI_STATUS_IGNORE)
        })
    }

    fn read(&self, elements: &mut [u8], count: u64) -> Result<(), Error> {
        let (handle, count, start) =
            (self.file.handle, self.count(count)?, elements.as_mut_ptr().cast::<c_void>());
        // SAFETY: there is room for so many elements.
        self.file.check(unsafe {
            ffi::MPI_File_read_all(handle, start, count, self.element.0, ffi::RSMPI_STATUS_IGNORE)
        })
    }
}

impl Drop for Type {
    fn drop(&mut self) {
        // SAFETY: it was made here, and MPI keeps what a file still needs of it.
        unsafe { ffi::MPI_Type_free(&mut self.0) };
    }
}

#[cfg(test)]
mod tests {
    use hpc::ElementType;

    use super::*;

    #[test]
    fn headers_are_those_that_numpy_writes() {
        let header = |element, size: &[u32]| {
            header(&BufferDescription { name: "a".into(), element, size: size.into() })
        };
        let plain = header(ElementType::Number, &[53, 38]);
        assert_eq!(plain.len(), 128);
        assert!(plain.starts_with(
            b"\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (53, 38), }  "
        ));
        assert!(plain.ends_with(b" \n"));
        let text = |header: Vec<u8>| String::from_utf8_lossy(&header[10..]).trim().to_owned();
        assert_eq!(
            text(header(ElementType::U8, &[7])),
            "{'descr': '|u1', 'fortran_order': False, 'shape': (7,), }"
        );
        assert!(text(header(ElementType::Vec2, &[7])).ends_with("'shape': (7, 2), }"));
    }
}
