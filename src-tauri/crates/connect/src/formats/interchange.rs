//! The interchange format: one object to a line, `kind` says what it is.

use super::{Object, Reason};
use domain::{
    Audience, AuthorRole, BodyFormat, Change, Comment, Hop, KnownError, KnownErrorState, Link, LinkKind,
    ResolutionClass, Status, Ticket,
};
use serde::Deserialize;

pub(crate) fn read(record: &str, changes: &mut Vec<Change>) -> Result<(), Reason> {
    let mut object = Object::parse(record)?;
    let kind = object.text("kind")?;
    changes.push(match kind.as_deref() {
        Some("ticket") => Change::Ticket(Box::new(ticket(object)?)),
        Some("comment") => Change::Comment(comment(object)?),
        Some("hop") => Change::Hop(hop(object)?),
        Some("known_error") => Change::KnownError(Box::new(known_error(object)?)),
        Some("delete") => Change::Delete { ticket: object.needed("ticket")? },
        Some(kind) => {
            return Err(format!("\"{kind}\" is no kind of record; use ticket, comment, hop, known_error or delete"));
        }
        None => return Err("it has no \"kind\"".into()),
    });
    Ok(())
}

fn ticket(mut object: Object<'_>) -> Result<Ticket, Reason> {
    let id = object.needed("id")?;
    let (created, updated) = (object.time("created_at")?, object.time("updated_at")?);
    let resolution = object.text("resolution")?;
    let resolution_class = match object.text("resolution_class")? {
        Some(word) => {
            Some(ResolutionClass::parse(&word).ok_or_else(|| format!("\"resolution_class\" cannot be \"{word}\""))?)
        }
        None => resolution.as_deref().and_then(ResolutionClass::from_label),
    };
    let mut ticket = Ticket {
        service: Default::default(),
        subject: object.text("subject")?.unwrap_or_default(),
        body: object.text("body")?.unwrap_or_default(),
        body_format: object.choice("body_format", BodyFormat::parse)?,
        status: object.choice("status", Status::parse)?,
        priority: object.text("priority")?,
        product: object.text("product")?,
        components: either(&mut object, "components", "component")?,
        affected_versions: either(&mut object, "affected_versions", "version")?,
        fix_versions: either(&mut object, "fix_versions", "fix_version")?,
        environment: object.text("environment")?,
        requester: object.text("requester")?,
        account: object.text("account")?,
        group: object.text("group")?,
        assignee: object.text("assignee")?,
        tags: object.list("tags")?,
        created_at: created.or(updated).ok_or("it has neither \"created_at\" nor \"updated_at\"")?,
        updated_at: updated.or(created).unwrap_or_default(),
        solved_at: object.time("solved_at")?,
        resolution,
        resolution_class,
        merged_into: object.text("merged_into")?,
        links: links(&mut object, &id)?,
        url: object.text("url")?,
        id,
        extra: serde_json::Map::new(),
    };
    if ticket.subject.is_empty() && ticket.body.is_empty() {
        return Err("it has neither \"subject\" nor \"body\"".into());
    }
    ticket.extra = object.rest();
    Ok(ticket)
}

/// Both names are taken, so that neither is left over.
fn either(object: &mut Object<'_>, many: &str, one: &str) -> Result<Vec<String>, Reason> {
    let mut list = object.list(many)?;
    for item in object.list(one)? {
        if !list.contains(&item) {
            list.push(item);
        }
    }
    Ok(list)
}

#[derive(Deserialize)]
struct LinkLine {
    kind: String,
    to: String,
}

fn links(object: &mut Object<'_>, own: &str) -> Result<Vec<Link>, Reason> {
    let mut links: Vec<Link> =
        object.list("duplicate_of")?.into_iter().map(|to| Link { kind: LinkKind::DuplicateOf, to }).collect();
    for LinkLine { kind, to } in object.parsed::<Option<Vec<LinkLine>>>("links")?.flatten().unwrap_or_default() {
        let kind = LinkKind::parse(&kind).ok_or_else(|| format!("\"{kind}\" is no kind of link"))?;
        let link = Link { kind, to };
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links.retain(|link| link.to != own);
    Ok(links)
}

fn comment(mut object: Object<'_>) -> Result<Comment, Reason> {
    Ok(Comment {
        links: Vec::new(),
        ticket: object.needed("ticket")?,
        id: object.needed("id")?,
        author: object.text("author")?,
        author_role: object.choice("author_role", AuthorRole::parse)?,
        public: match object.take("public")? {
            public if public.is_nothing() => true,
            public => public.flag().ok_or("\"public\" must be true or false")?,
        },
        body: object.text("body")?.unwrap_or_default(),
        body_format: object.choice("body_format", BodyFormat::parse)?,
        created_at: object.time("created_at")?.ok_or("it has no \"created_at\"")?,
    })
}

fn hop(mut object: Object<'_>) -> Result<Hop, Reason> {
    Ok(Hop {
        ticket: object.needed("ticket")?,
        at: object.time("at")?.ok_or("it has no \"at\"")?,
        from_group: object.text("from_group")?,
        to_group: object.text("to_group")?,
        by: object.text("by")?,
    })
}

fn known_error(mut object: Object<'_>) -> Result<KnownError, Reason> {
    let (created, updated) = (object.time("created_at")?, object.time("updated_at")?);
    let count =
        |object: &mut Object<'_>, key| object.parsed::<Option<u32>>(key).map(|found| found.flatten().unwrap_or(0));
    Ok(KnownError {
        id: object.needed("id")?,
        title: object.needed("title")?,
        state: object.choice("state", KnownErrorState::parse)?,
        cause: object.text("cause")?,
        product: object.text("product")?,
        components: either(&mut object, "components", "component")?,
        affected_versions: either(&mut object, "affected_versions", "version")?,
        fix_versions: either(&mut object, "fix_versions", "fix_version")?,
        workaround: object.list("workaround")?,
        workaround_worked: count(&mut object, "workaround_worked")?,
        workaround_tried: count(&mut object, "workaround_tried")?,
        eta_at: object.time("eta_at")?,
        eta_by: object.text("eta_by")?,
        owner: object.text("owner")?,
        tickets: object.list("tickets")?,
        error_text: object.text("error_text")?,
        url: object.text("url")?,
        // They are files of the team's folder.
        concepts: Vec::new(),
        audience: object.parsed::<Option<Audience>>("audience")?.flatten(),
        created_at: created.or(updated).unwrap_or_default(),
        updated_at: updated.or(created).unwrap_or_default(),
    })
}
