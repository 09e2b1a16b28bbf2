//! The customers: companies that sell, store and ship things, and three people in each who write tickets.

use super::random::Random;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    British,
    American,
    German,
    Nordic,
    French,
    Iberian,
    Polish,
    Japanese,
    Indian,
    Levant,
    Gulf,
}

pub(super) struct Account {
    pub(super) name: &'static str,
    pub(super) region: Region,
    pub(super) plan: &'static str,
}

/// People of one company who write.
pub(super) const PEOPLE: usize = 3;

const ENTERPRISE: &str = "enterprise";
const PRO: &str = "pro";
const STARTER: &str = "starter";

const fn account(name: &'static str, region: Region, plan: &'static str) -> Account {
    Account { name, region, plan }
}

pub(super) const ACCOUNTS: [Account; 80] = [
    account("Alderbrook Foods", Region::British, ENTERPRISE),
    account("Ashcombe Tools", Region::British, PRO),
    account("Barrowgate Timber", Region::British, PRO),
    account("Castlemoor Books", Region::British, STARTER),
    account("Dunleary Marine", Region::British, PRO),
    account("Fenwright Lighting", Region::British, PRO),
    account("Hollowell Garden", Region::British, STARTER),
    account("Inverdale Outdoor", Region::British, PRO),
    account("Kilbranna Dairy", Region::British, ENTERPRISE),
    account("Larchmont Medical", Region::British, PRO),
    account("Pennfield Parts", Region::British, PRO),
    account("Rosehearty Fish", Region::British, STARTER),
    account("Stonecroft Kitchens", Region::British, ENTERPRISE),
    account("Thornbury Textiles", Region::British, PRO),
    account("Bluewater Ridge Supply", Region::American, ENTERPRISE),
    account("Cedar Hollow Pets", Region::American, PRO),
    account("Copperline Electric", Region::American, ENTERPRISE),
    account("Eastbank Coffee Roasters", Region::American, STARTER),
    account("Fox River Hardware", Region::American, PRO),
    account("Granite Bay Sports", Region::American, PRO),
    account("Juniper & Vale Home", Region::American, PRO),
    account("Lakehurst Pharmacy Group", Region::American, ENTERPRISE),
    account("Maple Crossing Tires", Region::American, PRO),
    account("Prairie Line Seeds", Region::American, PRO),
    account("Saltmarsh Surf", Region::American, STARTER),
    account("Tamarack Office", Region::American, PRO),
    account("Windrow Farm Machines", Region::American, ENTERPRISE),
    account("Bergmoos Naturkost", Region::German, PRO),
    account("Donauwerk Ersatzteile", Region::German, ENTERPRISE),
    account("Eichtal Möbel", Region::German, PRO),
    account("Falkenried Werkzeuge", Region::German, ENTERPRISE),
    account("Hafenkontor Tee", Region::German, STARTER),
    account("Isarblick Optik", Region::German, PRO),
    account("Kaltenbrunn Getränke", Region::German, ENTERPRISE),
    account("Lindenhof Apotheken", Region::German, PRO),
    account("Moorweg Fahrräder", Region::German, PRO),
    account("Nordlicht Bürobedarf", Region::German, PRO),
    account("Rebstock Wein", Region::German, STARTER),
    account("Seeberg Elektro", Region::German, PRO),
    account("Tannwald Holzbau", Region::German, PRO),
    account("Björkdal Interiör", Region::Nordic, PRO),
    account("Fjordhavn Seafood", Region::Nordic, ENTERPRISE),
    account("Granskog Paper", Region::Nordic, PRO),
    account("Havblik Bådudstyr", Region::Nordic, STARTER),
    account("Isbjerg Cold Chain", Region::Nordic, ENTERPRISE),
    account("Koivula Design", Region::Nordic, STARTER),
    account("Norrvik Verktyg", Region::Nordic, PRO),
    account("Solvang Cykler", Region::Nordic, PRO),
    account("Atelier Clairval", Region::French, PRO),
    account("Boisrive Emballages", Region::French, PRO),
    account("Comptoir des Halles Vertes", Region::French, STARTER),
    account("Fermes du Val d'Orne", Region::French, ENTERPRISE),
    account("Lumicar Pièces Auto", Region::French, ENTERPRISE),
    account("Maison Terrasol", Region::French, PRO),
    account("Van der Meent Bloemen", Region::French, PRO),
    account("Azulejos Mirador", Region::Iberian, STARTER),
    account("Bodegas Peña Clara", Region::Iberian, PRO),
    account("Costa Brisa Moda", Region::Iberian, PRO),
    account("Ferretería Los Arcos", Region::Iberian, PRO),
    account("Porto Ribeira Conservas", Region::Iberian, ENTERPRISE),
    account("Sierra Blanca Ópticas", Region::Iberian, STARTER),
    account("Bursztyn Meble", Region::Polish, PRO),
    account("Dolina Zdrowia", Region::Polish, PRO),
    account("Karpaty Sport", Region::Polish, STARTER),
    account("Morava Autodíly", Region::Polish, ENTERPRISE),
    account("Wisłok Narzędzia", Region::Polish, PRO),
    account("Asahigaoka Stationery", Region::Japanese, PRO),
    account("Hoshizora Toys", Region::Japanese, PRO),
    account("Kitanami Foods", Region::Japanese, ENTERPRISE),
    account("Midoriya Garden Supply", Region::Japanese, STARTER),
    account("Tsubame Kitchenware", Region::Japanese, PRO),
    account("Chandra Textiles", Region::Indian, PRO),
    account("Himadri Organics", Region::Indian, PRO),
    account("Narmada Pumps", Region::Indian, ENTERPRISE),
    account("Sahyadri Spices", Region::Indian, PRO),
    account("Carmel Ridge Medical", Region::Levant, PRO),
    account("Galil Fresh", Region::Levant, STARTER),
    account("Oryx Gate Trading", Region::Gulf, ENTERPRISE),
    account("Pearl Creek Electronics", Region::Gulf, PRO),
    account("Wadi Noor Furniture", Region::Gulf, PRO),
];

