//! Which file of the house is being read, for the words of the faults that any of them can have.

/// A kind of file that people write for this program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    /// A playbook.
    Playbook,
    /// A step set.
    Steps,
    /// The site file.
    Site,
    /// A file of reference data.
    Reference,
    /// A playbook test.
    Test,
    /// An exercise.
    Exercise,
}

impl FileKind {
    /// What people call it.
    pub(super) const fn noun(self) -> &'static str {
        match self {
            Self::Playbook => "playbook",
            Self::Steps => "step set",
            Self::Site => "site file",
            Self::Reference => "reference file",
            Self::Test => "playbook test",
            Self::Exercise => "exercise file",
        }
    }

    /// The key of its format's number, which is how it is told from the other kinds.
    pub(crate) const fn format_key(self) -> &'static str {
        match self {
            Self::Playbook => "runbook",
            Self::Steps => "runbook-steps",
            Self::Site => "runbook-site",
            Self::Reference => "runbook-reference",
            Self::Test => "runbook-test",
            Self::Exercise => "runbook-exercise",
        }
    }

    /// What to do with one of a newer format.
    pub(super) const fn newer(self) -> &'static str {
        match self {
            Self::Playbook => "install a newer runbook, or use an older version of the playbook",
            Self::Steps => "install a newer runbook, or use an older version of the step set",
            Self::Site | Self::Test => "install a newer runbook",
            Self::Exercise => "install a newer runbook, or use an older version of the exercise",
            Self::Reference => "install a newer runbook, or use an older version of the file",
        }
    }

    /// What to write in an empty one.
    pub(super) const fn start(self) -> &'static str {
        match self {
            Self::Playbook => "start with `runbook: 1`",
            Self::Steps => "start with `runbook-steps: 1`",
            Self::Site => "start with `runbook-site: 1`",
            Self::Test => "start with `runbook-test: 1`",
            Self::Reference => "start with `runbook-reference: 1`",
            Self::Exercise => "start with `runbook-exercise: 1`",
        }
    }

    /// What to do with one that is too large.
    pub(super) const fn shorten(self) -> &'static str {
        match self {
            Self::Playbook => "split it into several playbooks",
            Self::Steps => "split it into several step sets",
            Self::Site => "a site file is a page or two: keep other lists elsewhere",
            Self::Test => "split it into several files: `NAME.night.test.yaml`",
            Self::Reference => "split it into several reference files",
            Self::Exercise => "make several exercises of it",
        }
    }

    /// What to do with one that is nested too deep.
    pub(super) const fn flatten(self) -> &'static str {
        match self {
            Self::Playbook => {
                "a playbook needs about ten levels; check the brackets and the indentation"
            }
            Self::Steps => {
                "a step set needs about seven levels; check the brackets and the indentation"
            }
            Self::Site => {
                "a site file needs about five levels; check the brackets and the indentation"
            }
            Self::Reference => {
                "a reference file needs about four levels; check the brackets and the indentation"
            }
            Self::Test => {
                "a playbook test needs about eight levels; check the brackets and the indentation"
            }
            Self::Exercise => {
                "an exercise needs about six levels; check the brackets and the indentation"
            }
        }
    }

    /// What to do with a second document in it.
    pub(super) const fn one_document(self) -> &'static str {
        match self {
            Self::Playbook => "delete the line `---`, or put the second playbook in its own file",
            Self::Steps => "delete the line `---`, or put the second step set in its own file",
            Self::Site => "delete the line `---`: there is one site file for one site",
            Self::Test => "delete the line `---`, or put the second test in its own file",
            Self::Reference => "delete the line `---`, or put the second part in its own file",
            Self::Exercise => "delete the line `---`, or put the second exercise in its own file",
        }
    }
}
