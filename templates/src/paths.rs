//! The pages that exist. Mails link to nothing else of ours.

/// Builds links below a public base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    base: String,
}

impl Paths {
    /// `base` is the public URL, such as `https://zinas.example`; a trailing slash is dropped.
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned() }
    }

    /// Links from the root of the host, for pages.
    pub fn local() -> Self {
        Self { base: String::new() }
    }

    pub fn home(&self) -> String {
        format!("{}/", self.base)
    }

    pub fn subscribe(&self) -> String {
        format!("{}/subscribe", self.base)
    }

    pub fn confirm(&self, token: &str) -> String {
        format!("{}/confirm/{token}", self.base)
    }

    /// The page that leaves on POST, also with one click (RFC 8058).
    pub fn leave(&self, token: &str) -> String {
        format!("{}/leave/{token}", self.base)
    }

    /// Leaving the contributors' reminder, on POST.
    pub fn reminders(&self, token: &str) -> String {
        format!("{}/reminders/{token}", self.base)
    }

    /// `/2026/12`
    pub fn issue(&self, year: i32, number: u32) -> String {
        format!("{}/{year}/{number}", self.base)
    }

    /// `/2026/12/gaismas-logs`
    pub fn item(&self, year: i32, number: u32, slug: &str) -> String {
        format!("{}/{year}/{number}/{slug}", self.base)
    }

    /// A photo by the SHA-256 of its bytes, in hexadecimal.
    pub fn photo(&self, sha256: &str) -> String {
        format!("{}/photo/{sha256}.jpg", self.base)
    }

    pub fn decide(&self, token: &str) -> String {
        format!("{}/decide/{token}", self.base)
    }

    /// The link that signs an editor in, once.
    pub fn sign_in(&self, token: &str) -> String {
        format!("{}/desk/sign-in/{token}", self.base)
    }

    /// A page of the desk: `/desk`, `/desk/item/7`.
    pub fn desk(&self, below: &str) -> String {
        format!("{}/desk{below}", self.base)
    }

    /// The script of the desk.
    pub fn script(&self) -> String {
        format!("{}/desk.js", self.base)
    }

    pub fn stylesheet(&self) -> String {
        format!("{}/style.css", self.base)
    }
}
