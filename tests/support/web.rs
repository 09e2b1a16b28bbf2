//! A web server of our own on loopback: every byte of an answer is ours, so that it can be as wrong as needed.

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
        mpsc,
    },
    time::Duration,
};

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub fn query(&self, name: &str) -> Option<String> {
        let (_, query) = self.path.split_once('?')?;
        query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(str::to_owned)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub fault: Fault,
}

#[derive(Clone, Debug, Default)]
pub enum Fault {
    #[default]
    None,
    /// The connection is reset after so many bytes of the body.
    Reset(usize),
    /// The connection ends after so many bytes of the body.
    Cut(usize),
    /// The announced length is this, whatever is sent.
    Length(usize),
    /// One byte of the body at a time, with so long between them.
    Drip(Duration),
}

impl Answer {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, body: body.into(), ..Self::default() }
    }

    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    pub fn failing(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }

    pub fn gzipped(self) -> Self {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(&self.body).unwrap();
        let body = packed.finish().unwrap();
        Self { body, ..self }.with("content-encoding", "gzip")
    }
}

type Handler = dyn Fn(&Asked) -> Answer + Send + Sync;
type Twist = Box<dyn FnMut(&Asked, Answer) -> Answer + Send>;

/// Stops listening when it is dropped.
pub struct Web {
    pub address: SocketAddr,
    state: Arc<State>,
}

struct State {
    handler: Box<Handler>,
    twist: Mutex<Option<Twist>>,
    tls: Option<Arc<ServerConfig>>,
    asked: Mutex<Vec<Asked>>,
    in_flight: AtomicUsize,
    most_in_flight: AtomicUsize,
    bytes: (AtomicU64, AtomicU64),
    stop: AtomicBool,
}

impl Web {
    pub fn serve(handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::over(None, Box::new(handler))
    }

    pub fn serve_tls(tls: Arc<ServerConfig>, handler: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        Self::over(Some(tls), Box::new(handler))
    }

    fn over(tls: Option<Arc<ServerConfig>>, handler: Box<Handler>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State {
            handler,
            twist: Mutex::default(),
            tls,
            asked: Mutex::default(),
            in_flight: AtomicUsize::new(0),
            most_in_flight: AtomicUsize::new(0),
            bytes: Default::default(),
            stop: AtomicBool::new(false),
        });
        let mine = Arc::clone(&state);
        std::thread::spawn(move || {
            for socket in listener.incoming() {
                if mine.stop.load(Ordering::SeqCst) {
                    return;
                }
                let state = Arc::clone(&mine);
                std::thread::spawn(move || {
                    // A client that leaves in the middle is what some tests are about.
                    let _ = state.talk(socket.unwrap());
                });
            }
        });
        Self { address, state }
    }

    /// Every true answer goes through here first, whatever answers. It may change what answers.
    pub fn twist(&self, twist: impl FnMut(&Asked, Answer) -> Answer + Send + 'static) {
        *self.state.twist.lock().unwrap() = Some(Box::new(twist));
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.state.asked.lock().unwrap().len()
    }

    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }

    pub fn most_in_flight(&self) -> usize {
        self.state.most_in_flight.load(Ordering::SeqCst)
    }

    /// What came in and what went out, as the sockets saw it.
    pub fn bytes(&self) -> (u64, u64) {
        (self.state.bytes.0.load(Ordering::SeqCst), self.state.bytes.1.load(Ordering::SeqCst))
    }
}

impl Drop for Web {
    fn drop(&mut self) {
        self.state.stop.store(true, Ordering::SeqCst);
        // It looks when somebody comes.
        let _ = TcpStream::connect(self.address);
    }
}

/// Counts what passes.
struct Counted<'a>(TcpStream, &'a State);

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.0.read(into)?;
        self.1.bytes.0.fetch_add(count as u64, Ordering::SeqCst);
        Ok(count)
    }
}

impl Write for Counted<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.0.write(bytes)?;
        self.1.bytes.1.fetch_add(count as u64, Ordering::SeqCst);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl State {
    fn talk(&self, socket: TcpStream) -> io::Result<()> {
        let control = socket.try_clone()?;
        let wire = Counted(socket, self);
        match &self.tls {
            None => self.answer_all(wire, &control),
            Some(config) => {
                let connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
                self.answer_all(StreamOwned::new(connection, wire), &control)
            }
        }
    }

    fn answer_all(&self, stream: impl Read + Write, control: &TcpStream) -> io::Result<()> {
        let mut stream = BufReader::new(stream);
        while let Some(asked) = read_head(&mut stream)? {
            let now = self.in_flight.fetch_add(1, Ordering::SeqCst) + 1;
            self.most_in_flight.fetch_max(now, Ordering::SeqCst);
            self.asked.lock().unwrap().push(asked.clone());
            let mut answer = (self.handler)(&asked);
            if let Some(twist) = self.twist.lock().unwrap().as_mut() {
                answer = twist(&asked, answer);
            }
            let over = || self.in_flight.fetch_sub(1, Ordering::SeqCst);
            if !send(stream.get_mut(), control, &answer, over)? {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn read_head(stream: &mut impl BufRead) -> io::Result<Option<Asked>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end() {
            "" => break,
            line => lines.push(line.to_owned()),
        }
    }
    let word = |n| lines[0].split(' ').nth(n).unwrap().to_owned();
    let (method, path) = (word(0), word(1));
    let pair = |line: &String| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
    let mut asked = Asked { method, path, headers: lines[1..].iter().filter_map(pair).collect(), body: String::new() };
    if let Some(length) = asked.header("content-length") {
        let mut body = vec![0; length.parse().unwrap()];
        stream.read_exact(&mut body)?;
        asked.body = String::from_utf8(body).unwrap();
    }
    Ok(Some(asked))
}

/// `false`: the connection is over. `over` is told before the last byte leaves: the next request may come at once.
fn send(
    stream: &mut impl Write,
    control: &TcpStream,
    answer: &Answer,
    over: impl FnOnce() -> usize,
) -> io::Result<bool> {
    let length = if let Fault::Length(length) = answer.fault { length } else { answer.body.len() };
    let mut head = format!("HTTP/1.1 {} Some words\r\ncontent-length: {length}\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str("\r\n");
    if !matches!(answer.fault, Fault::None) || answer.body.is_empty() {
        over();
        stream.write_all(head.as_bytes())?;
    } else {
        stream.write_all(head.as_bytes())?;
        over();
    }
    match answer.fault {
        Fault::None | Fault::Length(_) => {
            stream.write_all(&answer.body)?;
            stream.flush()?;
            Ok(matches!(answer.fault, Fault::None))
        }
        Fault::Cut(after) | Fault::Reset(after) => {
            stream.write_all(&answer.body[..after.min(answer.body.len())])?;
            stream.flush()?;
            if let Fault::Reset(_) = answer.fault {
                socket2::SockRef::from(control).set_linger(Some(Duration::ZERO))?;
            }
            Ok(false)
        }
        Fault::Drip(pause) => {
            // Nobody ever sends: this is only a way to let time pass.
            let (_keep, never) = mpsc::channel::<()>();
            for byte in &answer.body {
                stream.write_all(&[*byte])?;
                stream.flush()?;
                let _ = never.recv_timeout(pause);
            }
            Ok(false)
        }
    }
}
