//! Which product lives where: product and component → repository → folder. Guessed from the names until somebody says.

use crate::{
    Engine, Error, Result,
    api::{
        args::CodeMapArgs,
        view::{CodeHomeView, CodeMapView},
    },
    open::Core,
};
use domain::Question;
use std::sync::PoisonError;

/// Where it is kept: it is a person's choice.
const KEY: &str = "code.map";
const MOST: usize = 200;
/// Shorter names say too little to be told apart by a part of them.
const SHORTEST: usize = 4;

pub(crate) fn get(engine: &Engine) -> Result<CodeMapView> {
    in_core(&engine.core)
}

pub(super) fn in_core(core: &Core) -> Result<CodeMapView> {
    let store = &core.store;
    let products = store.groups_and_products()?.products;
    let repos: Vec<String> = store.repos()?.into_iter().map(|repo| repo.name.to_string()).collect();
    let kept = kept(core)?;
    let guessed = kept.is_none();
    let mut homes = kept.unwrap_or_else(|| guess(&products, &repos));
    // What is said of a repository that was removed since waits for it.
    homes.retain(|home| repos.contains(&home.repo));
    Ok(CodeMapView { homes, guessed, products })
}

/// Puts these in the place of the old ones; none brings the guesses back.
pub(crate) fn set(engine: &Engine, args: &CodeMapArgs) -> Result<CodeMapView> {
    engine.must_own()?;
    let repos = engine.core.store.repos()?;
    if args.homes.len() > MOST {
        return Err(Error::BadInput(format!("at most {MOST} products and components can be told where they live")));
    }
    let mut homes = Vec::new();
    for home in &args.homes {
        let product = home.product.trim();
        if product.is_empty() {
            return Err(Error::BadInput("name the product, as its tickets do".into()));
        }
        if !repos.iter().any(|repo| repo.name.as_str() == home.repo) {
            return Err(Error::NotFound { what: "repository", id: home.repo.clone() });
        }
        let folder = home.folder.trim().replace('\\', "/");
        let parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
        if folder.starts_with('/') || parts.contains(&"..") || folder.len() > 500 {
            let why = format!("\"{folder}\" is no folder of a repository: write it from there, as services/cart");
            return Err(Error::BadInput(why));
        }
        let component = home.component.as_deref().map(str::trim).filter(|name| !name.is_empty());
        homes.push(CodeHomeView {
            product: product.into(),
            component: component.map(str::to_owned),
            repo: home.repo.clone(),
            folder: parts.join("/"),
        });
    }
    let kept = if homes.is_empty() { String::new() } else { serde_json::to_string(&homes).unwrap_or_default() };
    engine.core.store.set_preference(KEY, &kept)?;
    // What sources tell of a product may be of another repository now.
    engine.core.known.lock().unwrap_or_else(PoisonError::into_inner).clear();
    get(engine)
}

/// Where the code of a question's product lives. `None` where nothing says so: it may be anywhere.
pub(super) fn homes(engine: &Engine, question: &Question) -> Result<Option<Vec<CodeHomeView>>> {
    let Some(product) = &question.product else { return Ok(None) };
    let mut homes = get(engine)?.homes;
    homes.retain(|home| home.product.eq_ignore_ascii_case(product));
    let of_component = |home: &CodeHomeView| {
        let component = home.component.as_deref();
        component.is_some_and(|name| question.components.iter().any(|other| other.eq_ignore_ascii_case(name)))
    };
    // What is said of the component goes before what is said of the whole product.
    if homes.iter().any(of_component) {
        homes.retain(of_component);
    } else {
        homes.retain(|home| home.component.is_none());
    }
    Ok((!homes.is_empty()).then_some(homes))
}

/// Whether a file lies in a folder; in the empty one lies everything.
pub(super) fn lies_in(path: &str, folder: &str) -> bool {
    folder.is_empty() || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn kept(core: &Core) -> Result<Option<Vec<CodeHomeView>>> {
    let all = core.store.preferences()?;
    let kept = all.into_iter().find(|(key, value)| key == KEY && !value.is_empty());
    // What another version wrote otherwise is guessed anew.
    Ok(kept.and_then(|(_, value)| serde_json::from_str(&value).ok()))
}

/// Where there is one repository, it is everybody's; of several, the one that is called as the product is.
fn guess(products: &[String], repos: &[String]) -> Vec<CodeHomeView> {
    let folded = |name: &str| name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let home = |product: &String, repo: &String| CodeHomeView {
        product: product.clone(),
        component: None,
        repo: repo.clone(),
        folder: String::new(),
    };
    let found = products.iter().filter_map(|product| {
        if let [only] = repos {
            return Some(home(product, only));
        }
        let name = folded(product);
        let alike = |repo: &&String| {
            let other = folded(repo);
            let part = |whole: &str, part: &str| part.len() >= SHORTEST && whole.contains(part);
            name == other || part(&name, &other) || part(&other, &name)
        };
        let mut alike = repos.iter().filter(alike);
        let first = alike.next()?;
        // Two that fit are no guess.
        alike.next().is_none().then(|| home(product, first))
    });
    found.take(MOST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_product_is_guessed_to_live_where_the_name_says_so_and_nowhere_where_two_do() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let told = |products: &[&str], repos: &[&str]| {
            let found = guess(&names(products), &names(repos));
            found.into_iter().map(|home| format!("{} {}", home.product, home.repo)).collect::<Vec<_>>()
        };
        assert_eq!(told(&["Storefront", "Scanner"], &["shop"]), ["Storefront shop", "Scanner shop"]);
        assert_eq!(told(&["Store Front", "Scanner"], &["storefront", "docs"]), ["Store Front storefront"]);
        assert_eq!(told(&["Scanner"], &["scanner-ios", "scanner-android"]), Vec::<String>::new());
        assert_eq!(told(&["POS"], &["composer", "docs"]), Vec::<String>::new(), "too short to be a part");
        assert_eq!(told(&["Storefront"], &[]), Vec::<String>::new());
    }

    #[test]
    fn a_file_lies_in_a_folder_and_not_in_one_that_is_only_called_alike() {
        for (path, folder, lies) in [
            ("services/cart/a.rs", "services/cart", true),
            ("services/cartoon/a.rs", "services/cart", false),
            ("a.rs", "", true),
            ("services/cart", "services/cart", false),
        ] {
            assert_eq!(lies_in(path, folder), lies, "{path} {folder}");
        }
    }
}
