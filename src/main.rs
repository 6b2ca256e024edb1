//! The `runbook` command: the real world in, an exit code out.

use std::process::ExitCode;

use outage_runbook::world::World;

fn main() -> ExitCode {
    match World::real() {
        Ok(world) => outage_runbook::cli::run(std::env::args_os(), world),
        Err(error) => outage_runbook::cli::homeless(&error),
    }
}
