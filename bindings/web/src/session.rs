//! The interface and its kernels as JavaScript classes.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use hpc::{AdapterInfo, Artifact, Backend, GpuInterface, RuntimeError};
use js_sys::{Promise, Uint8Array, Uint8ClampedArray};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::future_to_promise;

use crate::failure::object;
use crate::values::{BufferSetup, UniformSetup};
use crate::{Failure, Setup};

/// What calls of `hpc` give.
type Outcome<T> = Result<T, hpc::Error>;

/// Finds the adapter and makes the buffers; resolves with a `Session` or a `Failure`.
#[wasm_bindgen]
pub fn open(setup: Setup) -> Promise {
    promise(async move {
        let gpu = setup.builder()?.build()?.initialize().await?;
        let (backend, adapter) = (gpu.backend_type(), gpu.adapter_info().clone());
        Ok(Session { backend, adapter, slot: RefCell::new(Some(Rc::new(gpu))) }.into())
    })
}

/// An interface on its device.
#[wasm_bindgen]
pub struct Session {
    backend: Backend,
    adapter: AdapterInfo,
    /// Empty once it is destroyed. Whoever waits for something of it holds on to it: dropping it drops what has not started.
    slot: RefCell<Option<Rc<GpuInterface>>>,
}

#[wasm_bindgen]
impl Session {
    /// `gpu` or `noop`.
    #[wasm_bindgen(getter, js_name = backendType)]
    pub fn backend_type(&self) -> String {
        self.backend.name().into()
    }

    /// Who executes the kernels: its `name`, its `driver`, the `api` behind it, and its `kind`, which is `discrete`, `integrated`,
    /// `virtual`, `software` or `other`.
    #[wasm_bindgen(getter, js_name = adapterInfo)]
    pub fn adapter_info(&self) -> JsValue {
        let AdapterInfo { name, driver, api, kind, .. } = &self.adapter;
        let kind = kind.name().into();
        object([("name", name.into()), ("driver", driver.into()), ("api", api.into()), ("kind", kind)])
    }

    /// What kernels are compiled for now, as text for the compiler; empty once it is destroyed.
    #[wasm_bindgen(getter)]
    pub fn interface(&self) -> String {
        self.gpu().map_or_else(|_| String::new(), |gpu| gpu.interface_now().to_text())
    }

    /// Makes a kernel of what the compiler made of its text, now or when the application was built; resolves with a `Kernel` or a
    /// `Failure`. Nobody's proofs are believed here, as nothing is lost: the browser guards the loops that it finds in need of it.
    #[wasm_bindgen(js_name = createKernelOf)]
    pub fn create_kernel_of(&self, stored: String) -> Promise {
        let gpu = self.gpu();
        promise(
            async move { Ok(Kernel(gpu?.create_kernel_from(Artifact::from_text(&stored)?).await?).into()) },
        )
    }

    /// Sets uniforms for the runs to come.
    #[wasm_bindgen(js_name = setUniforms)]
    pub fn set_uniforms(&self, values: Vec<UniformSetup>) -> Option<Failure> {
        let set = |gpu: Rc<GpuInterface>| {
            let values = values.iter().map(|uniform| Ok((uniform.name(), uniform.value()?)));
            let values = values.collect::<Outcome<Vec<_>>>()?;
            gpu.set_uniforms(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
        };
        failure(self.gpu().and_then(set))
    }

    /// Replaces the contents of a buffer, or what begins with an element, by bytes as they are read.
    #[wasm_bindgen(js_name = writeBuffer)]
    pub fn write_buffer(&self, name: &str, data: Vec<u8>, start: Option<u32>) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| match start {
            Some(start) => gpu.write_bytes_at(name, start.into(), data),
            None => gpu.write_bytes(name, data),
        }))
    }

    /// Copies one buffer to another, or the elements from the first number to the one before the second to where the third says.
    #[wasm_bindgen(js_name = copyBuffer)]
    pub fn copy_buffer(&self, source: &str, destination: &str, range: Option<Vec<u32>>) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| match range.as_deref() {
            Some(&[start, end, to]) => {
                gpu.copy_buffer_range(source, u64::from(start)..u64::from(end), destination, to.into())
            }
            _ => gpu.copy_buffer(source, destination),
        }))
    }

    /// Makes a buffer.
    #[wasm_bindgen(js_name = createBuffer)]
    pub fn create_buffer(&self, buffer: &BufferSetup) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| {
            let (description, data) = buffer.taken()?;
            gpu.create_packed(description, data)
        }))
    }

    /// Gives a buffer another size, of as many extents.
    #[wasm_bindgen(js_name = resizeBuffer)]
    pub fn resize_buffer(&self, name: &str, size: Vec<u32>) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| gpu.resize_buffer(name, &size[..])))
    }

    /// Destroys a buffer.
    #[wasm_bindgen(js_name = destroyBuffer)]
    pub fn destroy_buffer(&self, name: &str) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| gpu.destroy_buffer(name)))
    }

    /// Reads elements of a buffer; resolves with their bytes, in memory of their own, or a `Failure`.
    #[wasm_bindgen(js_name = readBuffer)]
    pub fn read_buffer(&self, name: &str, start: u32, end: u32) -> Promise {
        let elements = u64::from(start)..u64::from(end);
        let read = self.gpu().map(|gpu| (gpu.read_bytes(name, elements), gpu));
        promise(alive(read, |contents| Uint8Array::from(&contents[..]).into()))
    }

    /// Shows what has been painted.
    #[wasm_bindgen(js_name = updateCanvas)]
    pub fn update_canvas(&self) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| gpu.update_canvas()))
    }

    /// Reads what is shown; resolves with four bytes a pixel or a `Failure`.
    #[wasm_bindgen(js_name = readCanvas)]
    pub fn read_canvas(&self) -> Promise {
        let read = self.gpu().and_then(|gpu| Ok((gpu.canvas()?, gpu)));
        promise(alive(read, |image| Uint8ClampedArray::from(&image.rgba[..]).into()))
    }

    /// Resolves with `null` or a `Failure` when all commands before are done.
    #[wasm_bindgen(js_name = onSubmittedWorkDone)]
    pub fn on_submitted_work_done(&self) -> Promise {
        let done = self.gpu().map(|gpu| (gpu.on_submitted_work_done(), gpu));
        promise(alive(done, |()| JsValue::NULL))
    }

    /// Copies what all buffers hold, to be restored; resolves with `null` or a `Failure`.
    pub fn checkpoint(&self) -> Promise {
        let done = self.gpu().map(|gpu| (gpu.checkpoint(), gpu));
        promise(alive(done, |()| JsValue::NULL))
    }

    /// Brings it back on a new device; resolves with a `Recovered` or a `Failure`.
    pub fn recover(&self) -> Promise {
        let recovered = self.gpu().map(|gpu| (gpu.recover(), gpu));
        promise(alive(recovered, |recovered| Recovered(recovered).into()))
    }

    /// Begins to record: calls go to a list from now on.
    #[wasm_bindgen(js_name = beginRecording)]
    pub fn begin_recording(&self) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| gpu.begin_recording()))
    }

    /// Ends the recording and gives the `CommandList`, or a `Failure`.
    #[wasm_bindgen(js_name = endRecording)]
    pub fn end_recording(&self) -> JsValue {
        let list = self.gpu().map(|gpu| CommandList(gpu.end_recording()).into());
        list.unwrap_or_else(|error| Failure::from(error).into())
    }

    /// Starts what is pending.
    pub fn flush(&self) -> Option<Failure> {
        failure(self.gpu().and_then(|gpu| gpu.flush()))
    }

    /// Takes no more commands and drops those that have not started.
    pub fn destroy(&self) {
        if let Some(gpu) = self.slot.take() {
            gpu.destroy();
        }
    }

    fn gpu(&self) -> Outcome<Rc<GpuInterface>> {
        self.slot.borrow().clone().ok_or(hpc::Error::Runtime(RuntimeError::Dropped))
    }
}

