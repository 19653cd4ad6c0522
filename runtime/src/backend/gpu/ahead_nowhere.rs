//! The same as `ahead.rs` in a page: nobody, since wgpu has no asynchronous creation of pipelines, and with any other the device makes a
//! pipeline before it does what the page submits next. There each is made when it is first used.

use std::sync::Arc;

use super::pipelines::Pipelines;
use crate::grid::Variant;

/// Nobody.
#[derive(Default)]
pub(super) struct Ahead;

impl Ahead {
    pub(super) fn make(&self, _: &Arc<Pipelines>, _: Variant) {}

    pub(super) fn end(&self) {}
}