impl Account {
    /// `bergmoos-naturkost.example`: a domain that nobody can own.
    pub(super) fn domain(&self) -> String {
        let words = self.name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!("{}.example", words.map(plain_letters).collect::<Vec<_>>().join("-"))
    }

    pub(super) fn region_tag(&self) -> &'static str {
        match self.region {
            Region::American => "us",
            Region::Japanese | Region::Indian => "apac",
            Region::Levant | Region::Gulf => "mea",
            Region::British => "uk",
            _ => "eu",
        }
    }

    /// Where its people's clocks stand.
    pub(super) fn zone(&self) -> &'static str {
        match self.region {
            Region::British => "Europe/London",
            Region::American => "America/Chicago",
            Region::German => "Europe/Berlin",
            Region::Nordic => "Europe/Stockholm",
            Region::French => "Europe/Paris",
            Region::Iberian => "Europe/Madrid",
            Region::Polish => "Europe/Warsaw",
            Region::Japanese => "Asia/Tokyo",
            Region::Indian => "Asia/Kolkata",
            Region::Levant => "Asia/Beirut",
            Region::Gulf => "Asia/Dubai",
        }
    }

    /// Written in the field *environment*, always the same for one company.
    pub(super) fn environment(&self, number: usize) -> &'static str {
        const HOSTED: [&str; 3] =
            ["hosted, region eu-central", "hosted, region us-east", "hosted, region ap-northeast"];
        const OWN: [&str; 5] = [
            "on premises, Windows Server 2022",
            "on premises, Debian 12",
            "on premises, RHEL 9, two application servers",
            "on premises, three application servers behind a load balancer",
            "on premises, single server",
        ];
        let hosted = match self.region_tag() {
            "us" => 1,
            "apac" => 2,
            _ => 0,
        };
        let own = OWN.get(number % OWN.len()).copied().unwrap_or_default();
        if number % 5 < 3 { HOSTED.get(hosted).copied().unwrap_or_default() } else { own }
    }
}

pub(super) struct Person {
    pub(super) first: &'static str,
    pub(super) last: &'static str,
    pub(super) job: &'static str,
}

impl Person {
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    /// What the helpdesk keeps of somebody who writes: their work, and what they may do.
    pub(super) fn permissions(&self) -> &'static str {
        match self.job {
            "IT Administrator" | "Application Owner" => "administrator",
            "Accounting" | "Purchasing" | "Head of Logistics" | "Operations" => "edit and approve",
            _ => "edit",
        }
    }

    pub(super) fn login(&self) -> String {
        let initial: String = plain_letters(self.first).chars().take(1).collect();
        format!("{initial}.{}", plain_letters(self.last))
    }

    pub(super) fn address(&self, account: &Account) -> String {
        format!("{}.{}@{}", plain_letters(self.first), plain_letters(self.last), account.domain())
    }
}

/// One of the three who write for an account. Nobody has the name of somebody else.
pub(super) fn person(account: usize, which: usize) -> Person {
    const JOBS: [&str; 9] = [
        "IT Administrator", "Warehouse Lead", "Accounting", "E-Commerce Manager", "Head of Logistics",
        "Customer Service", "Application Owner", "Purchasing", "Operations",
    ];
    let region = ACCOUNTS.get(account).map_or(Region::British, |account| account.region);
    let before = ACCOUNTS.iter().take(account).filter(|other| other.region == region).count();
    let number = before * PEOPLE + which;
    let (first, last) = super::people::names(region);
    // Twelve and one share no factor with fourteen: no pair comes twice.
    let place = number % first.len();
    let (first, last) = (first.get(place).copied(), last.get((number / first.len() + number) % last.len()).copied());
    let job = JOBS.get((account * 2 + which * 5) % JOBS.len()).copied();
    Person { first: first.unwrap_or_default(), last: last.unwrap_or_default(), job: job.unwrap_or_default() }
}

/// How many days after its release an account takes a version up.
pub(super) fn lag(account: usize, product: &str) -> i64 {
    let seed =
        product.bytes().fold(account as u64 + 1, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut random = Random::new(seed);
    // Most wait some weeks, a few never seem to come round to it.
    if random.chance(20) { random.between(80, 160) } else { random.between(3, 70) }
}

/// `Wisłok` → `wislok`: what stands in front of an `@`.
fn plain_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ä' | 'á' | 'à' | 'â' | 'å' | 'ą' => plain.push('a'),
            'ö' | 'ó' | 'ø' | 'ô' => plain.push('o'),
            'ü' | 'ú' | 'ů' => plain.push('u'),
            'é' | 'è' | 'ê' | 'ě' | 'ę' | 'ë' => plain.push('e'),
            'í' | 'ï' | 'ý' => plain.push('i'),
            'ñ' | 'ń' | 'ň' => plain.push('n'),
            'ł' => plain.push('l'),
            'ß' => plain.push_str("ss"),
            'ż' | 'ź' | 'ž' => plain.push('z'),
            'ś' | 'š' => plain.push('s'),
            'ç' | 'č' | 'ć' => plain.push('c'),
            'ř' => plain.push('r'),
            letter if letter.is_ascii_alphanumeric() => plain.push(letter),
            _ => {}
        }
    }
    plain
}
