//! Where a look at somebody's link may go: to public addresses and to the ordinary ports, nowhere else.
//!
//! A contributor writes the links and we follow them from inside our network, so a link must not become a way into
//! it. Names are judged by the addresses they have at the moment of connecting, in the resolver, so that a name that
//! changes its address between check and use gains nothing. Addresses in links never reach a resolver and are judged
//! with the link.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use issues::Unchecked;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::addresses::is_public;

#[derive(Debug, Clone)]
pub struct Reach {
    /// Servers that may be asked although they are not public. Empty but in tests and the demo.
    also: Arc<[SocketAddr]>,
}

/// A name all of whose addresses are out of reach.
#[derive(Debug)]
pub struct OnlyPrivateAddresses;

impl Reach {
    pub fn new(also: &[SocketAddr]) -> Self {
        Self { also: also.into() }
    }

    /// Must this address of a page stay unvisited? For each address of a chain, before connecting.
    pub fn forbids(&self, url: &Url) -> Option<Unchecked> {
        let port = url.port_or_known_default();
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) | None => None,
        };
        if let Some(address) = literal {
            if self.also.iter().any(|also| also.ip() == address && Some(also.port()) == port) {
                return None;
            }
            if !is_public(address) {
                return Some(Unchecked::Private);
            }
        }
        // The parser leaves the port out where it is the scheme's own.
        let allowed = url.port().is_none()
            || literal.is_none() && self.also.iter().any(|also| Some(also.port()) == url.port());
        (!allowed).then_some(Unchecked::OtherPort)
    }

    fn permits(&self, address: IpAddr) -> bool {
        is_public(address) || self.also.iter().any(|also| also.ip() == address)
    }
}

impl Resolve for Reach {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let permitted: Vec<SocketAddr> =
                found.iter().copied().filter(|address| reach.permits(address.ip())).collect();
            if permitted.is_empty() && !found.is_empty() {
                return Err(OnlyPrivateAddresses.into());
            }
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}

impl fmt::Display for OnlyPrivateAddresses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name has private addresses only")
    }
}

impl std::error::Error for OnlyPrivateAddresses {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, forbidden: Option<Unchecked>) {
        let reach = Reach::new(&["127.0.0.1:8025".parse().unwrap()]);
        assert_eq!(reach.forbids(&link.parse().unwrap()), forbidden, "{link}");
    }

    #[test]
    fn addresses_in_links_are_judged_however_they_are_written() {
        for link in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0177.0.0.1/",
            "http://127.0.0.1./",
            "http://127.0.0.1:8026/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]:8025/",
            "http://169.254.169.254/latest/meta-data",
            "http://user@10.0.0.1/",
        ] {
            check(link, Some(Unchecked::Private));
        }
        check("http://1.1.1.1/", None);
    }

    #[test]
    fn only_the_ordinary_ports_are_visited() {
        check("http://selija.example:80/", None);
        check("https://selija.example:443/", None);
        for link in ["http://selija.example:25/", "https://selija.example:80/", "http://1.1.1.1:22/"] {
            check(link, Some(Unchecked::OtherPort));
        }
    }

    #[test]
    fn what_is_permitted_besides_is_one_server_exactly() {
        check("http://127.0.0.1:8025/", None);
        check("http://127.0.0.2:8025/", Some(Unchecked::Private));
        check("http://1.1.1.1:8025/", Some(Unchecked::OtherPort));
    }
}
