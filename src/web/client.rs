//! The network that a request comes from, for limits and for the record of a consent. Whole addresses are not kept.

use std::convert::Infallible;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;

/// The prefix of an address: /24 of IPv4, /48 of IPv6, about what one household or office holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network(IpAddr);

impl Network {
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
            }
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{address}/24"),
            IpAddr::V6(address) => write!(f, "{address}/48"),
        }
    }
}

/// The client is the peer of the socket. A proxy of ours on this machine is believed about whom it speaks for, but
/// only in the last hop, which it wrote itself.
impl<S: Sync> FromRequestParts<S> for Network {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        if !peer.to_canonical().is_loopback() {
            return Ok(Self::of(peer));
        }
        let forwarded = parts.headers.get_all("x-forwarded-for").iter().next_back();
        let last = forwarded.and_then(|hops| hops.to_str().ok()).and_then(|hops| hops.rsplit(',').next());
        Ok(Self::of(last.and_then(|hop| hop.trim().parse().ok()).unwrap_or(peer)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_is_a_prefix_of_the_address() {
        for (address, network) in [
            ("203.0.113.77", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ] {
            assert_eq!(Network::of(address.parse().unwrap()).to_string(), network);
        }
    }

    async fn seen(peer: &str, hops: &[&str]) -> String {
        let mut request = axum::http::Request::builder();
        for hop in hops {
            request = request.header("X-Forwarded-For", *hop);
        }
        let peer: SocketAddr = peer.parse().unwrap();
        let (mut parts, ()) = request.extension(ConnectInfo(peer)).body(()).unwrap().into_parts();
        Network::from_request_parts(&mut parts, &()).await.unwrap().to_string()
    }

    #[tokio::test]
    async fn only_a_proxy_on_this_machine_is_believed_and_only_in_its_own_hop() {
        let forged = "192.0.2.1, 198.51.100.9";
        assert_eq!(seen("127.0.0.1:5", &[forged]).await, "198.51.100.0/24");
        assert_eq!(seen("[::1]:5", &["192.0.2.1", "2001:db8::1"]).await, "2001:db8::/48");
        assert_eq!(seen("203.0.113.7:5", &[forged]).await, "203.0.113.0/24");
        assert_eq!(seen("127.0.0.1:5", &["192.0.2.1, unknown"]).await, "127.0.0.0/24");
    }
}
