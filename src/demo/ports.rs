//! Where the demo sits on this machine: ports that are easy to remember, or any that are free.

use std::net::TcpListener;

use super::world::free_port;

/// The pages, and beside them the postbox.
const PAGES: u16 = 8025;
const POSTBOX: u16 = 8026;

/// All on 127.0.0.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ports {
    /// The newsroom's pages.
    pub web: u16,
    /// The newsroom's SMTP listener.
    pub mail: u16,
    /// Everybody else's mail server.
    pub relay: u16,
    pub postbox: u16,
}

impl Ports {
    /// For a demo that nobody looks at.
    ///
    /// # Errors
    /// No port can be had.
    pub fn any() -> anyhow::Result<Self> {
        let [web, mail, relay, postbox] = [free_port()?, free_port()?, free_port()?, free_port()?];
        Ok(Self { web, mail, relay, postbox })
    }

    /// # Errors
    /// No port can be had.
    pub fn friendly() -> anyhow::Result<Self> {
        Self { web: PAGES, postbox: POSTBOX, ..Self::any()? }.free()
    }

    /// The same, with others in place of those that somebody else has taken.
    ///
    /// # Errors
    /// No port can be had.
    pub fn free(self) -> anyhow::Result<Self> {
        let free = |port| if is_free(port) { Ok(port) } else { free_port() };
        Ok(Self {
            web: free(self.web)?,
            mail: free(self.mail)?,
            relay: free(self.relay)?,
            postbox: free(self.postbox)?,
        })
    }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind(("127.0.0.1", port)).is_ok()
}
