//! The server: which port it takes, and how connections are served.

use std::io::{Error, ErrorKind};
use std::net::{IpAddr, SocketAddr, TcpListener as StdListener, ToSocketAddrs, UdpSocket};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, Uri};
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::compression::CompressionLayer;

use super::page::{EVENTS_PATH, SCRIPT, SCRIPT_PATH};
use super::{Newest, Settings, events, guard, http};

/// The port that is tried first: mdBook's.
pub const DEFAULT_PORT: u16 = 3000;
/// How many ports are tried.
const PORTS: u16 = 100;
/// How many connections are open at once.
const CONNECTIONS: usize = 512;
/// How long the head of a request may be, in bytes, and how long it may take.
const HEAD: usize = 32 << 10;
const HEAD_TIME: Duration = Duration::from_secs(15);

/// Where the server listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Address(pub SocketAddr);

impl Address {
    /// The address of the server for this machine's browser, without a path.
    pub fn url(&self) -> String {
        let ip = match self.0.ip() {
            ip if ip.is_unspecified() && ip.is_ipv4() => IpAddr::from([127, 0, 0, 1]),
            ip if ip.is_unspecified() => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(ip, self.0.port()))
    }

    /// Whether other machines can reach it.
    pub fn is_open(&self) -> bool {
        !self.0.ip().is_loopback()
    }

    /// The address of the server for other machines, where the system knows one.
    pub fn outside_url(&self) -> Option<String> {
        if !self.0.ip().is_unspecified() {
            return Some(self.url());
        }
        // Nothing is sent: connecting a UDP socket only chooses the address to send from. The
        // address is one of those for documentation (RFC 5737).
        let socket = UdpSocket::bind((self.0.ip(), 0)).ok()?;
        socket.connect(("192.0.2.1", 9)).ok()?;
        let ip = socket.local_addr().ok()?.ip();
        Some(format!("http://{}", SocketAddr::new(ip, self.0.port())))
    }
}

/// Takes a port of a host: the one asked for, else the first free one from [`DEFAULT_PORT`].
pub fn bind(host: &str, port: Option<u16>) -> Result<(StdListener, Address), Error> {
    let ports = match port {
        Some(port) => port..=port,
        None => DEFAULT_PORT..=DEFAULT_PORT + (PORTS - 1),
    };
    let mut failed = Error::from(ErrorKind::AddrNotAvailable);
    for port in ports {
        let addresses: Vec<SocketAddr> = (host, port).to_socket_addrs()?.collect();
        match StdListener::bind(&*addresses) {
            Ok(listener) => {
                let address = Address(listener.local_addr()?);
                return Ok((listener, address));
            }
            Err(error) if error.kind() == ErrorKind::AddrInUse => failed = error,
            Err(error) => return Err(error),
        }
    }
    Err(failed)
}

/// What answers are made from.
pub struct Shared {
    /// Where the newest snapshot is.
    pub newest: Arc<Newest>,
    /// How the site is served.
    pub settings: Arc<Settings>,
}

/// A server that has its port.
pub struct Server {
    listener: StdListener,
    app: Router,
}

impl Server {
    /// A server of the newest snapshots.
    pub fn new(listener: StdListener, newest: Arc<Newest>, settings: Settings) -> Server {
        Server { listener, app: app(newest, settings) }
    }

    /// Serves until Ctrl-C (or the system's request to end). An error says why it could not start.
    pub fn run(self) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            self.listener.set_nonblocking(true)?;
            let listener = TcpListener::from_std(self.listener)?;
            let ended = ended()?;
            tokio::spawn(accept(listener, self.app));
            ended.await;
            Ok(())
        })
    }
}

#[cfg(unix)]
fn ended() -> Result<impl Future<Output = ()>, Error> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::pin! {
            let first = interrupt.recv();
            let second = terminate.recv();
        }
        futures_util::future::select(first, second).await;
    })
}

#[cfg(not(unix))]
fn ended() -> Result<impl Future<Output = ()>, Error> {
    Ok(async {
        // Without the signal the process is ended by the system.
        let _ = tokio::signal::ctrl_c().await;
    })
}

fn app(newest: Arc<Newest>, settings: Settings) -> Router {
    let settings = Arc::new(settings);
    let shared = Arc::new(Shared { newest, settings: settings.clone() });
    let mut app = Router::new();
    if settings.reload {
        app = app.route(EVENTS_PATH, get(events::events)).route(SCRIPT_PATH, get(script));
    }
    app.fallback(file)
        .with_state(shared)
        .layer(CompressionLayer::new())
        .layer(map_response(http::weaken))
        .layer(from_fn_with_state(settings, guard::guard))
}

async fn script() -> impl IntoResponse {
    ([(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")], SCRIPT)
}

async fn file(State(shared): State<Arc<Shared>>, uri: Uri, headers: HeaderMap) -> Response {
    let snapshot = shared.newest.borrow().clone();
    http::answer(&snapshot, &uri, &headers, shared.settings.reload)
}

async fn accept(listener: TcpListener, app: Router) {
    let slots = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(slot) = slots.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, or a client that has left already.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        // Small answers go out at once; without it they only go out later.
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(app.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD_TIME).max_buf_size(HEAD);
            // A client that breaks off is its own affair.
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(slot);
        });
    }
}
