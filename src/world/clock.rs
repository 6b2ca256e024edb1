//! The only place that asks what time it is.

use std::cell::Cell;

use crate::engine::{ClockKind, ClockReading, Timestamp};

/// Where times come from.
#[derive(Debug)]
pub enum Clock {
    /// The machine.
    System,
    /// Moved by hand: exercises and tests.
    Stepped(Cell<Timestamp>),
}

impl Clock {
    /// Wall time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system_now(),
            Self::Stepped(now) => now.get(),
        }
    }

    /// Wall time with what helps to notice that it was moved.
    #[must_use]
    pub fn read(&self) -> ClockReading {
        match self {
            Self::System => {
                ClockReading { wall: system_now(), boot: boot_id(), mono: since_boot() }
            }
            Self::Stepped(now) => ClockReading::of_wall(now.get()),
        }
    }

    /// What the first record of an incident says of this clock.
    #[must_use]
    pub const fn kind(&self) -> ClockKind {
        match self {
            Self::System => ClockKind::Real,
            Self::Stepped(_) => ClockKind::Stepped,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the clock")]
fn system_now() -> Timestamp {
    let millis = chrono::Utc::now().timestamp_millis();
    // A clock beyond the year 9999 is as good as none; 1970 at least looks wrong to everybody.
    Timestamp::from_millis(millis).unwrap_or_default()
}

#[cfg(target_os = "linux")]
fn boot_id() -> Option<String> {
    let id = std::fs::read("/proc/sys/kernel/random/boot_id").ok()?;
    Some(super::place::digest(&[id.trim_ascii()]).hex()[..16].to_owned())
}

#[cfg(target_os = "linux")]
fn since_boot() -> Option<u64> {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::Boottime);
    let millis = time.tv_sec.checked_mul(1000)?.checked_add(time.tv_nsec / 1_000_000)?;
    u64::try_from(millis).ok()
}

#[cfg(not(target_os = "linux"))]
fn boot_id() -> Option<String> {
    None
}

#[cfg(not(target_os = "linux"))]
fn since_boot() -> Option<u64> {
    None
}
