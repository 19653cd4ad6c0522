//! Pipelines that are made before they are needed: none in a page, since wgpu has no asynchronous creation of pipelines, and with any other the device makes a
//! pipeline before it does what the page submits next. There each is made when it is first used.

use std::sync::Arc;

use crate::backend::gpu::pipelines::Pipelines;
use crate::grid::Variant;

/// The place of the thread that makes pipelines ahead, which a page does not have.
#[derive(Default)]
pub(crate) struct Ahead;

impl Ahead {
    pub(crate) fn make(&self, _: &Arc<Pipelines>, _: Variant) {}

    pub(crate) fn end(&self) {}
}
