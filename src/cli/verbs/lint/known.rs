//! What lint needs beyond the file: the day, the site, the playbooks at hand.

use std::path::PathBuf;

use chrono::NaiveDate;

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::site_file::SiteFile;
use crate::playbook::{Known, PlaybookId, SiteFacts};
use crate::reference::Cap;
use crate::site::{Phone, Site};

/// What is known beyond the files.
pub(super) struct Around {
    today: NaiveDate,
    playbooks: Vec<PlaybookId>,
    caps: Vec<(String, u8)>,
    site: Option<Site>,
}

impl Around {
    /// What is known here, the files themselves among the playbooks.
    pub(super) fn of(context: &mut Context, files: &[PathBuf]) -> Result<Self, CliError> {
        let reference = context.reference()?;
        // What a channel may carry only under a condition is for people to judge.
        let most = |cap: &Cap| cap.phi_then.as_ref().map_or(cap.phi, |(level, _)| *level);
        let caps = reference.caps().map(|cap| (cap.id.to_string(), most(cap))).collect();
        let shelf = context.shelf();
        let stems = files.iter().filter_map(|path| path.file_stem()?.to_str());
        let names = shelf.iter().map(|candidate| candidate.id.as_str()).chain(stems);
        let playbooks = names.filter_map(|name| name.parse().ok()).collect();
        // What is wrong with the site file is said by `site lint`, and stands in no playbook's way.
        let site = context.site_file().ok().and_then(SiteFile::readable);
        Ok(Self { today: context.today(), playbooks, caps, site })
    }

    /// The same in the form that the rules take.
    pub(super) fn known(&self) -> Known<'_> {
        let site = self.site.as_ref().map(facts);
        Known { today: self.today, playbooks: Some(&self.playbooks), caps: &self.caps, site }
    }
}

fn facts(site: &Site) -> SiteFacts<'_> {
    let planned = site.roles.iter().filter(|one| !one.deputies.is_empty());
    let people =
        site.roles.iter().flat_map(|one| one.people().map(move |who| (&one.role, who.contact)));
    let without = people.filter(|(_, contact)| contact.phone.is_none());
    SiteFacts {
        name: &site.name,
        phone: site.callback.as_ref().map(Phone::as_str),
        values: &site.values,
        deputies: planned.map(|one| &one.role).collect(),
        without_phone: without
            .filter_map(|(role, who)| Some((role, who.other.as_deref()?)))
            .collect(),
    }
}
