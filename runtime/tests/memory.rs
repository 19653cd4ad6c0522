//! What happens where there is no memory: only the call that wants it fails. Each test is a process of its own that lets itself have only
//! so much.
#![cfg(all(feature = "cpu", target_os = "linux"))]

#[allow(dead_code, reason = "no kernels are needed")]
mod common;

use std::borrow::Cow;
use std::process::Command;

use artifact::ElementType;
use common::{buffer, error, setup};
use pollster::block_on;
use runtime::{BackendType, Error, Session, Setup};

/// How many bytes the large buffers have.
const LARGE: u32 = 64 << 20;

/// Runs the test of this name as a process of its own, where `child` is what it does.
fn alone(name: &str, child: fn()) {
    const VARIABLE: &str = "HPC_TEST_ALONE";
    if std::env::var_os(VARIABLE).is_some() {
        return child();
    }
    let tests = std::env::current_exe().unwrap();
    let output =
        Command::new(tests).args(["--exact", name, "--nocapture"]).env(VARIABLE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{name}: {}\n{said}", output.status);
}

/// Lets this process have so many bytes more than it has now.
fn limit_memory(more: u64) {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = pages.split(' ').next().unwrap().parse().unwrap();
    let most = pages * 4096 + more;
    let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
    // SAFETY: it reads the limit only.
    assert_eq!(unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) }, 0);
}

fn open() -> Session {
    let large = |name, element| buffer(name, element, &[LARGE], None);
    let mut setup = setup(&["small"], &[4], None);
    setup.buffers.extend([large("bytes", ElementType::U8), large("booleans", ElementType::Boolean)]);
    let session = block_on(Session::open(Setup { backend: Some(BackendType::Cpu), ..setup })).unwrap();
    // Now there is the thread that serves it, with what it takes for itself.
    assert_eq!(common::read(&session, "small"), [0.0; 4]);
    session
}

#[test]
fn a_read_or_write_without_memory_fails_alone() {
    alone("a_read_or_write_without_memory_fails_alone", || {
        let session = open();
        let data = vec![1_u8; LARGE as usize];
        limit_memory(u64::from(LARGE) * 3 / 2);
        let held = block_on(session.read_buffer("bytes", ..)).unwrap();
        let refusal = |what: &str| Error::NoMemory { what: what.into(), bytes: LARGE.into() }.to_string();
        assert_eq!(error(block_on(session.read_buffer("bytes", ..))), refusal("the buffer \"bytes\""));
        // Booleans are copied at once.
        let written = session.write_bytes("booleans", Cow::Borrowed(&data));
        assert_eq!(error(written), refusal("the buffer \"booleans\""));
        // Bytes go in parts.
        session.write_bytes("bytes", Cow::Borrowed(&data)).unwrap();
        // Everything else goes on.
        assert_eq!(common::read(&session, "small"), [0.0; 4]);
        assert!(held.iter().all(|&byte| byte == 0));
        drop(held);
        let read = block_on(session.read_buffer("bytes", ..)).unwrap();
        assert!(read.iter().all(|&byte| byte == 1));
        drop(read);
        let read = block_on(session.read_buffer("booleans", ..)).unwrap();
        assert!(read.iter().all(|&byte| byte == 0));
    });
}

#[test]
fn an_interface_without_memory_is_refused_with_its_largest_buffer() {
    alone("an_interface_without_memory_is_refused_with_its_largest_buffer", || {
        limit_memory(u64::from(LARGE));
        let large = |name, size: u32| buffer(name, ElementType::F64, &[size], None);
        let buffers = vec![large("a", 16), large("b", LARGE / 8), large("c", LARGE / 16)];
        let opened =
            block_on(Session::open(Setup { buffers, backend: Some(BackendType::Cpu), ..Setup::default() }));
        let text = error(opened);
        assert!(text.contains("the buffer \"b\" takes 67108864 bytes"), "{text}");
    });
}
