//! Where a canvas is shown, beside being read.

/// An element of a page that shows what `update_canvas` presents: natively there is none.
#[derive(Clone, Debug)]
pub enum Screen {}
