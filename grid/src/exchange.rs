//! Halos: what neighbours own, brought up to date.
//!
//! A kernel packs what each neighbour needs, corners too, into one buffer; that is read, sent, received and written in one piece each, and
//! unpacked by another kernel. So only halos leave the device.

use artifact::{BufferDescription, RANK_PREFIX};
use hpc::{GpuInterface, Kernel};

use crate::boxes::{Box3, Place};
use crate::grid::{Buffer, Inner, name_of};
use crate::parts::{DIMENSIONS, Direction, Layout, NAMES, direction_number, opposite};
use crate::{Error, Grid};

/// How many directions there are.
const DIRECTIONS: i32 = 27;

/// How the halo of a buffer is exchanged.
pub(crate) struct Faces {
    /// The buffer that faces are packed into.
    name: String,
    pack: Kernel,
    unpack: Kernel,
    sent: Vec<Face>,
    received: Vec<Face>,
    /// How many elements the buffer has, and how many bytes each.
    count: u64,
    element: usize,
}

/// What goes to a neighbour, or comes from one.
struct Face {
    other: u32,
    tag: i32,
    elements: Box3,
    /// The place of its first element among all that are sent, or received.
    first: u64,
}

impl Faces {
    /// The buffer that faces are packed into; none if there are none. It is as large as any rank's.
    pub(crate) fn buffer(number: usize, buffer: &Buffer, layout: &Layout) -> Option<BufferDescription> {
        let place = buffer.place.as_ref().filter(|_| buffer.halo > 0)?;
        let length = |dimension: usize, step: i8| match (layout.parts[dimension], step) {
            (None, 0) => u64::from(place.whole[dimension]),
            (None, _) => 0,
            (Some(part), 0) => u64::from(part.largest),
            (Some(_), _) => u64::from(buffer.halo),
        };
        let all = |dimension: usize| (-1..=1).map(|step| length(dimension, step)).sum::<u64>();
        let own = |dimension: usize| length(dimension, 0);
        let count = (0..DIMENSIONS).map(all).product::<u64>() - (0..DIMENSIONS).map(own).product::<u64>();
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        Some(BufferDescription { name: name(number), element: buffer.whole.element, size: vec![count] })
    }

    /// The exchange of a buffer, if it has a halo.
    pub(crate) fn new(
        number: usize,
        buffer: &Buffer,
        layout: &Layout,
        gpu: &GpuInterface,
    ) -> Result<Option<Self>, Error> {
        let (Some(description), Some(place)) = (Self::buffer(number, buffer, layout), &buffer.place) else {
            return Ok(None);
        };
        let rank = buffer.whole.size.len();
        let pack =
            pollster::block_on(gpu.create_kernel(&text(&buffer.whole.name, &description.name, rank, true)))?;
        let unpack =
            pollster::block_on(gpu.create_kernel(&text(&buffer.whole.name, &description.name, rank, false)))?;
        let faces = |elements: fn(&Place, Direction) -> Box3, tag: fn(Direction) -> Direction| {
            let mut first = 0;
            let face = |(direction, other): (Direction, u32)| {
                let elements = elements(place, direction);
                let tag = number as i32 * DIRECTIONS + direction_number(tag(direction)) as i32;
                let face = Face { other, tag, elements, first };
                first += elements.count();
                face
            };
            layout
                .neighbours()
                .into_iter()
                .map(face)
                .filter(|face| face.elements.count() > 0)
                .collect::<Vec<_>>()
        };
        Ok(Some(Self {
            name: description.name.clone(),
            pack,
            unpack,
            sent: faces(Place::sent, |direction| direction),
            // It was sent the other way.
            received: faces(Place::received, opposite),
            count: description.element_count(),
            element: description.element.bytes(),
        }))
    }

