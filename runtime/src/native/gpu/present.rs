//! The picture on a page's canvas: a computer without a page has none.

use artifact::CanvasSize;

use crate::{Error, Screen};

/// The presenter of a page, which a computer does not have.
pub(crate) enum Presenter {}

impl Presenter {
    pub(crate) async fn new(
        _: &wgpu::Device,
        _: Option<&wgpu::Buffer>,
        screen: &Screen,
        _: CanvasSize,
    ) -> Result<Self, Error> {
        match *screen {}
    }

    pub(crate) fn draw_with_next(&self) -> Result<(), Error> {
        match *self {}
    }
}
