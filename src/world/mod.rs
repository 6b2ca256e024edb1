//! All that we do not control: the clock, chance, the environment, files outside the journal, the
//! streams. Handed in from `main`, so that everything above can be run with another world.
//!
//! Absent here on purpose: any way to set the clock of a live incident from outside. A stepped clock
//! can only be made by a program that links this crate, and the first record of an incident says so.

mod clock;
mod console;
mod files;
mod ids;
mod place;
mod signals;
mod when;
mod zone;

pub use clock::Clock;
pub use console::{Console, Input};
pub use files::{
    FileError, playbook_file, playbooks_in, read_file, read_text, tests_in, write_new_file,
    write_new_folder, write_own_file,
};
pub use ids::Ids;
pub use place::{NoHome, Place};
pub use signals::leave_on_signal;
pub use when::{Toward, WhenError, parse_when};
pub use zone::Zone;

/// Everything outside the program.
#[derive(Debug)]
pub struct World {
    /// What time it is.
    pub clock: Clock,
    /// Where chance comes from.
    pub ids: Ids,
    /// Where people's clocks are.
    pub zone: Zone,
    /// Where files lie and who the machine says is using it.
    pub place: Place,
    /// What people read and type.
    pub console: Console,
}

impl World {
    /// The real one.
    ///
    /// # Errors
    /// If the system does not even tell where the user's files are.
    pub fn real() -> Result<Self, NoHome> {
        Ok(Self {
            clock: Clock::System,
            ids: Ids::System,
            zone: Zone::Local,
            place: Place::real()?,
            console: Console::real(),
        })
    }
}
