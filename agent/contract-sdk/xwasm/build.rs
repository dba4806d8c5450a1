//! Rust before 1.68 wants to be told what happens when memory runs out, in a way that it calls
//! unstable: there the crate needs `RUSTC_BOOTSTRAP=xwasm`, which `contracts/build` sets.

use std::process::Command;

const STABLE_SINCE: u32 = 68;

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let wasm = std::env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32");
    if wasm && minor_version() < STABLE_SINCE {
        println!("cargo:rustc-cfg=needs_alloc_error_handler");
    }
}

fn minor_version() -> u32 {
    let rustc = std::env::var("RUSTC").expect("cargo tells which rustc it uses");
    let output = Command::new(&rustc).arg("--version").output().expect("rustc tells its version");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.split('.')
        .nth(1)
        .and_then(|minor| minor.parse().ok())
        .unwrap_or_else(|| panic!("{} --version said {:?}, not 'rustc 1.x.y'", rustc, text))
}
