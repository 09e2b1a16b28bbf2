//! From a name to a connection. The address that is checked is the address that is connected to.

use super::{
    Failure, Proxy, Site, tls,
    wire::{Counts, Spoken, Stream, Wire},
};
use http_body_util::Full;
use hyper::{body::Bytes, client::conn::http1};
use rustls::pki_types::ServerName;
use secrecy::ExposeSecret;
use std::{
    io,
    net::{IpAddr, SocketAddr, ToSocketAddrs},
    sync::Arc,
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinHandle,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use url::Host;

/// How long somebody is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    /// Until a connection stands, TLS included.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub read: Duration,
    /// For one request with its whole answer.
    pub total: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { connect: Duration::from_secs(15), read: Duration::from_secs(30), total: Duration::from_secs(120) }
    }
}

/// Looks a name up. Replaced in tests by one that lies.
pub type Resolve = Arc<dyn Fn(&str, u16) -> io::Result<Vec<SocketAddr>> + Send + Sync>;

/// Asks the system.
pub fn system_resolver() -> Resolve {
    Arc::new(|host, port| (host, port).to_socket_addrs().map(Iterator::collect))
}

/// A connection that requests can follow each other on.
pub(super) struct Connection {
    pub(super) sender: http1::SendRequest<Full<Bytes>>,
    pub(super) counts: Counts,
    driver: JoinHandle<()>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        // Nothing is said after the last answer: what the ledger counted is what passed.
        self.driver.abort();
    }
}

pub(super) struct Route<'a> {
    pub(super) site: &'a Site,
    pub(super) proxy: &'a Proxy,
    pub(super) resolve: &'a Resolve,
    pub(super) tls: &'a Arc<rustls::ClientConfig>,
    pub(super) deadlines: Deadlines,
}

impl Route<'_> {
    pub(super) async fn connect(&self, counts: &Counts) -> Result<Connection, Failure> {
        let host = self.site.authority();
        let silent = |_| Failure::NoConnection { host: host.clone(), cause: io::ErrorKind::TimedOut.into() };
        let stream = timeout(self.deadlines.connect, self.stream(counts)).await.map_err(silent)??;
        let (sender, connection) = http1::handshake(Spoken(stream)).await.map_err(|_| Failure::BrokenOff { host })?;
        let driver = tokio::spawn(async move {
            // How it ended is told to whoever waits for the answer.
            let _ = connection.await;
        });
        Ok(Connection { sender, counts: counts.clone(), driver })
    }

    async fn stream(&self, counts: &Counts) -> Result<Box<dyn Stream>, Failure> {
        let socket = match self.proxy.to(self.site) {
            None => {
                let addresses = self.addresses().await?;
                let checked = |address: &SocketAddr| self.site.admits(address.ip());
                if let Some(bad) = addresses.iter().find(|address| !checked(address)) {
                    return Err(Failure::Forbidden { host: self.site.authority(), ip: bad.ip() });
                }
                self.socket(&addresses).await?
            }
            // Somebody who administers this machine named it, so its address is not ours to judge.
            Some((host, port)) => {
                let addresses = self.look_up(host.to_owned(), port).await?;
                self.socket(&addresses).await?
            }
        };
        // Requests are small and wait for their answers.
        let _ = socket.set_nodelay(true);
        let mut wire = Wire::new(socket, counts.clone(), self.deadlines.read);
        if self.proxy.to(self.site).is_some() {
            self.tunnel(&mut wire).await?;
        }
        if !self.site.https {
            return Ok(Box::new(wire));
        }
        let name = match &self.site.host {
            Host::Domain(name) => ServerName::try_from(name.clone()).map_err(|_| Failure::BadAddress {
                address: name.clone(),
                because: "no certificate can be made for such a name",
            })?,
            Host::Ipv4(ip) => ServerName::from(IpAddr::from(*ip)),
            Host::Ipv6(ip) => ServerName::from(IpAddr::from(*ip)),
        };
        let connector = TlsConnector::from(Arc::clone(self.tls));
        let stream = connector.connect(name, wire).await.map_err(|cause| match tls::refusal(&cause) {
            Some(reason) => Failure::Certificate { host: self.site.authority(), reason },
            None => Failure::NoConnection { host: self.site.authority(), cause },
        })?;
        Ok(Box::new(stream))
    }

    async fn addresses(&self) -> Result<Vec<SocketAddr>, Failure> {
        match &self.site.host {
            Host::Domain(name) => self.look_up(name.clone(), self.site.port).await,
            Host::Ipv4(ip) => Ok(vec![SocketAddr::new((*ip).into(), self.site.port)]),
            Host::Ipv6(ip) => Ok(vec![SocketAddr::new((*ip).into(), self.site.port)]),
        }
    }

    async fn look_up(&self, host: String, port: u16) -> Result<Vec<SocketAddr>, Failure> {
        let (resolve, name) = (Arc::clone(self.resolve), host.clone());
        let found = tokio::task::spawn_blocking(move || resolve(&name, port)).await;
        let found = found.unwrap_or_else(|_| Err(io::ErrorKind::Other.into()));
        match found {
            Ok(found) if !found.is_empty() => Ok(found),
            Ok(_) => Err(Failure::NoName { host, cause: io::ErrorKind::NotFound.into() }),
            Err(cause) => Err(Failure::NoName { host, cause }),
        }
    }

    async fn socket(&self, addresses: &[SocketAddr]) -> Result<TcpStream, Failure> {
        TcpStream::connect(addresses)
            .await
            .map_err(|cause| Failure::NoConnection { host: self.site.authority(), cause })
    }

    async fn tunnel(&self, wire: &mut Wire) -> Result<(), Failure> {
        let failed = |reason: String| Failure::Proxy { proxy: self.proxy.name(), host: self.site.authority(), reason };
        let greeting = self.proxy.greeting(self.site);
        let broken = |cause: io::Error| failed(cause.to_string());
        wire.write_all(greeting.expose_secret().as_bytes()).await.map_err(broken)?;
        let mut answer = Vec::with_capacity(256);
        while !answer.ends_with(b"\r\n\r\n") {
            if answer.len() > 8 << 10 {
                return Err(failed("it does not come to an end".into()));
            }
            answer.push(wire.read_u8().await.map_err(broken)?);
        }
        let line = String::from_utf8_lossy(&answer);
        match line.split(' ').nth(1) {
            Some("200") => Ok(()),
            Some(status) => Err(failed(format!("it answered {}", status.chars().take(3).collect::<String>()))),
            None => Err(failed("it does not speak HTTP".into())),
        }
    }
}
