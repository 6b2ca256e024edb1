//! A pseudo-terminal of 80 by 24 with the program in it, and a reader that knows what it shows.
//!
//! Every wait ends with what it waits for; the limit on it only turns a hang into a failure.

use std::io::{Read as _, Write};
use std::num::NonZeroU16;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use portable_pty::{
    Child, CommandBuilder, ExitStatus, MasterPty, PtySize, SlavePty, native_pty_system,
};

use super::sandbox::{Sandbox, program, split};

/// How long a screen may stay without any change before the test gives up.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often and how long to look whether the program has ended.
const LOOKS: usize = 200;
const LOOK: Duration = Duration::from_millis(100);

/// Enough for the whole of what a test writes.
const HISTORY: usize = 10_000;

/// What went over the terminal, in order.
#[derive(Debug)]
pub(crate) enum Beat {
    /// Somebody pressed keys.
    Typed,
    /// The program wrote.
    Said(Vec<u8>),
    /// The test looked at the screen and keeps it under this name.
    Kept(String),
}

pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    said: String,
    beats: Vec<Beat>,
    master: Box<dyn MasterPty + Send>,
    /// Held open, so that the terminal's modes can be read after the program has ended.
    _slave: Box<dyn SlavePty + Send>,
    modes: String,
    pressed: usize,
}

impl Terminal {
    /// Runs a command at a terminal.
    pub(crate) fn run(sandbox: &Sandbox, line: &str) -> Self {
        let mut command = CommandBuilder::new(program());
        command.args(split(line));
        Self::spawn(sandbox, command, (24, 80), "xterm-256color")
    }

    /// The same at a terminal of another size and kind.
    pub(crate) fn run_at(sandbox: &Sandbox, line: &str, size: (u16, u16), kind: &str) -> Self {
        let mut command = CommandBuilder::new(program());
        command.args(split(line));
        Self::spawn(sandbox, command, size, kind)
    }

    /// A shell with job control, which knows the program as `runbook`.
    pub(crate) fn shell(sandbox: &Sandbox) -> Self {
        let mut command = CommandBuilder::new("bash");
        command.args(["--norc", "--noprofile", "--noediting", "-i"]);
        let mut shell = Self::spawn(sandbox, command, (24, 80), "xterm-256color");
        shell.answer(&format!("runbook() {{ '{}' \"$@\"; }}", program().display()));
        shell
    }

