//! The canvas: a picture that kernels paint and the host reads.
//!
//! Kernels paint into the *pixel store*, a device buffer of one `r | g << 8 | b << 16` a pixel, black at first.
//! `update_canvas` copies it, in the order of the queue, into the *presented* buffer; reading gives that one. So the
//! picture holds what the runs before the last `update_canvas` have painted, and is blank before the first.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use artifact::CanvasSize;

use crate::health::Pending;
use crate::{Contents, Error, Session};

/// The canvas of an interface.
#[derive(Clone, Copy, Debug)]
pub struct Canvas<'a> {
    session: &'a Session,
    size: CanvasSize,
}

impl<'a> Canvas<'a> {
    pub(crate) fn new(session: &'a Session, size: CanvasSize) -> Self {
        Self { session, size }
    }

    /// Columns, in pixels.
    pub fn width(&self) -> u32 {
        self.size.width
    }

    /// Rows, in pixels.
    pub fn height(&self) -> u32 {
        self.size.height
    }

    /// The picture as the last `update_canvas` before this call shows it; blank (transparent) if there was none.
    ///
    /// The snapshot is taken at the call, not when the future is awaited. Dropping the future is harmless.
    ///
    /// # Errors
    ///
    /// [`Error::DeviceLost`], [`Error::OutOfMemory`] and [`Error::Dropped`].
    pub fn read(&self) -> ReadImage {
        let (pixels, presented) = self.session.read_presented();
        ReadImage { pixels, size: self.size, alpha: if presented { 0xFF } else { 0 } }
    }
}

/// The picture to come; see [`Canvas::read`].
#[derive(Debug)]
pub struct ReadImage {
    pixels: Pending<Contents>,
    size: CanvasSize,
    alpha: u8,
}

impl Future for ReadImage {
    type Output = Result<Image, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let (size, alpha) = (self.size, self.alpha);
        Pin::new(&mut self.pixels).poll(context).map_ok(|pixels| {
            let mut rgba = pixels.into_vec();
            rgba.as_chunks_mut::<4>().0.iter_mut().for_each(|pixel: &mut [u8; 4]| pixel[3] |= alpha);
            Image { width: size.width, height: size.height, rgba }
        })
    }
}

/// A picture: four bytes (red, green, blue, alpha) a pixel, row by row from the top, each row from the left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub rgba: Vec<u8>,
}

impl Image {
    /// The red, green, blue and alpha of the pixel in column `x` and row `y`, or `None` outside.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let start = (y as usize * self.width as usize + x as usize) * 4;
        self.rgba.get(start..start + 4)?.try_into().ok()
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    ///
    /// [`Error::Internal`] if the fields do not fit each other.
    #[cfg(feature = "png")]
    pub fn to_png(&self) -> Result<Vec<u8>, Error> {
        let failed = |error: png::EncodingError| Error::internal("the picture is no PNG", error.to_string());
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(failed)?;
        writer.write_image_data(&self.rgba).map_err(failed)?;
        writer.finish().map_err(failed)?;
        Ok(file)
    }
}
