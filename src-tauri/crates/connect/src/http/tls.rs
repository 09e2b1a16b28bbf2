//! Who a server is. There is no way to leave this out.

use super::Failure;
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject},
};
use std::{path::Path, sync::Arc};

/// Trusts whom this system trusts, or, where a file was named, those in the file alone. TLS 1.2 is the oldest spoken.
pub(super) fn config(ca_file: Option<&Path>) -> Result<Arc<ClientConfig>, Failure> {
    let mut roots = RootCertStore::empty();
    match ca_file {
        None => {
            // Some of a system's certificates are always unreadable; without any, no server can prove anything.
            roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        }
        Some(path) => {
            let failed = |reason: String| Failure::CaFile { path: path.display().to_string(), reason };
            let certificates = CertificateDer::pem_file_iter(path).map_err(|error| failed(error.to_string()))?;
            for certificate in certificates {
                let certificate = certificate.map_err(|error| failed(error.to_string()))?;
                roots.add(certificate).map_err(|error| failed(error.to_string()))?;
            }
            if roots.is_empty() {
                return Err(failed("it holds no certificate".into()));
            }
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// In words, why a handshake failed; `None` where it was the network and not the server's identity.
pub(super) fn refusal(error: &std::io::Error) -> Option<String> {
    use rustls::{CertificateError as Bad, Error};
    let error = error.get_ref()?.downcast_ref::<Error>()?;
    Some(match error {
        Error::InvalidCertificate(bad) => match bad {
            Bad::Expired | Bad::ExpiredContext { .. } => "its certificate has expired".into(),
            Bad::NotValidYet | Bad::NotValidYetContext { .. } => {
                "its certificate is not valid yet, or the clock of this machine is wrong".into()
            }
            Bad::NotValidForName | Bad::NotValidForNameContext { .. } => {
                "its certificate belongs to another name".into()
            }
            Bad::UnknownIssuer => "its certificate was made by nobody whom this system trusts".into(),
            Bad::Revoked => "its certificate was revoked".into(),
            other => format!("its certificate is not acceptable ({other})"),
        },
        Error::AlertReceived(alert) => format!("it refused to talk ({alert:?})"),
        Error::PeerIncompatible(_) => "it speaks only versions of TLS that are no longer safe".into(),
        other => format!("it does not speak TLS properly ({other})"),
    })
}
