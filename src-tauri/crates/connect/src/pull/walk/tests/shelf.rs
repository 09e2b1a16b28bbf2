use super::super::{
    super::listed::{Detail, Todo, each},
    *,
};
use serde_json::{Value, json};
use std::sync::Mutex;

/// A server in memory, with the faults that servers have.
#[derive(Default)]
pub(super) struct Shelf {
    records: Mutex<Vec<(u64, i64)>>,
    pub(super) reach: Option<Reach>,
    /// Whole pages are turned.
    pub(super) paged: bool,
    pub(super) deaf: bool,
    /// Pages are turned, and nothing else of what is asked is heard: always the newest first.
    pub(super) timeless: bool,
    /// No `date` header.
    pub(super) dateless: bool,
    pub(super) asked: Mutex<Vec<String>>,
    site: Option<Site>,
}

impl Shelf {
    /// So many records, a little more than a minute apart.
    pub(super) fn with(records: u64) -> Walk<Self> {
        let records = (1..=records).map(|id| (id, 1_700_000_000 + 61 * i64::try_from(id).unwrap())).collect();
        Walk(Self {
            records: Mutex::new(records),
            site: Some(Site::parse("https://shelf.example", false).unwrap()),
            ..Self::default()
        })
    }

    pub(super) fn touch(&self, id: u64, at: i64) {
        let mut records = self.records.lock().unwrap();
        records.retain(|(other, _)| *other != id);
        records.push((id, at));
    }

    /// What the server says to a request.
    pub(super) fn answer(&self, request: &Request) -> Response {
        self.asked.lock().unwrap().push(request.path.clone());
        let headers = if self.dateless {
            Vec::new()
        } else {
            vec![("date".to_owned(), "Sat, 01 Jan 2028 00:00:00 GMT".to_owned())]
        };
        let get = |name: &str| {
            request.path.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('=')?.parse::<i64>().ok())
        };
        if request.path.starts_with("detail") {
            return Response { status: 200, headers, body: request.path.clone().into_bytes() };
        }
        let mut records = self.records.lock().unwrap().clone();
        if !self.deaf {
            records
                .retain(|(_, at)| get("from").is_none_or(|from| *at >= from) && get("to").is_none_or(|to| *at <= to));
            records.retain(|(id, _)| get("below").is_none_or(|below| i64::try_from(*id).unwrap() < below));
        }
        if self.timeless {
            records = self.records.lock().unwrap().clone();
        }
        match if self.timeless { 1 } else { get("order").unwrap() } {
            0 => records.sort_by_key(|(id, at)| (*at, *id)),
            1 => records.sort_by_key(|(id, at)| std::cmp::Reverse((*at, *id))),
            2 => records.sort_by_key(|(id, _)| *id),
            _ => records.sort_by_key(|(id, _)| std::cmp::Reverse(*id)),
        }
        let (skip, size) = (get("skip").unwrap(), get("size").unwrap());
        let skip = if self.paged { skip / size * size } else { skip };
        assert!(self.reach != Some(Reach::Since) || get("to").is_none(), "it knows no end");
        let total = records.len();
        let skip = if self.deaf { 0 } else { usize::try_from(skip).unwrap() };
        let page: Vec<Value> = records
            .into_iter()
            .skip(skip)
            .take(usize::try_from(size).unwrap())
            .map(|(id, at)| json!({ "id": id, "at": at }))
            .collect();
        Response { status: 200, headers, body: json!({ "page": page, "total": total }).to_string().into_bytes() }
    }
}

impl Listed for Shelf {
    fn site(&self) -> &Site {
        self.site.as_ref().unwrap()
    }

    fn default_name(&self) -> String {
        "shelf".into()
    }

    fn authorization(&self, token: &SecretString) -> SecretString {
        token.clone()
    }

    fn page_size(&self) -> usize {
        20
    }

    fn reach(&self) -> Reach {
        self.reach.unwrap_or(Reach::Window)
    }

    fn counts_pages(&self) -> bool {
        self.paged
    }

    fn list(&self, window: &Window, purpose: &'static str) -> Request {
        let order = match window.order {
            Order::Oldest => 0,
            Order::Newest => 1,
            Order::Created => 2,
            Order::LastCreated => 3,
        };
        let mut path = format!("list&order={order}&skip={}&size={}", window.skip, window.size);
        let seconds = |at: Millis| at.0.div_euclid(1000);
        path += &window.from.map(|from| format!("&from={}", seconds(from))).unwrap_or_default();
        path += &window.to.map(|to| format!("&to={}", seconds(to))).unwrap_or_default();
        path += &window.below.map(|below| format!("&below={below}")).unwrap_or_default();
        Request { path, purpose, ..Request::default() }
    }

    fn listed(&self, window: &Window, response: &Response) -> Result<Listing, Failure> {
        let body: Value = serde_json::from_slice(&response.body).unwrap();
        let texts: Vec<String> = body["page"].as_array().unwrap().iter().map(Value::to_string).collect();
        let raws: Vec<Box<serde_json::value::RawValue>> =
            texts.into_iter().map(|text| serde_json::value::RawValue::from_string(text).unwrap()).collect();
        let mut listing = Listing { total: body["total"].as_u64(), ..Listing::default() };
        each(&raws.iter().map(|raw| &**raw).collect::<Vec<_>>(), &mut listing, |record, changes| {
            let record: Value = serde_json::from_str(record).unwrap();
            let id = record["id"].to_string();
            changes.push(Change::Delete { ticket: id.clone() });
            Ok(Seen { todo: Some(Todo::of(&id)), id, at: Millis(record["at"].as_i64().unwrap() * 1000) })
        });
        listing.more = listing.total.map(|total| window.skip + listing.held < usize::try_from(total).unwrap());
        Ok(listing)
    }

    fn detail(&self, todo: &Todo) -> Request {
        Request { path: format!("detail&id={}", todo.id), ..Request::default() }
    }

    fn detailed(&self, _: &Todo, _: &Response) -> Result<Detail, Failure> {
        Ok(Detail::default())
    }

    fn test(&self) -> Request {
        Request::default()
    }

    fn tested(&self, _: &Response) -> Result<Found, Failure> {
        unreachable!("nobody tests it")
    }

    fn one(&self, _: &str) -> Request {
        Request::default()
    }

    fn found(&self, _: &str, _: &Response) -> Result<Fate, Failure> {
        Ok(Fate::Gone)
    }
}
