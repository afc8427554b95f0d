//! The sink's end of a line, in clear or under TLS.

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    sync::Arc,
};

use tokio_rustls::rustls::{ServerConnection, StreamOwned};

use super::Tls;

pub(super) enum Line {
    Clear(TcpStream),
    Secure(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Read for Line {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Line::Clear(stream) => stream.read(buffer),
            Line::Secure(stream) => stream.read(buffer),
        }
    }
}

impl Write for Line {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        match self {
            Line::Clear(stream) => stream.write(octets),
            Line::Secure(stream) => stream.write(octets),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Line::Clear(stream) => stream.flush(),
            Line::Secure(stream) => stream.flush(),
        }
    }
}

pub(super) fn secure(stream: TcpStream, tls: &Tls) -> io::Result<Line> {
    let connection = ServerConnection::new(Arc::clone(&tls.config)).map_err(io::Error::other)?;
    Ok(Line::Secure(Box::new(StreamOwned::new(connection, stream))))
}
