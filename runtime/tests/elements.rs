//! Buffers of every element type on every backend: what is written is read, by ranges and whole, copied, recorded and lent, also where it
//! ends within a word.

use artifact::{BufferDescription, ElementType};
use pollster::block_on;
use runtime::{BackendType, BufferSetup, Bytes, Contents, Data, Error, Session, Setup};

/// An odd number of elements, so that small ones do not fill their last word.
const COUNT: u64 = 13;

const BACKENDS: [BackendType; 3] = [BackendType::Noop, BackendType::Cpu, BackendType::Gpu];

/// Bytes that tell where they are and which turn it is, none of them zero.
fn pattern(bytes: usize, turn: u8) -> Vec<u8> {
    // As long as no part that transfers come in, nor a divisor of one.
    let block: Vec<u8> = (0..65_521_usize).map(|place| ((place * 7) as u8).wrapping_add(turn) | 1).collect();
    let mut all = block.repeat(bytes.div_ceil(block.len()));
    all.truncate(bytes);
    all
}

/// What a buffer of this type holds after these bytes were written: pads are zero, and booleans 1.
fn held(element: ElementType, mut bytes: Vec<u8>) -> Vec<u8> {
    if element == ElementType::Boolean {
        bytes.fill(1);
    }
    if element.components() == 3 {
        bytes.chunks_mut(16).for_each(|vector| vector[12..].fill(0));
    }
    bytes
}

fn buffer(name: String, element: ElementType, count: u64, bytes: Option<Vec<u8>>) -> BufferSetup {
    let description = BufferDescription { name, element, size: vec![count as u32] };
    BufferSetup { description, data: bytes.map(|bytes| Data { element, bytes: Bytes::from(bytes) }) }
}

/// For each type a buffer with its name, and an empty one with a `2` behind it.
fn every_type(backend: BackendType, count: u64) -> Session {
    let pairs = ElementType::ALL.map(|element| {
        let name = name(element);
        let bytes = pattern(element.bytes() * count as usize, 0);
        [buffer(name.clone(), element, count, Some(bytes)), buffer(name + "2", element, count, None)]
    });
    open(Setup { buffers: pairs.into_iter().flatten().collect(), backend: Some(backend), ..Setup::default() })
}

fn open(setup: Setup) -> Session {
    block_on(Session::open(setup)).expect("these tests need a GPU adapter; mesa-vulkan-drivers has one")
}

fn name(element: ElementType) -> String {
    element.name().replace('-', "_")
}

fn contents(session: &Session, name: &str) -> Contents {
    block_on(session.read_buffer(name, ..)).unwrap()
}

fn each(test: impl Fn(&Session, ElementType)) {
    for backend in BACKENDS {
        let session = every_type(backend, COUNT);
        ElementType::ALL.into_iter().for_each(|element| test(&session, element));
    }
}

#[test]
fn what_is_written_is_read_whole_and_by_any_range() {
    each(|session, element| {
        let (name, size) = (name(element), element.bytes());
        let written = pattern(size * COUNT as usize, 100);
        assert_eq!(contents(session, &name)[..], held(element, pattern(written.len(), 0)), "{name}");
        assert_eq!(contents(session, &(name.clone() + "2"))[..], vec![0; written.len()], "{name}");
        session.write_bytes(&name, (&written).into()).unwrap();
        let expected = held(element, written);
        let ranges = (0..COUNT).flat_map(|start| (start + 1..=COUNT).map(move |end| start..end));
        let reads = ranges.map(|range| (range.clone(), session.read_buffer(&name, range)));
        for (range, read) in reads.collect::<Vec<_>>() {
            let part = &expected[range.start as usize * size..range.end as usize * size];
            assert_eq!(block_on(read).unwrap()[..], *part, "{name} {range:?}");
        }
        assert!(matches!(
            block_on(session.read_buffer(&name, 3..COUNT + 1)),
            Err(Error::InvalidRange { count: COUNT, .. })
        ));
    });
}

#[test]
fn what_is_read_is_aligned_for_its_elements() {
    each(|session, element| {
        for start in 0..COUNT {
            let read = block_on(session.read_buffer(&name(element), start..)).unwrap();
            let alignment = element.component().bytes();
            assert!(read.as_ptr().addr().is_multiple_of(alignment), "{element:?} from {start}");
        }
    });
}

#[test]
fn copies_and_their_neighbours_are_whole() {
    each(|session, element| {
        let (from, to) = (name(element), name(element) + "2");
        session.copy_buffer(&from, &to).unwrap();
        let expected = held(element, pattern(element.bytes() * COUNT as usize, 0));
        assert_eq!(contents(session, &to)[..], expected, "{to}");
        assert_eq!(contents(session, &from)[..], expected, "{from}");
    });
    for backend in BACKENDS {
        let session = every_type(backend, COUNT);
        assert!(matches!(session.copy_buffer("i32", "u32"), Err(Error::CopyMismatch { .. })));
        for element in ElementType::ALL {
            session.copy_buffer(&name(element), &(name(element) + "2")).unwrap();
        }
        // None has written into another.
        for element in ElementType::ALL {
            let expected = held(element, pattern(element.bytes() * COUNT as usize, 0));
            assert_eq!(contents(&session, &name(element))[..], expected, "{element:?}");
            assert_eq!(contents(&session, &(name(element) + "2"))[..], expected, "{element:?}");
        }
    }
}

