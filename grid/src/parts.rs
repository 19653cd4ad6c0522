//! Which rank has which part of a grid: pure arithmetic.
//!
//! Ranks form a *process grid* of one to three dimensions, and each has a box of the elements. Parts along a dimension differ by at most one
//! element, the larger ones first. Ranks are numbered row by row: the last dimension goes fastest.

use crate::Error;

/// A dimension that a buffer may be split along.
pub const DIMENSIONS: usize = 3;

/// Their names.
pub const NAMES: [&str; DIMENSIONS] = ["x", "y", "z"];

/// What is to be split.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// How many elements there are along each dimension that is split; none along others.
    pub extents: [Option<u32>; DIMENSIONS],
    /// How wide the widest halo is.
    pub halo: u32,
    /// Along which dimensions the last element is a neighbour of the first one.
    pub periodic: [bool; DIMENSIONS],
    /// How many ranks there are along each dimension; 0 for as many as fit best.
    pub processes: [u32; DIMENSIONS],
}

/// The place of a rank in the process grid, and its part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// How many ranks there are along each dimension.
    pub processes: [u32; DIMENSIONS],
    /// Which of them this one is.
    pub coordinates: [u32; DIMENSIONS],
    /// Its part along each dimension along which there are several ranks.
    pub parts: [Option<Part>; DIMENSIONS],
}

/// A rank's part along a dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// How many elements all have.
    pub extent: u32,
    /// The first one that the rank owns.
    pub origin: u32,
    /// The first one behind those.
    pub end: u32,
    /// How many the rank owns that owns most.
    pub largest: u32,
    /// Whether the last one is a neighbour of the first one.
    pub periodic: bool,
}

impl Part {
    /// The part of the rank at `coordinate` of `processes`.
    pub fn of(extent: u32, processes: u32, coordinate: u32, periodic: bool) -> Self {
        let (each, more) = (extent / processes, extent % processes);
        let first = |coordinate: u32| coordinate * each + coordinate.min(more);
        let largest = each + u32::from(more > 0);
        Self { extent, origin: first(coordinate), end: first(coordinate + 1), largest, periodic }
    }

    /// How many elements the rank owns.
    pub fn length(self) -> u32 {
        self.end - self.origin
    }

    /// The same of a shorter buffer: its elements are where those of the longest are.
    #[must_use]
    pub fn of_shorter(self, extent: u32) -> Self {
        Self { extent, origin: self.origin.min(extent), end: self.end.min(extent), ..self }
    }
}

/// Where a neighbour is: -1, 0 or 1 along each dimension.
pub type Direction = [i8; DIMENSIONS];

/// A direction as a number below 27.
pub fn direction_number(direction: Direction) -> usize {
    direction.iter().fold(0, |number, &step| 3 * number + (step + 1) as usize)
}

/// The direction back.
pub fn opposite(direction: Direction) -> Direction {
    direction.map(|step| -step)
}

impl Layout {
    /// The layout for one rank of `size`.
    ///
    /// # Errors
    ///
    /// A process grid that does not have as many ranks as the job, or parts that are smaller than the halo.
    pub fn new(wish: &Wish, size: u32, rank: u32) -> Result<Self, Error> {
        let processes = processes(wish, size)?;
        let coordinates = coordinates(processes, rank);
        let parts = std::array::from_fn(|dimension| {
            let extent = wish.extents[dimension].filter(|_| processes[dimension] > 1)?;
            Some(Part::of(extent, processes[dimension], coordinates[dimension], wish.periodic[dimension]))
        });
        Ok(Self { processes, coordinates, parts })
    }

    /// The same for another rank.
    #[must_use]
    pub fn of_rank(&self, rank: u32) -> Self {
        let coordinates = coordinates(self.processes, rank);
        let of = |dimension: usize| {
            let part = self.parts[dimension]?;
            Some(Part::of(part.extent, self.processes[dimension], coordinates[dimension], part.periodic))
        };
        Self { processes: self.processes, coordinates, parts: std::array::from_fn(of) }
    }