    /// Runs the kernel that packs, or the one that unpacks, for each neighbour.
    fn run(&self, inner: &Inner<'_>, kernel: &Kernel, faces: &[Face]) -> Result<(), Error> {
        for Face { elements, first, .. } in faces {
            let of = |what: &'static str, values: [u32; DIMENSIONS]| {
                NAMES
                    .into_iter()
                    .zip(values)
                    .map(move |(name, value)| (name_of(what, name), f64::from(value)))
            };
            let mut uniforms: Vec<(String, f64)> =
                of("face", elements.start).chain(of("length", elements.length)).collect();
            uniforms.push((format!("{RANK_PREFIX}first"), *first as f64));
            inner.gpu.set_uniforms(uniforms.iter().map(|(name, value)| (name.as_str(), *value)))?;
            kernel.run(elements.length)?;
        }
        Ok(())
    }

    /// Where a face lies among the bytes of all.
    fn bytes(&self, face: &Face) -> std::ops::Range<usize> {
        let start = face.first as usize * self.element;
        start..start + face.elements.count() as usize * self.element
    }

    /// How many elements faces have together.
    fn count_of(faces: &[Face]) -> u64 {
        faces.iter().map(|face| face.elements.count()).sum()
    }
}

impl Grid<'_> {
    /// Brings the halo of a split buffer up to date with what neighbours own. It has its place among the calls, like a run; it waits for the
    /// neighbours. The boundary of a large run before it is computed first, and the inside while the halos travel.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownBuffer`], [`Error::NotFor`], and the fatal errors. If a neighbour does not come, the job ends.
    pub fn exchange(&self, name: &str) -> Result<(), Error> {
        let inner = &*self.0;
        let position = inner.position(name)?;
        let buffer = &inner.buffers[position];
        if !buffer.is_declared_split {
            let (what, mend) =
                ("that are split", "`split` it, or leave the call out: each rank has the whole");
            return Err(Error::NotFor { call: "exchange", what, name: name.into(), mend });
        }
        let Some(faces) = &inner.faces[position] else { return Ok(()) };
        let pending = inner.pending.borrow_mut().take();
        let overlapped = pending.as_ref().filter(|pending| pending.overlaps(inner, position, buffer.halo));
        match (&pending, overlapped) {
            (_, Some(pending)) => pending.run_edges(inner, buffer.halo)?,
            (Some(pending), None) => pending.run_whole()?,
            (None, _) => {}
        }
        faces.run(inner, &faces.pack, &faces.sent)?;
        let packed = inner.gpu.read_bytes(&faces.name, ..Faces::count_of(&faces.sent));
        let packed = if faces.sent.is_empty() { None } else { Some(pollster::block_on(packed)?) };
        // What is computed from here on is computed while the halos travel.
        if let Some(pending) = overlapped {
            pending.run_inside(inner, buffer.halo)?;
        }
        let mut received = vec![0; faces.count as usize * faces.element];
        inner.swap(name, faces, packed.as_deref().unwrap_or_default(), &mut received);
        if !faces.received.is_empty() {
            inner.gpu.write_bytes(&faces.name, received)?;
            faces.run(inner, &faces.unpack, &faces.received)?;
        }
        Ok(())
    }
}

impl Inner<'_> {
    /// Sends the packed faces, and receives those of the neighbours.
    fn swap(&self, name: &str, faces: &Faces, packed: &[u8], received: &mut [u8]) {
        let sent =
            faces.sent.iter().map(|face| (face.other as i32, face.tag, &packed[faces.bytes(face)])).collect();
        let mut rest = received;
        let mut incoming = Vec::with_capacity(faces.received.len());
        for face in &faces.received {
            let (bytes, behind) = std::mem::take(&mut rest).split_at_mut(faces.bytes(face).len());
            incoming.push((face.other as i32, face.tag, bytes));
            rest = behind;
        }
        self.job.swap(&format!("exchange(\"{name}\")"), sent, incoming);
    }
}

fn name(number: usize) -> String {
    format!("{RANK_PREFIX}faces_{number}")
}

/// A kernel that copies a box of a buffer to consecutive elements of another one, or back.
fn text(buffer: &str, faces: &str, rank: usize, packs: bool) -> String {
    let index: String =
        NAMES[..rank].iter().map(|axis| format!("[{axis} + u.{}]", name_of("face", axis))).collect();
    let [_, y, z] = NAMES.map(|axis| name_of("length", axis));
    let element = format!("inputs.buffers['{buffer}']{index}");
    let face = format!("inputs.buffers['{faces}'][u.{RANK_PREFIX}first + (x * u.{y} + y) * u.{z} + z]");
    let (to, from) = if packs { (face, element) } else { (element, face) };
    format!("inputs => {{ const u = inputs.uniforms, {{ x, y, z }} = inputs.threadId; {to} = {from}; }}")
}
