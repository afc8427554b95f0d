//! The pages that exist. Mails link to nothing else of ours.

use subscribers::Language;

/// Builds links below a public base URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    base: String,
    /// What the addresses of pages ask for.
    language: Option<Language>,
}

impl Paths {
    /// `base` is the public URL, such as `https://zinas.example`; a trailing slash is dropped.
    pub fn new(base: &str) -> Self {
        Self { base: base.trim_end_matches('/').to_owned(), language: None }
    }

    /// Links from the root of the host, for pages.
    pub fn local() -> Self {
        Self { base: String::new(), language: None }
    }

    /// The same with pages asked for in a language, so that who chose it stays in it.
    pub fn in_language(self, language: Option<Language>) -> Self {
        Self { language, ..self }
    }

    /// The language, for forms that write their own query.
    pub(crate) fn language(&self) -> Option<Language> {
        self.language
    }

    /// The address of a page that anybody may see.
    fn page(&self, path: &str) -> String {
        let path = format!("{}{path}", self.base);
        self.language.map_or(path.clone(), |language| in_language(&path, language))
    }

    pub fn home(&self) -> String {
        self.page("/")
    }

    pub fn subscribe(&self) -> String {
        self.page("/subscribe")
    }

    pub fn confirm(&self, token: &str) -> String {
        self.page(&format!("/confirm/{token}"))
    }

    /// The page that leaves on POST, also with one click (RFC 8058).
    pub fn leave(&self, token: &str) -> String {
        format!("{}/leave/{token}", self.base)
    }

    /// A reader's own page.
    pub fn preferences(&self, token: &str) -> String {
        format!("{}/preferences/{token}", self.base)
    }

    /// What is kept about a reader, to be read.
    pub fn own(&self, token: &str) -> String {
        format!("{}/mine/{token}", self.base)
    }

    /// The same for programs.
    pub fn own_file(&self, token: &str) -> String {
        format!("{}/mine/{token}/data.json", self.base)
    }

    /// Asking for another address, on POST.
    pub fn own_address(&self, token: &str) -> String {
        format!("{}/mine/{token}/address", self.base)
    }

    /// Erasing a reader, on POST.
    pub fn erase(&self, token: &str) -> String {
        format!("{}/mine/{token}/erase", self.base)
    }

    /// Confirming a reader's new address, on POST.
    pub fn address(&self, token: &str) -> String {
        self.page(&format!("/address/{token}"))
    }

    /// The contributor's own page on her item.
    pub fn contribution(&self, token: &str) -> String {
        self.page(&format!("/news/{token}"))
    }

    /// A photo on that page, by the SHA-256 of its bytes.
    pub fn contribution_photo(&self, token: &str, sha256: &str) -> String {
        format!("{}/news/{token}/photo/{sha256}.jpg", self.base)
    }

    /// The sheet of an issue for the notice board.
    pub fn print(&self, year: i32, number: u32) -> String {
        self.page(&format!("/{year}/{number}/print"))
    }

    pub fn print_stylesheet(&self) -> String {
        format!("{}/print.css", self.base)
    }

    /// Leaving the contributors' reminder, on POST.
    pub fn reminders(&self, token: &str) -> String {
        self.page(&format!("/reminders/{token}"))
    }

    /// `/2026/12`
    pub fn issue(&self, year: i32, number: u32) -> String {
        self.page(&format!("/{year}/{number}"))
    }

    /// `/2026/12/gaismas-logs`
    pub fn item(&self, year: i32, number: u32, slug: &str) -> String {
        self.page(&format!("/{year}/{number}/{slug}"))
    }

    /// A photo by the SHA-256 of its bytes, in hexadecimal.
    pub fn photo(&self, sha256: &str) -> String {
        format!("{}/photo/{sha256}.jpg", self.base)
    }

    /// The picture of an issue's horizon, by the SHA-256 of its drawing, in hexadecimal.
    pub fn horizon(&self, drawing: &str) -> String {
        format!("{}/horizon/{drawing}.png", self.base)
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

    /// The script of the page of an item.
    pub fn text_script(&self) -> String {
        format!("{}/desk-text.js", self.base)
    }

    /// All issues by year, and the search.
    pub fn archive(&self) -> String {
        self.page("/archive")
    }

    pub fn archive_year(&self, year: i32) -> String {
        self.page(&format!("/archive?year={year}"))
    }

    /// What was found; `query` is encoded already.
    pub(crate) fn archive_search(&self, query: &str, page: usize) -> String {
        self.page(&format!("/archive?q={query}&page={page}"))
    }

    pub fn calendar(&self) -> String {
        self.page("/calendar")
    }

    /// `/calendar/2026-12`
    pub fn calendar_month(&self, year: i32, month: u32) -> String {
        self.page(&format!("/calendar/{year:04}-{month:02}"))
    }

    /// What other calendars subscribe to.
    pub fn calendar_feed(&self) -> String {
        format!("{}/calendar.ics", self.base)
    }

    /// An event of an item, counted from 1, for other calendars: `/2026/12/gaismas-logs/1.ics`
    pub fn event(&self, year: i32, number: u32, slug: &str, event: usize) -> String {
        format!("{}/{year}/{number}/{slug}/{event}.ics", self.base)
    }

    pub fn feed(&self) -> String {
        format!("{}/feed.xml", self.base)
    }

    pub fn sitemap(&self) -> String {
        format!("{}/sitemap.xml", self.base)
    }

    pub fn icon(&self) -> String {
        format!("{}/icon.svg", self.base)
    }

    pub fn how_to_send(&self) -> String {
        self.page("/how-to-send")
    }

    pub fn privacy(&self) -> String {
        self.page("/privacy")
    }

    /// A path from the root as a whole link below this base; a whole link stays as it is.
    pub fn whole(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.base) } else { path.to_owned() }
    }

    pub fn stylesheet(&self) -> String {
        format!("{}/style.css", self.base)
    }
}

/// The same address, asked for in a language.
pub(crate) fn in_language(path: &str, language: Language) -> String {
    let mark = if path.contains('?') { '&' } else { '?' };
    format!("{path}{mark}lang={}", language.code())
}
