//! A client that speaks SMTP line by line, word for word as a test says.

use std::time::Duration;

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpStream, UnixStream},
    time::timeout,
};
use zinas::inbound::smtpd::ListenAddress;

const PATIENCE: Duration = Duration::from_secs(20);

pub trait Both: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Both for S {}

pub struct Line(BufReader<Box<dyn Both>>);

impl Line {
    /// Connects and reads the greeting.
    pub async fn connect(address: &ListenAddress) -> Self {
        Self::connect_only(address).await.greeted().await
    }

    /// Over a stream that is open already.
    pub async fn over(stream: impl Both + 'static) -> Self {
        Self(BufReader::new(Box::new(stream))).greeted().await
    }

    async fn greeted(mut self) -> Self {
        let greeting = self.reply().await;
        assert!(greeting.starts_with("220 "), "{greeting}");
        self
    }

    pub async fn connect_only(address: &ListenAddress) -> Self {
        let stream: Box<dyn Both> = match address {
            ListenAddress::Loopback(socket) => {
                let stream = TcpStream::connect(socket).await.unwrap();
                stream.set_nodelay(true).unwrap();
                Box::new(stream)
            }
            ListenAddress::Unix(path) => Box::new(UnixStream::connect(path).await.unwrap()),
        };
        Self(BufReader::new(stream))
    }

    pub async fn send(&mut self, octets: impl AsRef<[u8]>) {
        timeout(PATIENCE, self.0.get_mut().write_all(octets.as_ref()))
            .await
            .expect("the server reads")
            .unwrap();
    }

    /// The last line of the next reply; empty when the server hung up.
    pub async fn reply(&mut self) -> String {
        loop {
            let mut line = String::new();
            timeout(PATIENCE, self.0.read_line(&mut line)).await.expect("the server answers").unwrap();
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    /// Sends one command line and gives the last line of its reply.
    pub async fn say(&mut self, command: &str) -> String {
        self.send(format!("{command}\r\n")).await;
        self.reply().await
    }

    pub async fn expect(&mut self, command: &str, code: &str) {
        let reply = self.say(command).await;
        assert!(reply.starts_with(code), "{command}: {reply}");
    }
}