/// How an interface came back from a lost device.
#[wasm_bindgen]
pub struct Recovered(hpc::Recovered);

#[wasm_bindgen]
impl Recovered {
    /// Why the device was lost; none if it was not.
    #[wasm_bindgen(getter)]
    pub fn reason(&self) -> Option<String> {
        self.0.reason.clone()
    }

    /// The buffers that hold what they held at the last checkpoint.
    #[wasm_bindgen(getter)]
    pub fn restored(&self) -> Vec<String> {
        self.0.restored.clone()
    }

    /// The buffers that hold zeros.
    #[wasm_bindgen(getter)]
    pub fn lost(&self) -> Vec<String> {
        self.0.lost.clone()
    }
}

/// A kernel, ready to run.
#[wasm_bindgen]
pub struct Kernel(hpc::Kernel);

#[wasm_bindgen]
impl Kernel {
    /// Runs it over so many threads.
    pub fn run(&self, x: u32, y: u32, z: u32) -> Option<Failure> {
        failure(self.0.run([x, y, z]))
    }

    /// The code it was compiled to.
    #[wasm_bindgen(getter)]
    pub fn source(&self) -> String {
        self.0.source().into()
    }

    /// What the compiler found out and chose.
    #[wasm_bindgen(getter)]
    pub fn explanation(&self) -> String {
        self.0.explain().into()
    }
}

/// Recorded calls.
#[wasm_bindgen]
pub struct CommandList(hpc::CommandList);

#[wasm_bindgen]
impl CommandList {
    /// Calls them again, so many times.
    pub fn replay(&self, times: u32) -> Option<Failure> {
        failure(self.0.replay(times))
    }
}

/// Resolves with what `work` gives, or the `Failure`; it never rejects.
fn promise(work: impl Future<Output = Outcome<JsValue>> + 'static) -> Promise {
    begin(Box::pin(work))
}

/// The same for any kind of work, of which each would bring all this once more.
///
/// The first step is taken within the call: where that needs more stack than the browser has, as a kernel nested a thousand deep may,
/// the call throws, while a task would end and tell nobody.
fn begin(mut work: Pin<Box<dyn Future<Output = Outcome<JsValue>>>>) -> Promise {
    let first = work.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    future_to_promise(async move {
        let outcome = match first {
            Poll::Ready(outcome) => outcome,
            Poll::Pending => work.await,
        };
        Ok(outcome.unwrap_or_else(|error| Failure::from(error).into()))
    })
}

/// Waits for something of an interface and holds on to that: dropping it earlier would drop what has not started.
async fn alive<T>(
    waiting: Outcome<(impl Future<Output = Outcome<T>>, Rc<GpuInterface>)>,
    convert: impl FnOnce(T) -> JsValue,
) -> Outcome<JsValue> {
    let (future, _gpu) = waiting?;
    future.await.map(convert)
}

fn failure(result: Outcome<()>) -> Option<Failure> {
    result.err().map(Failure::from)
}
