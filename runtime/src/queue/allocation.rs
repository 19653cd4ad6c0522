//! Buffers that come, and that change their sizes.

use std::sync::Arc;

/// A buffer that is given memory.
#[derive(Clone, Debug)]
pub struct Allocation {
    /// The buffer. It may be one behind all that there were.
    pub buffer: usize,
    /// How many bytes it has from now on.
    pub bytes: u64,
    /// What to call it in messages.
    pub label: Arc<str>,
    /// What it keeps of what it held.
    pub kept: Option<Kept>,
}

/// The elements that a buffer of one size shares with one of another, element by element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The extents before; those of fewer than three dimensions follow ones.
    pub from: [u32; 3],
    /// The extents after.
    pub to: [u32; 3],
    /// How many bytes an element has.
    pub element: u64,
}

/// Bytes that lie one behind the other before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where they start before.
    pub from: u64,
    /// Where they start after.
    pub to: u64,
    /// How many they are.
    pub bytes: u64,
}

impl Kept {
    /// What two sizes of the same rank share.
    pub fn of(from: &[u32], to: &[u32], element: u64) -> Self {
        let padded = |size: &[u32]| {
            let mut extents = [1; 3];
            extents[3 - size.len()..].copy_from_slice(size);
            extents
        };
        Self { from: padded(from), to: padded(to), element }
    }

    /// How many bytes are kept.
    pub fn bytes(&self) -> u64 {
        self.shared().into_iter().product::<u64>() * self.element
    }

    /// All of it as one piece, where it is that.
    pub fn piece(&self) -> Option<Piece> {
        let mut pieces = self.pieces();
        pieces.next().filter(|_| pieces.next().is_none())
    }

    /// What is kept, in as few pieces as it takes.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + use<> {
        let Self { from, to, element } = *self;
        let [layers, rows, columns] = self.shared();
        let is_same = |axis: usize| from[axis] == to[axis];
        // Rows of the same length lie one behind the other, and so do layers.
        let (layers, rows, length) = match (is_same(1) && is_same(2), is_same(2)) {
            (true, _) => (1, 1, layers * rows * columns),
            (false, true) => (layers, 1, rows * columns),
            (false, false) => (layers, rows, columns),
        };
        let start = move |size: [u32; 3], layer: u64, row: u64| {
            (layer * u64::from(size[1]) + row) * u64::from(size[2]) * element
        };
        let bytes = length * element;
        (0..layers).flat_map(move |layer| {
            (0..rows).map(move |row| Piece {
                from: start(from, layer, row),
                to: start(to, layer, row),
                bytes,
            })
        })
    }

    fn shared(&self) -> [u64; 3] {
        std::array::from_fn(|axis| u64::from(self.from[axis].min(self.to[axis])))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(from: &[u32], to: &[u32]) -> Vec<[u64; 3]> {
        Kept::of(from, to, 4).pieces().map(|Piece { from, to, bytes }| [from, to, bytes]).collect()
    }

    #[test]
    fn what_lies_together_is_one_piece() {
        assert_eq!(pieces(&[5], &[3]), [[0, 0, 12]]);
        assert_eq!(pieces(&[5, 7], &[9, 7]), [[0, 0, 140]]);
        assert_eq!(pieces(&[2, 5, 7], &[9, 5, 7]), [[0, 0, 280]]);
        assert!(Kept::of(&[5, 7], &[9, 7], 4).piece().is_some());
    }

    #[test]
    fn rows_of_other_lengths_are_pieces() {
        assert_eq!(pieces(&[2, 3], &[3, 2]), [[0, 0, 8], [12, 8, 8]]);
        assert_eq!(pieces(&[2, 3, 2], &[2, 2, 2]), [[0, 0, 16], [24, 16, 16]]);
        let rows = [[0, 0, 4], [8, 12, 4], [16, 24, 4], [24, 36, 4]];
        assert_eq!(pieces(&[2, 2, 2], &[2, 2, 3]).len(), 4);
        assert_eq!(
            pieces(&[4, 2], &[5, 3]).iter().map(|piece| piece[1]).collect::<Vec<_>>(),
            rows.map(|row| row[1])
        );
        assert_eq!(Kept::of(&[4, 2], &[5, 3], 4).bytes(), 32);
        assert!(Kept::of(&[4, 2], &[5, 3], 4).piece().is_none());
    }
}