#[test]
fn lists_write_and_copy_every_type() {
    each(|session, element| {
        let (from, to) = (name(element), name(element) + "2");
        let mut bytes = pattern(element.bytes() * COUNT as usize, 50);
        let expected = held(element, bytes.clone());
        session.begin_recording().unwrap();
        session.write_bytes(&from, (&bytes).into()).unwrap();
        session.copy_buffer(&from, &to).unwrap();
        let list = session.end_recording();
        bytes.fill(0);
        assert_ne!(contents(session, &to)[..], expected, "{to}");
        list.replay(2).unwrap();
        assert_eq!(contents(session, &to)[..], expected, "{to}");
    });
}

#[test]
fn writes_that_do_not_fill_a_buffer_are_refused() {
    each(|session, element| {
        let (name, size) = (name(element), element.bytes());
        let before = contents(session, &name);
        let text = |bytes: usize| session.write_bytes(&name, vec![9; bytes].into()).unwrap_err().to_string();
        let many = text(size * (COUNT as usize + 1));
        let expected = format!("holds 13 elements of type {}, but 14 were given", element.name());
        assert!(many.contains(&expected), "{many}");
        assert!(text(0).contains("but 0 were given"));
        if size > 1 {
            let broken = text(size * COUNT as usize - 1);
            let expected = format!("which take {size} bytes each, but {} bytes", size * COUNT as usize - 1);
            assert!(broken.contains(&expected), "{broken}");
        }
        assert!(contents(session, &name) == before);
    });
}

/// More than the parts that transfers come in, which end within words.
const LARGE: u64 = 17 * 1024 * 1024 + 3;

#[test]
fn large_buffers_of_every_width_are_streamed_and_lent() {
    let elements = [
        (ElementType::U8, LARGE),
        (ElementType::Boolean, LARGE),
        (ElementType::F16, LARGE / 2 + 1),
        (ElementType::F64, LARGE / 8),
        (ElementType::Vec3u, LARGE / 16),
    ];
    for backend in BACKENDS {
        let buffers = elements.map(|(element, count)| buffer(name(element), element, count, None)).into();
        let session = open(Setup { buffers, backend: Some(backend), ..Setup::default() });
        for (element, count) in elements {
            let (name, size) = (name(element), element.bytes());
            for turn in 0..2 {
                let written = pattern(size * count as usize, turn);
                session.write_bytes(&name, (&written).into()).unwrap();
                // From within a word to within another, and the end.
                let ranges = [0..count, 1..count - 1, 3..count, count - 5..count];
                let lent = ranges.clone().map(|range| session.read_lent(&name, range));
                let copied = ranges.clone().map(|range| session.read_buffer(&name, range));
                let expected = held(element, written);
                for ((range, lent), copied) in ranges.into_iter().zip(lent).zip(copied) {
                    let part = &expected[range.start as usize * size..range.end as usize * size];
                    let (lent, copied) = (block_on(lent).unwrap(), block_on(copied).unwrap());
                    assert!(copied[..] == *part && lent[..] == *part, "{backend:?}, {name} {range:?}");
                    assert!(lent.as_ptr().addr().is_multiple_of(element.component().bytes()));
                    let is_large = part.len() >= 1024 * 1024;
                    assert_eq!(lent.is_lent(), is_large && backend == BackendType::Gpu, "{name} {range:?}");
                    assert!(!copied.is_lent());
                }
            }
        }
    }
}

#[test]
fn large_lists_and_moved_data_end_within_a_word_too() {
    for backend in BACKENDS {
        let buffers = vec![buffer("a".into(), ElementType::I8, LARGE, None)];
        let session = open(Setup { buffers, backend: Some(backend), ..Setup::default() });
        let (first, second) = (pattern(LARGE as usize, 1), pattern(LARGE as usize, 2));
        let data = |bytes: &[u8]| Data { element: ElementType::I8, bytes: bytes.to_vec().into() };
        session.begin_recording().unwrap();
        session.write_buffer("a", data(&first)).unwrap();
        let list = session.end_recording();
        session.write_buffer("a", data(&second)).unwrap();
        assert!(contents(&session, "a")[..] == second);
        list.replay(1).unwrap();
        assert!(contents(&session, "a")[..] == first);
    }
}

#[test]
fn a_type_is_given_and_asked_for_by_its_name_or_that_of_its_components() {
    each(|session, element| {
        for other in ElementType::ALL {
            let is_component = other.components() == 1 && other.component() == element.component();
            let allowed = other == element || is_component;
            assert_eq!(
                session.check_element(&name(element), other).is_ok(),
                allowed,
                "{element:?} {other:?}"
            );
        }
    });
}

#[test]
fn elements_come_as_vectors_of_their_own() {
    let session = every_type(BackendType::Noop, COUNT);
    let doubles: Vec<f64> = (0..COUNT).map(|place| 1e300 / place as f64).collect();
    let data = Data { element: ElementType::F64, bytes: doubles.clone().into() };
    session.write_buffer("f64", data).unwrap();
    let read = contents(&session, "f64");
    assert_eq!(read.elements(), Some(&doubles[..]));
    let place = read.as_ptr();
    let vector: Vec<f64> = read.into_vec();
    assert!(vector == doubles && std::ptr::addr_eq(vector.as_ptr(), place));
    // Components of vectors too, but nothing that is aligned otherwise.
    let pairs = contents(&session, "vec2i");
    assert_eq!(pairs.elements::<[i32; 2]>().map(<[_]>::len), Some(COUNT as usize));
    assert_eq!(contents(&session, "u8").elements::<u16>(), None);
}
