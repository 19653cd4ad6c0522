//! What the GPU backend does in a page: the browser calls back, and nothing waits.

pub(crate) mod ahead;
pub(crate) mod lent;
pub(crate) mod present;
pub(crate) mod stamps;
pub(crate) mod storage;
pub(crate) mod upload;
pub(crate) mod waiter;
