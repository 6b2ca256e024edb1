//! Signals while somebody sits at a prompt.

/// From now on Ctrl-C, a closed terminal and a request to terminate leave the program in order: the
/// cursor is shown, `farewell` is said, and the exit code is 0, because what was acknowledged is on
/// disk and nothing else was promised. An append that is under way may be cut off by this exactly as
/// by a power cut, which the journal survives. Who comes back after Ctrl-Z reads what `welcome` says then.
///
/// # Errors
/// If the system does not let us listen.
#[cfg(unix)]
pub fn leave_on_signal(
    farewell: String,
    welcome: impl Fn() -> String + Send + 'static,
) -> std::io::Result<()> {
    use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM, SIGHUP, SIGCONT])?;
    // A text that is edited is read key by key, in another mode of the terminal.
    let modes = rustix::termios::tcgetattr(std::io::stdin()).ok();
    std::thread::spawn(move || {
        for signal in signals.forever() {
            if signal == SIGCONT {
                say(&welcome());
                continue;
            }
            if let Some(modes) = modes {
                let now = rustix::termios::OptionalActions::Now;
                let _ = rustix::termios::tcsetattr(std::io::stdin(), now, &modes);
            }
            leave(&farewell);
        }
    });
    Ok(())
}

/// Elsewhere the console's own handling of Ctrl-C ends the program.
#[cfg(not(unix))]
pub fn leave_on_signal(
    farewell: String,
    welcome: impl Fn() -> String + Send + 'static,
) -> std::io::Result<()> {
    drop((farewell, welcome));
    Ok(())
}

#[cfg(unix)]
fn say(words: &str) {
    use std::io::Write as _;

    // The terminal may be gone; there is nobody left to tell then.
    let _ = write!(std::io::stderr(), "\n{words}");
}

#[cfg(unix)]
#[expect(clippy::exit, reason = "a prompt cannot be interrupted in any other way")]
fn leave(farewell: &str) -> ! {
    let _ = dialoguer::console::Term::stderr().show_cursor();
    say(&format!("{farewell}\n"));
    std::process::exit(0)
}
