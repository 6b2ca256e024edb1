//! All that we do not control: clock, chance, environment, files outside the journal.
