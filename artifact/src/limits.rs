//! The numbers and names that both halves must agree on.

/// Buffers have one, two or three dimensions.
pub const MAX_RANK: usize = 3;

/// The largest extent of a run, and the largest element count of a buffer: integers are exact up to here.
pub const MAX_EXTENT: u32 = i32::MAX as u32;

/// Names that start so belong to the generated code; users' names may not.
pub const RESERVED_PREFIX: &str = "hpc__";

/// Uniforms whose names start so say where a rank's part of the buffers begins and ends: integers that are not negative.
pub const RANK_PREFIX: &str = "rank$";
