//! `cargo xtask site`: the documentation site and its playground, built and served on this machine.

use std::process::Command;

use crate::process::{Outcome, command, run as run_command};
use crate::{node, setup, web};

/// The folder of the site.
const SITE: &str = "site";

/// What is wanted of it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wish {
    /// To be read: it is built and served until the command is ended.
    Serve,
    /// Only the files in `site/.vitepress/dist/`.
    Build,
}

/// Installs what is missing and builds the site; serves it if that is wanted.
pub(crate) fn run(wish: Wish) -> Outcome {
    setup::run(setup::Purpose::Test)?;
    web::build(web::Profile::Web)?;
    run_command(&mut node::make_scripts())?;
    build()?;
    match wish {
        Wish::Serve => run_command(&mut command("node", &format!("{SITE}/scripts/serve.mjs"))),
        Wish::Build => Ok(()),
    }
}

/// Builds the site of a package that is there.
pub(crate) fn build() -> Outcome {
    run_command(&mut script("build"))
}

/// The checks of the types of the site's scripts.
pub(crate) fn types() -> Command {
    script("types")
}

/// The tests of the built site, in Chromium.
pub(crate) fn tests() -> Outcome<Command> {
    node::tests_in(&format!("{SITE}/test"), "--test-timeout=600000")
}

fn script(name: &str) -> Command {
    command("npm", &format!("run --silent {name} --prefix {SITE}"))
}
