//! Ends the test where a kernel does not end: it cannot be stopped, and so not be made smaller.

use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long a kernel may take: it takes a second where a driver compiles slowly.
const PATIENCE: Duration = Duration::from_secs(90);

/// Is told of each kernel.
pub(crate) struct Watchdog(Sender<String>);

impl Watchdog {
    pub(crate) fn start() -> Self {
        let (sender, kernels) = channel::<String>();
        thread::spawn(move || {
            let mut current = String::new();
            loop {
                match kernels.recv_timeout(PATIENCE) {
                    Ok(next) => current = next,
                    Err(RecvTimeoutError::Disconnected) => return,
                    Err(RecvTimeoutError::Timeout) => {
                        eprintln!("the device does not come to an end\n\n{current}");
                        std::process::exit(1);
                    }
                }
            }
        });
        Self(sender)
    }

    /// A kernel is about to be compiled and run.
    pub(crate) fn watch(&self, kernel: String) {
        // It ends with the test only.
        self.0.send(kernel).ok();
    }
}
