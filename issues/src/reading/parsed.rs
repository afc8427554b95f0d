//! A message as bytes became it: headers, texts, attachments. Filled by `src/inbound/parsing`.

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Parsed {}
