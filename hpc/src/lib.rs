//! hpc
