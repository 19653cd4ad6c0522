//! The caller brings the memory: one for all instances, as browsers set aside gigabytes of addresses for each.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|architecture| architecture == "wasm32") {
        println!("cargo::rustc-link-arg-cdylib=--import-memory");
    }
}
