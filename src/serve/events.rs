//! What open pages are told: that they have changed, and what is wrong.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use tokio::sync::watch;

use super::guard::is_same_origin;
use super::page::{Version, version};
use super::server::Shared;
use super::snapshot::Snapshot;

/// An open page: its address, and what it shows.
#[derive(Debug, Deserialize)]
pub struct Tab {
    path: String,
    content: String,
    style: String,
}

/// Opens the stream of a page. It is told at once if it is not what is served now: a page survives
/// a restart of the server.
pub async fn events(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    tab: Query<Tab>,
) -> Response {
    if !is_same_origin(&headers) {
        return (StatusCode::FORBIDDEN, "only for pages of this server\n").into_response();
    }
    let newest = shared.newest.subscribe();
    let listener = Listener { newest, tab: tab.0, problems: None, waiting: VecDeque::new() };
    let stream = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let alive = KeepAlive::new().interval(Duration::from_secs(15));
    Sse::new(stream).keep_alive(alive).into_response()
}

struct Listener {
    newest: watch::Receiver<Arc<Snapshot>>,
    tab: Tab,
    problems: Option<Arc<str>>,
    waiting: VecDeque<Event>,
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.problems.is_some() {
                self.newest.changed().await.ok()?;
            }
            let snapshot = self.newest.borrow_and_update().clone();
            self.look(&snapshot);
        }
    }

    /// Compares what the page shows with what is served.
    fn look(&mut self, snapshot: &Snapshot) {
        if self.problems.as_ref() != Some(&snapshot.problems) {
            self.problems = Some(snapshot.problems.clone());
            self.waiting.push_back(Event::default().event("problems").data(&*snapshot.problems));
        }
        let Version { content, style, sheets } = version(snapshot, &self.tab.path);
        let (content, style) = (content.to_string(), style.to_string());
        let name = match (content == self.tab.content, style == self.tab.style) {
            (true, true) => return,
            (true, false) => "style",
            (false, _) => "reload",
        };
        let data = json!({ "content": content, "style": style, "sheets": sheets });
        self.waiting.push_back(Event::default().event(name).data(data.to_string()));
        (self.tab.content, self.tab.style) = (content, style);
    }
}
