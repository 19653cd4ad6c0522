//! What the GPU backend does on a computer: it has threads, and memory of the driver's.

pub(crate) mod ahead;
pub(crate) mod lent;
pub(crate) mod present;
pub(crate) mod stamps;
pub(crate) mod storage;
pub(crate) mod upload;
pub(crate) mod waiter;
