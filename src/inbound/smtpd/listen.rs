//! Where the listener sits: a loopback port above 1023, or a UNIX socket. Never anywhere the world could reach.

use std::{
    fmt,
    fs::Permissions,
    io,
    net::{IpAddr, SocketAddr},
    os::unix::fs::{FileTypeExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
    str::FromStr,
};

use anyhow::Context as _;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, UnixListener},
};

/// A place to listen at: `127.0.0.1:2525`, `[::1]:2525`, `localhost:2525` or `unix:/run/zinas/lmtp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenAddress {
    /// Port 0 takes any that is free.
    Loopback(SocketAddr),
    Unix(PathBuf),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidListenAddress {
    #[error("write 127.0.0.1:PORT or unix:/PATH")]
    Unreadable,
    #[error("the listener takes mail from this machine only: write a loopback address")]
    NotLoopback,
    #[error("ports below 1024 belong to the machine's own mail server: take one above")]
    PrivilegedPort,
    #[error("the path of the socket must be absolute")]
    RelativePath,
}

/// A socket that is open for connections.
#[derive(Debug)]
pub struct Listener(Bound);

#[derive(Debug)]
enum Bound {
    Tcp(TcpListener),
    Unix { listener: UnixListener, path: PathBuf },
}

pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl FromStr for ListenAddress {
    type Err = InvalidListenAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(path) = text.strip_prefix("unix:") {
            let path = PathBuf::from(path);
            return if path.is_absolute() {
                Ok(Self::Unix(path))
            } else {
                Err(InvalidListenAddress::RelativePath)
            };
        }
        let (host, port) = text.rsplit_once(':').ok_or(InvalidListenAddress::Unreadable)?;
        let port: u16 = port.parse().map_err(|_| InvalidListenAddress::Unreadable)?;
        let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
        let ip: IpAddr = match host {
            "localhost" => IpAddr::from([127, 0, 0, 1]),
            host => host.parse().map_err(|_| InvalidListenAddress::Unreadable)?,
        };
        if !ip.is_loopback() {
            return Err(InvalidListenAddress::NotLoopback);
        }
        if (1..1024).contains(&port) {
            return Err(InvalidListenAddress::PrivilegedPort);
        }
        Ok(Self::Loopback(SocketAddr::new(ip, port)))
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Loopback(address) => address.fmt(f),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}

impl Listener {
    /// Opens the socket. A UNIX socket left behind by a process that is gone is replaced; a live one is not.
    ///
    /// # Errors
    /// When the place is taken or may not be used.
    pub async fn bind(address: &ListenAddress) -> anyhow::Result<Self> {
        let bound = match address {
            ListenAddress::Loopback(socket) => TcpListener::bind(socket).await.map(Bound::Tcp),
            ListenAddress::Unix(path) => bind_unix(path).await,
        };
        bound.map(Self).with_context(|| format!("listen for mail at {address}"))
    }

    /// Where it came to sit, with the port that was free.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<ListenAddress> {
        match &self.0 {
            Bound::Tcp(listener) => listener.local_addr().map(ListenAddress::Loopback),
            Bound::Unix { path, .. } => Ok(ListenAddress::Unix(path.clone())),
        }
    }

    pub(super) async fn accept(&self) -> io::Result<Box<dyn Stream>> {
        match &self.0 {
            Bound::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok(Box::new(stream))
            }
            Bound::Unix { listener, .. } => Ok(Box::new(listener.accept().await?.0)),
        }
    }
}

impl Drop for Bound {
    fn drop(&mut self) {
        if let Self::Unix { path, .. } = self
            && let Err(error) = std::fs::remove_file(path)
        {
            tracing::debug!(%error, "the socket file was gone before us");
        }
    }
}

async fn bind_unix(path: &Path) -> io::Result<Bound> {
    if let Ok(found) = std::fs::symlink_metadata(path)
        && found.file_type().is_socket()
    {
        match tokio::net::UnixStream::connect(path).await {
            Ok(_) => return Err(io::ErrorKind::AddrInUse.into()),
            Err(_) => std::fs::remove_file(path)?,
        }
    }
    let listener = UnixListener::bind(path)?;
    // The mail server runs as another user. Who may come near is said by the folder, as with a loopback port anyone.
    std::fs::set_permissions(path, Permissions::from_mode(0o666))?;
    Ok(Bound::Unix { listener, path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_on_this_machine_and_above_the_privileged_ports_are_taken() {
        for text in ["127.0.0.1:2525", "[::1]:2525", "unix:/run/zinas/lmtp", "127.0.0.1:0"] {
            assert_eq!(text.parse::<ListenAddress>().unwrap().to_string(), text);
        }
        assert_eq!("localhost:2525".parse::<ListenAddress>().unwrap().to_string(), "127.0.0.1:2525");
        for (text, expected) in [
            ("0.0.0.0:2525", InvalidListenAddress::NotLoopback),
            ("192.0.2.1:2525", InvalidListenAddress::NotLoopback),
            ("127.0.0.1:25", InvalidListenAddress::PrivilegedPort),
            ("2525", InvalidListenAddress::Unreadable),
            ("127.0.0.1:lmtp", InvalidListenAddress::Unreadable),
            ("unix:lmtp", InvalidListenAddress::RelativePath),
        ] {
            assert_eq!(text.parse::<ListenAddress>(), Err(expected), "{text}");
        }
    }
}
