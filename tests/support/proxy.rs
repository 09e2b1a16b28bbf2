//! A forward proxy that passes tunnels on and keeps a record of what it saw: hosts and bytes.

use std::{
    io::{Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

/// One tunnel, or one request that was refused.
#[derive(Clone, Default)]
pub struct Tunnel {
    /// `host:port` as it was asked for.
    pub to: String,
    /// From the client and to it, the greeting included.
    bytes: Arc<(AtomicU64, AtomicU64)>,
}

impl Tunnel {
    pub fn bytes(&self) -> (u64, u64) {
        (self.bytes.0.load(Ordering::SeqCst), self.bytes.1.load(Ordering::SeqCst))
    }
}

pub struct RecordingProxy {
    pub address: SocketAddr,
    tunnels: Arc<Mutex<Vec<Tunnel>>>,
}

impl RecordingProxy {
    /// Whatever is asked for, it leads to `server`.
    pub fn to(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let tunnels: Arc<Mutex<Vec<Tunnel>>> = Arc::default();
        let record = Arc::clone(&tunnels);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let (client, record) = (client.unwrap(), Arc::clone(&record));
                std::thread::spawn(move || pass_on(client, server, &record));
            }
        });
        Self { address, tunnels }
    }

    pub fn tunnels(&self) -> Vec<Tunnel> {
        self.tunnels.lock().unwrap().clone()
    }
}

fn pass_on(mut client: TcpStream, server: SocketAddr, record: &Mutex<Vec<Tunnel>>) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && client.read(&mut byte).unwrap_or(0) == 1 {
        head.push(byte[0]);
    }
    let head_text = String::from_utf8_lossy(&head).into_owned();
    let tunnel = Tunnel { to: head_text.split(' ').nth(1).unwrap_or_default().to_owned(), ..Tunnel::default() };
    record.lock().unwrap().push(tunnel.clone());
    tunnel.bytes.0.fetch_add(head.len() as u64, Ordering::SeqCst);
    let answer: &[u8] =
        if head_text.starts_with("CONNECT ") { b"HTTP/1.1 200 Connected\r\n\r\n" } else { b"HTTP/1.1 405 No\r\n\r\n" };
    tunnel.bytes.1.fetch_add(answer.len() as u64, Ordering::SeqCst);
    client.write_all(answer).unwrap();
    if answer.ends_with(b"No\r\n\r\n") {
        return;
    }
    let there = TcpStream::connect(server).unwrap();
    let left = AtomicBool::new(false);
    let (mut from_client, mut to_server) = (client.try_clone().unwrap(), there.try_clone().unwrap());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut buffer = [0; 16 << 10];
            while let Ok(count @ 1..) = from_client.read(&mut buffer) {
                tunnel.bytes.0.fetch_add(count as u64, Ordering::SeqCst);
                if to_server.write_all(&buffer[..count]).is_err() {
                    break;
                }
            }
            // From here on nobody is there to receive anything.
            left.store(true, Ordering::SeqCst);
            let _ = to_server.shutdown(Shutdown::Both);
        });
        let (mut from_server, mut to_client) = (there, client);
        let mut buffer = [0; 16 << 10];
        while let Ok(count @ 1..) = from_server.read(&mut buffer) {
            if left.load(Ordering::SeqCst) || to_client.write_all(&buffer[..count]).is_err() {
                break;
            }
            tunnel.bytes.1.fetch_add(count as u64, Ordering::SeqCst);
        }
        let _ = to_client.shutdown(Shutdown::Both);
    });
}
