//! Boxes of elements, and how they are copied from one place to another.

use crate::parts::{DIMENSIONS, Direction, Layout};

/// A box: where it starts along each dimension, and how many elements it has there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Box3 {
    pub(crate) start: [u32; DIMENSIONS],
    pub(crate) length: [u32; DIMENSIONS],
}

impl Box3 {
    /// How many elements it has.
    pub(crate) fn count(&self) -> u64 {
        self.length.iter().map(|&length| u64::from(length)).product()
    }

    /// The same, counted from elsewhere.
    pub(crate) fn moved(&self, by: [i64; DIMENSIONS]) -> Self {
        let start = std::array::from_fn(|d| (i64::from(self.start[d]) + by[d]) as u32);
        Self { start, length: self.length }
    }
}

/// A size of one to three dimensions as one of three.
pub(crate) fn padded(size: &[u32]) -> [u32; DIMENSIONS] {
    std::array::from_fn(|dimension| size.get(dimension).copied().unwrap_or(1))
}

/// How a rank's part of a buffer lies in its memory, and in the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The size of the whole buffer.
    pub(crate) whole: [u32; DIMENSIONS],
    /// The size of the memory.
    pub(crate) memory: [u32; DIMENSIONS],
    /// What the rank owns of the whole.
    pub(crate) own: Box3,
    /// How wide the halo is along each dimension.
    pub(crate) halo: [u32; DIMENSIONS],
}

impl Place {
    /// That of a buffer of this size with a halo.
    pub(crate) fn new(layout: &Layout, size: &[u32], halo: u32) -> Self {
        let whole = padded(size);
        let (mut memory, mut halos) = (whole, [0; DIMENSIONS]);
        let mut own = Box3 { start: [0; DIMENSIONS], length: whole };
        for dimension in 0..size.len() {
            let Some(part) = layout.parts[dimension] else { continue };
            memory[dimension] = part.largest + 2 * halo;
            halos[dimension] = halo;
            let part = part.of_shorter(whole[dimension]);
            own.start[dimension] = part.origin;
            own.length[dimension] = part.length();
        }
        Self { whole, memory, own, halo: halos }
    }

    /// What the rank owns, in its memory.
    pub(crate) fn own_in_memory(&self) -> Box3 {
        Box3 { start: self.halo, length: self.own.length }
    }

    /// How far the memory lies from the whole.
    fn shift(&self) -> [i64; DIMENSIONS] {
        std::array::from_fn(|d| i64::from(self.halo[d]) - i64::from(self.own.start[d]))
    }

    /// The elements that a neighbour in a direction needs, in memory.
    pub(crate) fn sent(&self, direction: Direction) -> Box3 {
        let own = self.own_in_memory();
        self.along(direction, |d, step| {
            if step < 0 { own.start[d] } else { own.start[d] + own.length[d] - self.halo[d] }
        })
    }

    /// Where those of a neighbour in a direction go, in memory.
    pub(crate) fn received(&self, direction: Direction) -> Box3 {
        let own = self.own_in_memory();
        self.along(direction, |d, step| if step < 0 { 0 } else { own.start[d] + own.length[d] })
    }

    fn along(&self, direction: Direction, start: impl Fn(usize, i8) -> u32) -> Box3 {
        let own = self.own_in_memory();
        Box3 {
            start: std::array::from_fn(
                |d| if direction[d] == 0 { own.start[d] } else { start(d, direction[d]) },
            ),
            length: std::array::from_fn(|d| if direction[d] == 0 { own.length[d] } else { self.halo[d] }),
        }
    }

    /// What the rank has of the contents of the whole, its halos among it; the rest is zeros.
    pub(crate) fn part_of(&self, whole: &[u8], layout: &Layout, element: usize) -> Vec<u8> {
        let mut memory =
            vec![0; element * self.memory.iter().map(|&length| length as usize).product::<usize>()];
        let mut copy = |from: Box3, to: Box3| {
            copy((whole, self.whole, from), (&mut memory, self.memory, to), element);
        };
        copy(self.own, self.own_in_memory());
        for (direction, other) in layout.neighbours() {
            // What the neighbour sends the other way, in the whole.
            let theirs = Self { own: self.own_of(&layout.of_rank(other)), ..self.clone() };
            let back = theirs.sent(crate::parts::opposite(direction));
            copy(back.moved(theirs.shift().map(|by| -by)), self.received(direction));
        }
        memory
    }

    /// What another rank owns.
    pub(crate) fn own_of(&self, layout: &Layout) -> Box3 {
        let mut own = Box3 { start: [0; DIMENSIONS], length: self.whole };
        for dimension in 0..DIMENSIONS {
            // A shorter one of the same grid.
            if let Some(part) = layout.parts[dimension].filter(|_| self.is_split(dimension)) {
                let part = part.of_shorter(self.whole[dimension]);
                own.start[dimension] = part.origin;
                own.length[dimension] = part.length();
            }
        }
        own
    }

