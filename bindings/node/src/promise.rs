//! Futures as promises: work that must not run on JavaScript's thread.

use std::panic::AssertUnwindSafe;
use std::sync::OnceLock;

use futures_executor::ThreadPool;
use futures_util::FutureExt;
use napi::bindgen_prelude::{Either, Object, ToNapiValue};
use napi::{Env, Error, Status};

use crate::Failure;

/// The threads on which futures are polled, which are few however many promises there are.
pub(crate) enum Pool {
    /// What waits for devices: it takes microseconds, and never waits behind what works.
    Waiting,
    /// What works: compiles, starts drivers, makes files.
    Working,
    /// What gives back devices and their memory, which may wait for them.
    Dropping,
}

/// A promise for what `work` gives, which waits for a device or works on the threads of a pool; `convert` makes it a value on JavaScript's
/// thread.
///
/// The promise resolves with a [`Failure`] where `work` fails or panics. It rejects only if `convert` fails.
pub(crate) fn promise<'env, R, T>(
    pool: Pool,
    env: &'env Env,
    work: impl Future<Output = Result<R, hpc::Error>> + Send + 'static,
    convert: impl FnOnce(Env, R) -> napi::Result<T> + Send + 'static,
) -> napi::Result<Object<'env>>
where
    R: Send + 'static,
    T: ToNapiValue + 'static,
{
    let threads = pool.threads();
    let pool = threads.ok_or_else(|| Error::new(Status::GenericFailure, "no threads could be started"))?;
    let (deferred, promise) = env.create_deferred()?;
    pool.spawn_ok(async move {
        // Nothing that a panic may have broken is looked at again.
        let outcome = AssertUnwindSafe(work)
            .catch_unwind()
            .await
            .map_err(|payload| hpc::Error::from(hpc::RuntimeError::panicked("the addon", &*payload)));
        deferred.resolve(move |env| match outcome.flatten() {
            Ok(value) => convert(env, value).map(Either::A),
            Err(error) => Ok(Either::B(Failure::from(error))),
        });
    });
    Ok(promise)
}

impl Pool {
    /// Its threads, which start when they are first needed; `None` if the system gives none.
    pub(crate) fn threads(self) -> Option<&'static ThreadPool> {
        static POOLS: [OnceLock<Option<ThreadPool>>; 3] = [const { OnceLock::new() }; 3];
        let (name, count) = match self {
            Self::Waiting => ("hpc-wait-", 2),
            Self::Working => ("hpc-compile-", 4),
            Self::Dropping => ("hpc-drop-", 4),
        };
        let start = || ThreadPool::builder().pool_size(count).name_prefix(name).create().ok();
        POOLS[self as usize].get_or_init(start).as_ref()
    }
}
