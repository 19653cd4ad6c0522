//! Runs the WebAssembly of kernels on every core.