    /// The neighbour in a direction; none beyond the end.
    pub fn neighbour(&self, direction: Direction) -> Option<u32> {
        let mut rank = 0;
        for (dimension, &step) in direction.iter().enumerate() {
            let (count, own) = (self.processes[dimension], self.coordinates[dimension]);
            let place = i64::from(own) + i64::from(step);
            let inside = (0..i64::from(count)).contains(&place);
            let periodic = self.parts[dimension].is_some_and(|part| part.periodic);
            if !inside && !periodic {
                return None;
            }
            rank = rank * count + place.rem_euclid(i64::from(count)) as u32;
        }
        Some(rank)
    }

    /// The directions in which there are neighbours, and who they are.
    pub fn neighbours(&self) -> Vec<(Direction, u32)> {
        let steps = |dimension: usize| if self.parts[dimension].is_some() { -1..=1 } else { 0..=0_i8 };
        let mut all = Vec::new();
        for x in steps(0) {
            for y in steps(1) {
                for z in steps(2) {
                    let direction = [x, y, z];
                    if direction != [0; 3] {
                        all.extend(self.neighbour(direction).map(|rank| (direction, rank)));
                    }
                }
            }
        }
        all
    }
}

fn coordinates(processes: [u32; DIMENSIONS], rank: u32) -> [u32; DIMENSIONS] {
    let [_, y, z] = processes;
    [rank / (y * z), rank / z % y, rank % z]
}

/// The process grid: what was asked for, or of all that fit the one with the least surface to exchange, as cubic as can be.
fn processes(wish: &Wish, size: u32) -> Result<[u32; DIMENSIONS], Error> {
    let fits = |grid: &[u32; DIMENSIONS]| {
        (0..DIMENSIONS).all(|dimension| {
            let wanted = wish.processes[dimension];
            let is_wanted = wanted == 0 || wanted == grid[dimension];
            is_wanted && (grid[dimension] == 1 || wish.extents[dimension].is_some())
        })
    };
    let grids: Vec<_> = factors(size).into_iter().filter(fits).collect();
    let enough = |grid: &[u32; DIMENSIONS]| (0..DIMENSIONS).all(|dimension| is_enough(wish, grid, dimension));
    let best = grids
        .iter()
        .filter(|grid| enough(grid))
        .min_by_key(|grid| (surface(wish, grid), grid.iter().max(), std::cmp::Reverse(**grid)));
    match (best, grids.first()) {
        (Some(best), _) => Ok(*best),
        (None, Some(_)) => Err(too_small(wish, size)),
        (None, None) if wish.extents == [None; DIMENSIONS] => Err(Error::NothingSplit { size }),
        (None, None) => Err(Error::Processes { processes: wish.processes, size }),
    }
}

fn is_enough(wish: &Wish, grid: &[u32; DIMENSIONS], dimension: usize) -> bool {
    let Some(extent) = wish.extents[dimension].filter(|_| grid[dimension] > 1) else { return true };
    extent / grid[dimension] >= wish.halo.max(1)
}

fn too_small(wish: &Wish, size: u32) -> Error {
    let extents = wish.extents.into_iter().flatten().collect();
    Error::TooSmall { extents, halo: wish.halo, size }
}

/// All ways to write a number as a product of three.
fn factors(size: u32) -> Vec<[u32; DIMENSIONS]> {
    let divisors = |number: u32| (1..=number).filter(move |divisor| number.is_multiple_of(*divisor));
    divisors(size).flat_map(|x| divisors(size / x).map(move |y| [x, y, size / x / y])).collect()
}

