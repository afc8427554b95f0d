//! The relay as configured: where it is, how it is secured, who we are there, and how long we wait.

use std::{fmt, path::Path, sync::Arc, time::Duration};

use anyhow::{Context as _, ensure};
use tokio_rustls::{
    TlsConnector,
    rustls::{
        ClientConfig,
        crypto::ring,
        pki_types::{CertificateDer, ServerName, pem::PemObject as _},
    },
};

/// The SMTP server we hand mail to.
#[derive(Clone)]
pub struct Relay {
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) protection: Protection,
    pub(super) sign_in: Option<SignIn>,
    /// Our name in EHLO.
    pub(super) hello: String,
    pub(super) limits: Limits,
    pub(super) server_name: ServerName<'static>,
}

/// How the line is protected. There is no "if offered": an attacker would not offer it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first octet, port 465.
    Implicit,
    /// STARTTLS, required, port 587.
    StartTls,
    /// None, for a relay on this machine or in a closed net.
    None,
}

/// [`Security`] with what it needs. A relay in clear needs no certificates on this machine.
#[derive(Clone)]
pub(super) enum Protection {
    Implicit(TlsConnector),
    StartTls(TlsConnector),
    None,
}

#[derive(Clone)]
pub struct SignIn {
    pub user: String,
    pub password: String,
}

/// How long we wait for the relay (RFC 5321 section 4.5.3.2). Waiting less for the answer to the final dot makes
/// copies: the relay has the mail and we do not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub connect: Duration,
    pub command: Duration,
    pub dot: Duration,
    pub quit: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(30),
            command: Duration::from_secs(5 * 60),
            dot: Duration::from_secs(10 * 60),
            quit: Duration::from_secs(5),
        }
    }
}

impl Relay {
    /// `ca_file` holds certificates in PEM that are trusted beside the system's.
    ///
    /// # Errors
    /// When the host or our own name is none, or the file cannot be read.
    pub fn new(
        host: &str,
        port: u16,
        security: Security,
        sign_in: Option<SignIn>,
        hello: &str,
        ca_file: Option<&Path>,
    ) -> anyhow::Result<Self> {
        let server_name =
            ServerName::try_from(host.to_owned()).context("the relay's host is not a name or number")?;
        ensure!(
            !hello.is_empty() && hello.bytes().all(|b| b.is_ascii_graphic()),
            "the name we greet the relay with is not a host name"
        );
        Ok(Self {
            host: host.to_owned(),
            port,
            protection: match security {
                Security::Implicit => Protection::Implicit(trust(ca_file)?),
                Security::StartTls => Protection::StartTls(trust(ca_file)?),
                Security::None => Protection::None,
            },
            sign_in,
            hello: hello.to_owned(),
            limits: Limits::default(),
            server_name,
        })
    }

    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}

fn trust(ca_file: Option<&Path>) -> anyhow::Result<TlsConnector> {
    let mut extra = Vec::new();
    if let Some(path) = ca_file {
        let shown = path.display();
        let certificates =
            CertificateDer::pem_file_iter(path).with_context(|| format!("read certificates from {shown}"))?;
        for certificate in certificates {
            extra.push(certificate.with_context(|| format!("read certificates from {shown}"))?);
        }
        ensure!(!extra.is_empty(), "{shown} holds no certificate");
    }
    let provider = Arc::new(ring::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(extra, Arc::clone(&provider))
        .context("prepare the check of certificates")?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .context("prepare TLS")?
        .dangerous() // Named so for verifiers that check nothing; this is the platform's.
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignIn(…)")
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Relay").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relay_shows_no_password() {
        let sign_in = SignIn { user: "info".into(), password: "secret".into() };
        let relay =
            Relay::new("mail.example", 587, Security::StartTls, Some(sign_in), "us.example", None).unwrap();
        assert!(!format!("{relay:?} {:?}", relay.sign_in).contains("secret"));
    }

    #[test]
    fn a_wrong_configuration_is_refused_in_words() {
        let fails = |host: &str, hello: &str, ca: Option<&Path>| {
            format!("{:#}", Relay::new(host, 25, Security::StartTls, None, hello, ca).unwrap_err())
        };
        assert!(fails("not a host", "x", None).contains("not a name"));
        assert!(fails("localhost", "x\r\nRSET", None).contains("greet"));
        assert!(fails("localhost", "x", Some(Path::new("/nowhere/ca.pem"))).contains("/nowhere/ca.pem"));
    }
}
