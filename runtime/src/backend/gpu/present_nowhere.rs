//! The same as `present_in_page.rs` where there is no screen.

use artifact::CanvasSize;

use crate::{Error, Screen};

/// Nobody.
pub(super) enum Presenter {}

impl Presenter {
    pub(super) async fn new(
        _: &wgpu::Device,
        _: Option<&wgpu::Buffer>,
        screen: &Screen,
        _: CanvasSize,
    ) -> Result<Self, Error> {
        match *screen {}
    }

    pub(super) fn draw_with_next(&self) -> Result<(), Error> {
        match *self {}
    }
}
