//! How we trust the servers that we connect to: as the system does, or by a file of certificates.
//!
//! There is no switch to trust anybody: whoever has a server of their own names its certificate.

use std::{path::Path, sync::Arc};

use anyhow::{Context as _, ensure};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::BuilderVerifierExt as _;

/// TLS 1.2 and 1.3 towards servers whose certificate the system trusts or, with `ca_file`, towards those only whose
/// certificate stands in that PEM file or is signed by one that does.
///
/// # Errors
/// When the file cannot be read or holds no certificate, or the system has no list of authorities.
pub fn client_config(ca_file: Option<&Path>) -> anyhow::Result<Arc<ClientConfig>> {
    let builder = ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .context("set up TLS")?;
    let config = match ca_file {
        None => builder
            .with_platform_verifier()
            .context("read the system's certificate authorities (on Debian the package ca-certificates)")?
            .with_no_client_auth(),
        Some(file) => builder.with_root_certificates(roots(file)?).with_no_client_auth(),
    };
    Ok(Arc::new(config))
}

/// The one implementation of cryptography in the program.
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn roots(file: &Path) -> anyhow::Result<RootCertStore> {
    let named = || format!("read certificates from {}", file.display());
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).with_context(named)? {
        roots.add(certificate.with_context(named)?).with_context(named)?;
    }
    ensure!(!roots.is_empty(), "there is no certificate in {}", file.display());
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_certificates_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().join("empty.pem");
        std::fs::write(&empty, "").unwrap();
        let error = client_config(Some(&empty)).unwrap_err();
        assert_eq!(error.to_string(), format!("there is no certificate in {}", empty.display()));
        let missing = folder.path().join("missing.pem");
        let error = client_config(Some(&missing)).unwrap_err();
        assert_eq!(error.to_string(), format!("read certificates from {}", missing.display()));
    }
}
