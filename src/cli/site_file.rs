//! The site file as the edge meets it: sound, broken, or not there.

use std::path::Path;

use super::context::Context;
use super::error::{CliError, Exit};
use crate::engine::Mode;
use crate::journal::{IncidentId, JournalError};
use crate::playbook::{Diagnostic, Role, RoleId, ServiceId};
use crate::session::Archive;
use crate::site::{Compiled, Site, decode, read, salvage};
use crate::ui::render_diagnostics;

/// What lies where the site file belongs.
#[derive(Debug)]
pub(super) enum SiteFile {
    /// Nothing.
    Absent,
    /// A file that says this.
    Sound { text: String, site: Site, warnings: Vec<Diagnostic> },
    /// A file with errors; in an emergency a part of it can still be read.
    Broken { text: String, rest: Option<Site>, found: Vec<Diagnostic> },
}

/// How to come by a site file.
pub(super) const INIT: &str = "runbook site init asks for everything, in about ten minutes";

impl SiteFile {
    /// As much of it as can be read: an incident does not wait for its repair.
    pub(super) fn readable(self) -> Option<Site> {
        match self {
            Self::Absent => None,
            Self::Sound { site, .. } => Some(site),
            Self::Broken { rest, .. } => rest,
        }
    }

    /// What these bytes are as a site file.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let text = match decode(bytes) {
            Ok(_) => String::from_utf8_lossy(bytes).into_owned(),
            Err(finding) => {
                let text = String::from_utf8_lossy(bytes).into_owned();
                return Self::Broken { text, rest: None, found: vec![finding] };
            }
        };
        match read(&text) {
            Ok(Compiled { site, warnings }) => Self::Sound { text, site, warnings },
            Err(found) => Self::Broken { rest: salvage(&text), text, found },
        }
    }
}

impl Context {
    /// The site file, whatever its state.
    pub(super) fn site_file(&self) -> Result<SiteFile, CliError> {
        let bytes = self.home.site().map_err(|error| self.unusable(error))?;
        Ok(bytes.map_or(SiteFile::Absent, |bytes| SiteFile::of(&bytes)))
    }

    /// What the site file says; nothing where there is none. One with errors is an error.
    pub(super) fn site(&self) -> Result<Option<Site>, CliError> {
        match self.site_file()? {
            SiteFile::Absent => Ok(None),
            SiteFile::Sound { site, .. } => Ok(Some(site)),
            SiteFile::Broken { text, found, .. } => Err(self.broken_site(&text, &found)),
        }
    }

    /// A link, a folder or a giant in the place of the site file.
    pub(super) fn unusable(&self, error: JournalError) -> CliError {
        match error {
            JournalError::NotPlain { .. } => {
                let place = self.site_place();
                CliError::new(Exit::Invalid, format!("{place} is not a plain file"))
                    .hint("runbook does not follow links: put the file itself there")
            }
            JournalError::TooLarge { bytes, .. } => {
                let place = self.site_place();
                CliError::new(Exit::Invalid, format!("{place} has {bytes} bytes"))
                    .hint("a site file is a page or two: keep other lists elsewhere")
            }
            JournalError::Io { doing: "read", source, .. } => {
                let place = self.site_place();
                CliError::refused(format!("{place} cannot be read: {source}"))
                    .hint("ask whoever looks after this machine to give you the file")
            }
            other => other.into(),
        }
    }

    /// Everything that is wrong with the file.
    pub(super) fn broken_site(&self, text: &str, found: &[Diagnostic]) -> CliError {
        let place = self.site_place();
        let shown = render_diagnostics(&place, text, found, false);
        CliError::new(Exit::Invalid, format!("the site file cannot be used\n\n{shown}"))
            .hint(format!("correct {place}, then: runbook site lint"))
            .hint("runbook contacts shows its numbers all the same")
    }

    /// The day on a wall clock here.
    pub(super) fn today(&self) -> chrono::NaiveDate {
        let now = self.world.clock.now();
        now.at_offset(self.world.zone.offset_at(now)).date_naive()
    }

    /// Where the site file lies, as people would type it.
    pub(super) fn site_place(&self) -> String {
        self.typed_path(&self.home.site_path())
    }

    /// A path relative to where we are if it lies below, else with `~` for the user's own folder.
    pub(super) fn typed_path(&self, path: &Path) -> String {
        let place = &self.world.place;
        if let Ok(below) = path.strip_prefix(&place.cwd) {
            return below.display().to_string();
        }
        let below = place.user_home.as_ref().and_then(|home| path.strip_prefix(home).ok());
        below.map_or_else(
            || path.display().to_string(),
            |below| Path::new("~").join(below).display().to_string(),
        )
    }

    /// The roles of all playbooks at hand and of every incident that is open, each once; those that
    /// an incident cannot do without come first.
    pub(super) fn known_roles(&self) -> Vec<Role> {
        let mut books = self.books();
        for id in self.open_incidents().unwrap_or_default() {
            books.extend(Archive::read(&self.world, &self.home, &id).ok().map(|one| one.book));
        }
        let mut all: Vec<Role> = Vec::new();
        for role in books.into_iter().flat_map(|book| book.roles) {
            match all.iter_mut().find(|known| known.id == role.id) {
                Some(known) => known.required |= role.required,
                None => all.push(role),
            }
        }
        all.sort_by_key(|role| !role.required);
        all
    }

    /// The same as ids.
    pub(super) fn known_role_ids(&self) -> Vec<RoleId> {
        self.known_roles().into_iter().map(|role| role.id).collect()
    }

    /// The incidents in which a change of the site file is recorded: the one that is named, else
    /// every open one that is for real. Exercises run on the same file and are not about it.
    pub(super) fn concerned(&self, named: Option<&str>) -> Result<Vec<IncidentId>, CliError> {
        if let Some(word) = named {
            return Ok(vec![self.named_incident(word)?]);
        }
        let open = self.open_incidents()?;
        Ok(open.into_iter().filter(|id| id.mode() == Mode::Live).collect())
    }
}

/// The services that the built-in playbooks are about, as their names say: `email` of
/// `email-outage`.
pub(super) fn known_services() -> Vec<ServiceId> {
    let endings = ["-outage", "-downtime", "-down"];
    let service = |id: &str| {
        endings.iter().find_map(|ending| id.strip_suffix(ending))?.parse::<ServiceId>().ok()
    };
    crate::playbook::builtin().iter().filter_map(|(id, _)| service(id)).collect()
}
