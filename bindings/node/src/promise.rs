//! Futures as promises: work that must not run on JavaScript's thread.

use std::panic::AssertUnwindSafe;
use std::sync::OnceLock;

use futures_executor::ThreadPool;
use futures_util::FutureExt;
use napi::bindgen_prelude::{Either, Object, ToNapiValue};
use napi::{Env, Error, Status};

use crate::Failure;

/// Threads that wait for devices and compile kernels. Reads take microseconds of them, kernels milliseconds.
const THREADS: usize = 4;

/// A promise for what `work` gives, which runs on other threads; `convert` makes it a value on JavaScript's thread.
///
/// The promise resolves with a [`Failure`] where `work` fails or panics. It rejects only if `convert` fails.
pub(crate) fn promise<'env, R, T>(
    env: &'env Env,
    work: impl Future<Output = Result<R, hpc::Error>> + Send + 'static,
    convert: impl FnOnce(Env, R) -> napi::Result<T> + Send + 'static,
) -> napi::Result<Object<'env>>
where
    R: Send + 'static,
    T: ToNapiValue + 'static,
{
    let pool = pool()?;
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

fn pool() -> napi::Result<&'static ThreadPool> {
    static POOL: OnceLock<Result<ThreadPool, String>> = OnceLock::new();
    let start = || {
        let pool = ThreadPool::builder().pool_size(THREADS).name_prefix("hpc-node-").create();
        pool.map_err(|error| format!("no threads could be started: {error}"))
    };
    POOL.get_or_init(start).as_ref().map_err(|reason| Error::new(Status::GenericFailure, reason))
}
