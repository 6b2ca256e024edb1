//! `runbook`: an outage runbook executor.

pub mod playbook;

pub mod engine;

pub mod outreach;

pub mod journal;

pub mod session;

pub mod world;

pub mod report;

pub mod ui;

pub mod walk;

pub mod cli;
