//! Which addresses belong to the public Internet (the registries of RFC 6890 and what was added to them since).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Could anybody on the Internet be meant by this address? False for our own machine and network, for the
/// provider's, for groups, and for everything that is reserved or wraps such an address.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let reserved = match address.octets() {
        // this network, and the unspecified address
        [0, ..] => true,
        // private (RFC 1918)
        [10, ..] | [192, 168, ..] => true,
        [172, b, ..] => b & 0xf0 == 16,
        // shared by a provider's customers (RFC 6598)
        [100, b, ..] => b & 0xc0 == 64,
        // loopback
        [127, ..] => true,
        // link-local, where cloud machines keep their secrets
        [169, 254, ..] => true,
        // protocol assignments, documentation, the old 6to4 relay
        [192, 0, 0 | 2, _] | [192, 88, 99, _] | [198, 51, 100, _] | [203, 0, 113, _] => true,
        // benchmarks
        [198, 18 | 19, ..] => true,
        // multicast, reserved and broadcast
        [224..=255, ..] => true,
        _ => false,
    };
    !reserved
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    match address.segments() {
        // The well-known prefix of NAT64 (RFC 6052) stands for the IPv4 address in its end.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
        }
        // protocol assignments, among them Teredo, which wraps IPv4 addresses
        [0x2001, b, ..] if b < 0x200 => false,
        // documentation
        [0x2001, 0x0db8, ..] => false,
        [0x3fff, b, ..] if b < 0x1000 => false,
        // 6to4, which wraps IPv4 addresses
        [0x2002, ..] => false,
        // Only this block is assigned to networks; unique local, link-local and multicast lie outside.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(addresses: &[&str], public: bool) {
        for text in addresses {
            assert_eq!(is_public(text.parse().unwrap()), public, "{text}");
        }
    }

    #[test]
    fn addresses_of_sites_are_public() {
        check(
            &[
                "1.1.1.1",
                "9.255.255.255",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.0.1",
                "172.32.0.1",
                "192.0.1.1",
                "192.167.1.1",
                "198.17.0.1",
                "198.20.0.1",
                "223.255.255.254",
                "2001:200::1",
                "2606:4700::1111",
                "2a03:2880:f12f:83:face:b00c:0:25de",
                "::ffff:1.1.1.1",
                "64:ff9b::101:101",
            ],
            true,
        );
    }

    #[test]
    fn own_private_and_reserved_addresses_are_not() {
        check(
            &[
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.8.9.10",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
            ],
            false,
        );
        check(
            &[
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
            ],
            false,
        );
    }
}
