//! Stories from outside each area: mail over a real protocol, the program as a process, the pages over HTTP; where a
//! story needs another day or a row, it reaches into the library. One program, so that it links once and its tests share
//! one PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, and its helpers are tests too")]

mod answers;
mod browser;
mod by_reply;
mod cli;
mod contribution;
mod corrections;
mod decide;
mod decisions;
mod demo;
mod desk_errors;
mod desk_people;
mod desk_readers;
mod drafts;
mod edition_page;
mod event_details;
mod horizon;
mod hosted_mailbox;
mod imap;
mod item_page;
mod item_text;
mod languages;
mod ledger;
mod locks;
mod migrations;
mod month;
mod newsroom;
mod outbound_connection;
mod outbound_message;
mod outbox;
mod people;
mod postbox;
mod preferences;
mod print;
mod public_pages;
mod publications;
mod queue;
mod robots;
mod senders;
mod serve;
mod servers;
mod sign_in;
mod smtpd;
mod sources;
mod support;
mod tidy;
mod told;
mod unanswered;
mod waiting;
mod web;