    fn is_split(&self, dimension: usize) -> bool {
        self.own.length[dimension] != self.whole[dimension]
    }

    /// What the rank owns, of the contents of its memory: row by row.
    pub(crate) fn own_elements(&self, memory: &[u8], element: usize) -> Vec<u8> {
        let mut own = vec![0; element * self.own.count() as usize];
        let target = Box3 { start: [0; DIMENSIONS], length: self.own.length };
        copy((memory, self.memory, self.own_in_memory()), (&mut own, self.own.length, target), element);
        own
    }

    /// The contents of the memory with what the rank owns, row by row, and zeros for halos.
    pub(crate) fn memory_of(&self, own: &[u8], element: usize) -> Vec<u8> {
        let mut memory =
            vec![0; element * self.memory.iter().map(|&length| length as usize).product::<usize>()];
        let source = Box3 { start: [0; DIMENSIONS], length: self.own.length };
        copy((own, self.own.length, source), (&mut memory, self.memory, self.own_in_memory()), element);
        memory
    }

    /// Puts what a rank owns where it belongs in the whole.
    pub(crate) fn put_into(&self, whole: &mut [u8], elements: &[u8], own: Box3, element: usize) {
        let source = Box3 { start: [0; DIMENSIONS], length: own.length };
        copy((elements, own.length, source), (whole, self.whole, own), element);
    }
}

/// Copies a box of one array to one of the same lengths in another, row by row.
fn copy(
    (from, from_size, source): (&[u8], [u32; DIMENSIONS], Box3),
    (to, to_size, target): (&mut [u8], [u32; DIMENSIONS], Box3),
    element: usize,
) {
    let at = |size: [u32; DIMENSIONS], start: [u32; DIMENSIONS], x: u32, y: u32| {
        let [x, y, z] = [start[0] + x, start[1] + y, start[2]].map(|index| index as usize);
        element * ((x * size[1] as usize + y) * size[2] as usize + z)
    };
    let row = element * source.length[2] as usize;
    for x in 0..source.length[0] {
        for y in 0..source.length[1] {
            let (from_start, to_start) = (at(from_size, source.start, x, y), at(to_size, target.start, x, y));
            to[to_start..to_start + row].copy_from_slice(&from[from_start..from_start + row]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::parts::Wish;

    proptest! {
        #[test]
        fn parts_make_the_whole_and_halos_are_what_neighbours_own(
            size in [4_u32..14, 4_u32..14, 1_u32..4], ranks in 1_u32..7, halo in 1_u32..3, periodic: bool,
        ) {
            let extents = [Some(size[0]), Some(size[1]), None];
            let wish = Wish { extents, halo, periodic: [periodic; 3], ..Wish::default() };
            let Ok(first) = Layout::new(&wish, ranks, 0) else { return Ok(()) };
            let whole: Vec<u8> = (0..size.iter().product::<u32>()).flat_map(|index| (index as u16 + 1).to_le_bytes()).collect();
            let mut again = vec![0; whole.len()];
            for rank in 0..ranks {
                let layout = first.of_rank(rank);
                let place = Place::new(&layout, &size, halo);
                let memory = place.part_of(&whole, &layout, 2);
                let own = place.own_elements(&memory, 2);
                place.put_into(&mut again, &own, place.own, 2);
                let element = |[x, y, z]: [u32; 3], size: [u32; 3]| 2 * ((x * size[1] + y) * size[2] + z) as usize;
                for x in 0..place.memory[0] {
                    for y in 0..place.memory[1] {
                        // Which element of the whole should lie here.
                        let find = |d: usize, index: u32| -> Option<u32> {
                            if layout.parts[d].is_none() { return Some(index) }
                            let place_in = i64::from(index) - i64::from(halo) + i64::from(place.own.start[d]);
                            let beyond = index >= place.own.length[d] + 2 * halo;
                            let inside = (0..i64::from(size[d])).contains(&place_in);
                            (!beyond && (inside || periodic)).then_some(place_in.rem_euclid(i64::from(size[d])) as u32)
                        };
                        let here = element([x, y, 0], place.memory);
                        let expected = match (find(0, x), find(1, y)) {
                            (Some(x), Some(y)) => whole[element([x, y, 0], size)..][..2].to_vec(),
                            _ => vec![0; 2],
                        };
                        prop_assert_eq!(&memory[here..here + 2], &expected[..]);
                    }
                }
            }
            prop_assert_eq!(again, whole);
        }
    }
}
