//! The real commands in one process, on a clock that is moved by hand: what takes an hour, a year or
//! another day takes no time here.

use std::cell::{Cell, RefCell};
use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

use outage_runbook::cli::run;
use outage_runbook::engine::{Digest, Offset, Timestamp};
use outage_runbook::world::{Clock, Console, Ids, Input, Place, World, Zone};

use super::sandbox::split;

/// A machine with a home of its own, five hours behind Greenwich.
pub(crate) struct ByHand {
    root: tempfile::TempDir,
    commands: Cell<u64>,
}

/// How a command ended and what it wrote.
#[derive(Debug)]
#[must_use]
pub(crate) struct Typed {
    pub(crate) out: String,
    pub(crate) err: String,
    /// As it is shown: an exit code can be compared in no other way.
    pub(crate) code: String,
}

/// What a command writes, for the test to read.
#[derive(Clone, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Page {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

impl ByHand {
    /// Nothing but a folder to work in.
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("cwd")).unwrap();
        Self { root, commands: Cell::new(0) }
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    pub(crate) fn cwd(&self) -> PathBuf {
        self.root.path().join("cwd")
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.cwd().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// One command, typed at this moment (RFC 3339).
    pub(crate) fn run(&self, now: &str, line: &str) -> Typed {
        let (out, err) = (Page::default(), Page::default());
        self.commands.set(self.commands.get() + 1);
        let world = World {
            clock: Clock::Stepped(Cell::new(Timestamp::parse(now).unwrap())),
            ids: Ids::Seeded(Cell::new(self.commands.get())),
            zone: Zone::Fixed(Offset::from_minutes(-300).unwrap()),
            place: Place {
                user_home: None,
                home: self.home(),
                cwd: self.cwd(),
                by: None,
                user: Some("nobody".to_owned()),
                install: Digest::from_bytes([7; 32]),
            },
            console: Console {
                out: Box::new(out.clone()),
                err: Box::new(err.clone()),
                input: Input::Other,
                width: 80,
            },
        };
        let argv = ["runbook".to_owned()].into_iter().chain(split(line));
        let code = run(argv.map(Into::into), world);
        Typed { out: out.text(), err: err.text(), code: format!("{code:?}") }
    }

    /// What a command prints that has to work.
    #[track_caller]
    pub(crate) fn ok(&self, now: &str, line: &str) -> String {
        let typed = self.run(now, line);
        assert_eq!(typed.code, format!("{:?}", ExitCode::SUCCESS), "{line}\n{typed:?}");
        typed.out
    }

    /// The object that a command answers with.
    #[track_caller]
    pub(crate) fn json(&self, now: &str, line: &str) -> serde_json::Value {
        let out = self.ok(now, &format!("{line} --json"));
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}"))
    }
}