    fn spawn(sandbox: &Sandbox, mut command: CommandBuilder, size: (u16, u16), kind: &str) -> Self {
        let (rows, cols) = size;
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        command.cwd(sandbox.cwd());
        command.env_clear();
        command.env("PATH", "/usr/local/bin:/usr/bin:/bin");
        command.env("TERM", kind);
        for (name, value) in sandbox.env() {
            command.env(name, value);
        }
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            keys: pair.master.take_writer().unwrap(),
            bytes,
            screen: vt100::Parser::new(of(rows), of(cols), HISTORY),
            said: String::new(),
            beats: Vec::new(),
            master: pair.master,
            _slave: pair.slave,
            modes,
            pressed: 0,
        }
    }

    /// Gives the terminal another size, as somebody who drags its corner.
    pub(crate) fn resize(&mut self, rows: u16, cols: u16) {
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        self.master.resize(size).unwrap();
        self.screen.screen_mut().set_size(of(rows), of(cols));
    }

    /// Waits until the screen shows these words; gives everything it shows then.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, words: &str) -> String {
        self.wait(&format!("{words:?}"), |shown| shown.contains(words))
    }

    /// Waits until the screen looks as it should.
    #[track_caller]
    pub(crate) fn wait_until(&mut self, looks: impl Fn(&str) -> bool) -> String {
        self.wait("what it should", looks)
    }

    #[track_caller]
    fn wait(&mut self, what: &str, looks: impl Fn(&str) -> bool) -> String {
        loop {
            let shown = self.shown();
            if looks(&shown) {
                return shown;
            }
            match self.bytes.recv_timeout(PATIENCE) {
                Ok(bytes) => self.take(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    panic!("the screen never shows {what}:\n{shown}\n---\n{}", self.said)
                }
            }
        }
    }

    /// Waits for a step or question, and for the prompt after it.
    #[track_caller]
    pub(crate) fn wait_for_prompt_after(&mut self, words: &str) -> String {
        loop {
            let shown = self.wait_for(words);
            let after = shown.rsplit_once(words).map_or("", |(_, after)| after);
            if after.trim_end().ends_with('>') {
                return shown;
            }
            let Ok(bytes) = self.bytes.recv_timeout(PATIENCE) else {
                panic!("no prompt comes after {words:?}:\n{shown}");
            };
            self.take(&bytes);
        }
    }

    /// Types a line and Enter.
    pub(crate) fn answer(&mut self, line: &str) {
        self.press(format!("{line}\r").as_bytes());
    }

    /// Sends bytes as a keyboard would.
    pub(crate) fn press(&mut self, keys: &[u8]) {
        self.pressed += keys.len();
        self.beats.push(Beat::Typed);
        self.keys.write_all(keys).unwrap();
        self.keys.flush().unwrap();
    }

    /// What the screen shows, lines joined where the terminal broke them.
    pub(crate) fn shown(&self) -> String {
        self.screen.screen().contents()
    }

    /// Every byte the terminal was sent.
    pub(crate) fn said(&self) -> &str {
        &self.said
    }

    /// Notes that the screen as it is now is kept under a name.
    pub(crate) fn keep(&mut self, name: &str) {
        self.beats.push(Beat::Kept(name.to_owned()));
    }

    /// Everything that went over the terminal so far; what follows starts anew.
    pub(crate) fn beats(&mut self) -> Vec<Beat> {
        std::mem::take(&mut self.beats)
    }

    /// Waits for the end of the program; gives how it ended.
    #[track_caller]
    pub(crate) fn ended(&mut self) -> ExitStatus {
        for _ in 0..LOOKS {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What was written before the end may still be on its way.
                while let Ok(bytes) = self.bytes.recv_timeout(LOOK) {
                    self.take(&bytes);
                }
                return status;
            }
            if let Ok(bytes) = self.bytes.recv_timeout(LOOK) {
                self.take(&bytes);
            }
        }
        panic!("the program never ends:\n{}", self.shown());
    }

    /// Closes the terminal's window: the kernel tells the program so.
    pub(crate) fn hang_up(&mut self) {
        self.signal(rustix::process::Signal::HUP);
        self.ended();
    }

    /// Ends the program without a chance to say anything.
    pub(crate) fn kill(&mut self) {
        self.signal(rustix::process::Signal::KILL);
        self.child.wait().unwrap();
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let number = i32::try_from(self.child.process_id().unwrap()).unwrap();
        let process = rustix::process::Pid::from_raw(number).unwrap();
        rustix::process::kill_process(process, signal).unwrap();
    }

    /// Presses keys where the program reads key by key: only once it does, as a person would.
    #[track_caller]
    pub(crate) fn key(&mut self, keys: &[u8]) {
        for _ in 0..LOOKS {
            if modes(&*self.master) != self.modes {
                return self.press(keys);
            }
            std::thread::sleep(LOOK / 10);
        }
        panic!("the program never reads key by key:\n{}", self.shown());
    }

    /// How many keys were pressed, Enter included.
    pub(crate) fn keys_pressed(&self) -> usize {
        self.pressed
    }

    /// Whether the cursor shows and the terminal's modes are what they were before.
    pub(crate) fn is_restored(&self) -> bool {
        !self.screen.screen().hide_cursor() && modes(&*self.master) == self.modes
    }

    fn take(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.said.push_str(&String::from_utf8_lossy(bytes));
        self.beats.push(Beat::Said(bytes.to_vec()));
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
        }
    }
}

fn of(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}