/// How many elements a rank exchanges, but for corners and the halo's width.
fn surface(wish: &Wish, grid: &[u32; DIMENSIONS]) -> u64 {
    let length = |dimension: usize| {
        u64::from(wish.extents[dimension].map_or(1, |extent| extent.div_ceil(grid[dimension])))
    };
    let face =
        |dimension: usize| (0..DIMENSIONS).filter(|other| *other != dimension).map(length).product::<u64>();
    (0..DIMENSIONS).filter(|&dimension| grid[dimension] > 1).map(face).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wish(extents: [Option<u32>; 3]) -> Wish {
        Wish { extents, halo: 1, ..Wish::default() }
    }

    fn chosen(extents: [Option<u32>; 3], size: u32) -> [u32; 3] {
        Layout::new(&wish(extents), size, 0).unwrap().processes
    }

    #[test]
    fn squares_and_cubes_are_cut_as_mpi_dims_create_does() {
        let square = [Some(1024), Some(1024), None];
        let expected =
            [(1, [1, 1, 1]), (2, [2, 1, 1]), (3, [3, 1, 1]), (4, [2, 2, 1]), (6, [3, 2, 1]), (12, [4, 3, 1])];
        for (size, grid) in expected {
            assert_eq!(chosen(square, size), grid, "{size}");
        }
        assert_eq!(chosen([Some(512); 3], 8), [2, 2, 2]);
        assert_eq!(chosen([Some(512); 3], 12), [3, 2, 2]);
    }

    #[test]
    fn long_grids_are_cut_across() {
        assert_eq!(chosen([Some(100), Some(1000), None], 6), [1, 6, 1]);
        assert_eq!(chosen([None, Some(64), None], 3), [1, 3, 1]);
    }

    #[test]
    fn what_is_asked_for_counts() {
        let wish = Wish { processes: [0, 4, 0], ..wish([Some(64), Some(64), None]) };
        assert_eq!(Layout::new(&wish, 8, 0).unwrap().processes, [2, 4, 1]);
        let error = Layout::new(&wish, 6, 0).unwrap_err().to_string();
        assert_eq!(
            error,
            "6 ranks do not form a process grid of [any, 4, any]; start as many as these multiply to, or leave some to be found"
        );
    }

    #[test]
    fn parts_are_no_smaller_than_the_halo() {
        let wish = Wish { halo: 4, ..wish([Some(9), None, None]) };
        assert!(Layout::new(&wish, 2, 0).is_ok());
        let error = Layout::new(&wish, 3, 0).unwrap_err().to_string();
        assert_eq!(
            error,
            "a grid of [9] is too small for 3 ranks: each needs as many elements as its halo of 4 is wide along each dimension that is split; start fewer ranks, or make it larger"
        );
        // Another way to cut it has room.
        let narrow = Wish { halo: 3, ..self::wish([Some(6), Some(20), None]) };
        assert_eq!(Layout::new(&narrow, 6, 0).unwrap().processes, [1, 6, 1]);
    }

    #[test]
    fn neighbours_end_where_the_grid_does() {
        let layout = |rank, periodic| {
            let wish = Wish { periodic: [periodic; 3], ..wish([Some(64), Some(64), None]) };
            Layout::new(&wish, 4, rank).unwrap()
        };
        assert_eq!(layout(0, false).neighbours(), [([0, 1, 0], 1), ([1, 0, 0], 2), ([1, 1, 0], 3)]);
        assert_eq!(layout(0, true).neighbours().len(), 8);
        assert_eq!(layout(3, true).neighbour([1, 1, 0]), Some(0));
    }

    proptest! {
        #[test]
        fn every_element_belongs_to_one_rank(extents in [4_u32..60, 4_u32..60], size in 1_u32..13, periodic: bool) {
            let wish = Wish { periodic: [periodic; 3], ..wish([Some(extents[0]), Some(extents[1]), None]) };
            let Ok(first) = Layout::new(&wish, size, 0) else { return Ok(()) };
            let mut owners = vec![0; (extents[0] * extents[1]) as usize];
            for rank in 0..size {
                let layout = first.of_rank(rank);
                prop_assert_eq!(&layout, &Layout::new(&wish, size, rank).unwrap());
                let range = |d: usize| layout.parts[d].map_or(0..extents[d], |part| part.origin..part.end);
                for x in range(0) {
                    for y in range(1) {
                        owners[(x * extents[1] + y) as usize] += 1;
                    }
                }
                // Who is my neighbour has me for one.
                for (direction, other) in layout.neighbours() {
                    prop_assert_eq!(first.of_rank(other).neighbour(opposite(direction)), Some(rank));
                }
            }
            prop_assert!(owners.iter().all(|&owner| owner == 1));
        }
    }
}
