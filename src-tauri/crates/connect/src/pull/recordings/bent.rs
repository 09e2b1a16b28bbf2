//! Answers in which one value is missing, or is not what it should be.

use super::{
    is_whole, records,
    served::{Served, Told},
    tape::Exchange,
};
use crate::http::Response;
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

/// Records of a page that are bent, and how many of a longer list within one.
const FEW: usize = 3;

/// By these a record, or a part of one, is known and ordered; and the last ones say whether it leaves anything here.
const VITAL: [&str; 9] =
    ["id", "created_at", "updated_at", "created", "updated", "type", "system", "events", "web_url"];

/// Tries every value of the first records, and everything beside them. Answers how many.
pub(super) fn try_all(exchange: &Exchange, served: &Served, body: Value, wrong: &mut BTreeSet<String>) -> usize {
    let mut body = body;
    shorten(&mut body);
    let mut places = Vec::new();
    walk(&body, String::new(), &mut places);
    let mut tried = 0;
    for place in places {
        for bent in [None].into_iter().chain(strange(body.pointer(&place)).into_iter().map(Some)) {
            let mut other = body.clone();
            match &bent {
                Some(value) => *other.pointer_mut(&place).unwrap() = value.clone(),
                None if !remove(&mut other, &place) => continue,
                None => {}
            }
            tried += 1;
            if let Err(reason) = holds(served, &body, &other, &place) {
                let said = bent.map_or("gone".to_owned(), |value| format!("= {value}"));
                let plain: Vec<&str> =
                    place.split('/').map(|key| if key.parse::<usize>().is_ok() { "*" } else { key }).collect();
                let at = format!("{} {} {}", exchange.service, served.endpoint, plain.join("/"));
                wrong.insert(format!("\n{at} {said}: {reason}"));
            }
        }
    }
    tried
}

fn holds(served: &Served, whole: &Value, bent: &Value, place: &str) -> Result<(), String> {
    let read = |body: &Value| {
        let answer = Response { status: 200, headers: Vec::new(), body: body.to_string().into_bytes() };
        catch_unwind(AssertUnwindSafe(|| (served.read)(&answer))).map_err(|_| "it panics".to_owned())
    };
    let told = read(bent)?;
    // The answer is no page any more, or the only record is not one.
    let is_root = place.is_empty() || served.list.is_some_and(|list| list == place) || served.list.is_none();
    let own = [served.needs.concat(), VITAL.to_vec()].concat();
    let list = served.list.unwrap_or_default();
    // What says where a list goes on may say that it cannot be gone on from; `null` is no such word.
    let beside = !list.is_empty() && !place.starts_with(list);
    let plain = |value: Option<&Value>| value.is_none_or(Value::is_null);
    let Ok(Told { read: now, bad }) = told else {
        let may = is_root || beside && !plain(bent.pointer(place));
        return if may { Ok(()) } else { Err(format!("the whole page is lost: {}", told.unwrap_err())) };
    };
    if is_root {
        return Ok(());
    }
    let count = |body: &Value| {
        let records = records(served, body);
        let whole = records.iter().filter(|record| is_whole(record, served)).count();
        (whole, records.len() - whole)
    };
    let ((before, _), (after, lost)) = (count(whole), count(bent));
    // A value by which a record, or a part of it, is known or ordered costs that record, where it says nothing.
    let keys: Vec<&str> = place.strip_prefix(list).unwrap_or(place).trim_start_matches('/').split('/').collect();
    let vital = keys.len() == 1 || keys.iter().rev().take(2).any(|key| own.contains(key));
    if bad.len() > lost + usize::from(vital) {
        return Err(format!("a record is lost: {}", bad.first().map(|bad| bad.reason.as_str()).unwrap_or_default()));
    }
    if now + usize::from(vital) < before.min(after) {
        return Err(format!("{now} of {before} records are left"));
    }
    Ok(())
}

/// In the place of a value, what it is not.
fn strange(value: Option<&Value>) -> Vec<Value> {
    let mut others = vec![
        json!(null),
        json!("strange"),
        json!("7"),
        json!(7),
        json!(-1.5e300),
        json!(u64::MAX),
        json!(true),
        json!([]),
        json!(["a", 1, null, {}]),
        json!({}),
        json!({ "id": 3, "name": [] }),
    ];
    // The same number as a text.
    others.extend(value.filter(|value| value.is_number()).map(|number| json!(number.to_string())));
    others
}

fn remove(body: &mut Value, place: &str) -> bool {
    let Some((parent, key)) = place.rsplit_once('/') else { return false };
    let object = body.pointer_mut(parent).and_then(Value::as_object_mut);
    object.is_some_and(|object| object.remove(&key.replace("~1", "/").replace("~0", "~")).is_some())
}

fn shorten(value: &mut Value) {
    match value {
        Value::Array(items) => {
            items.truncate(FEW);
            items.iter_mut().for_each(shorten);
        }
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}

fn walk(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, item)| walk(item, format!("{place}/{at}"), places))
        }
        Value::Object(fields) => fields.iter().for_each(|(key, item)| {
            walk(item, format!("{place}/{}", key.replace('~', "~0").replace('/', "~1")), places)
        }),
        _ => {}
    }
    places.push(place);
}
