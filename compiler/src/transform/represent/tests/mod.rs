//! Each rule on a small kernel, shown as text; then random kernels, computed as the device does and as JavaScript does.

mod device;
mod random;
mod rules;
mod show;
