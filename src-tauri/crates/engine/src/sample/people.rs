//! Names of requesters, by where their company lies. Twelve first names and fourteen last names each.

use super::accounts::Region;

type Names = (&'static [&'static str; 12], &'static [&'static str; 14]);

pub(super) fn names(region: Region) -> Names {
    match region {
        Region::British => (
            &[
                "Alice", "Callum", "Fiona", "Gareth", "Harriet", "Imogen", "Lewis", "Niamh", "Oliver", "Rhys",
                "Siobhan", "Tom",
            ],
            &[
                "Ainsworth", "Bexley", "Carrick", "Dunmore", "Eastwood", "Fairley", "Goodall", "Hartnell", "Kinsella",
                "Lockyer", "Maddox", "Pritchard", "Tierney", "Wakefield",
            ],
        ),
        Region::American => (
            &[
                "Aaron", "Brianna", "Curtis", "Denise", "Elena", "Frank", "Hannah", "Jamal", "Kelly", "Marcus",
                "Renee", "Tyler",
            ],
            &[
                "Abbott", "Brannigan", "Castillo", "Delacroix", "Eastman", "Fontaine", "Greer", "Holloway", "Jimenez",
                "Kowalczyk", "Merritt", "Nguyen", "Prescott", "Whitaker",
            ],
        ),
        Region::German => (
            &[
                "Anja", "Bernd", "Claudia", "Dirk", "Elif", "Florian", "Heike", "Jürgen", "Martina", "Sven", "Tanja",
                "Uwe",
            ],
            &[
                "Althaus", "Brandner", "Dietrichs", "Engelhard", "Fuchsberger", "Gräfe", "Hellwig", "Kirchhoff",
                "Lauterbach", "Mühlbauer", "Pohlmann", "Reinders", "Steinkamp", "Wiegand",
            ],
        ),
        Region::Nordic => (
            &[
                "Anders", "Birgit", "Elin", "Frida", "Hanna", "Ida", "Kasper", "Lars", "Mikko", "Nils", "Signe",
                "Tuomas",
            ],
            &[
                "Aalto", "Bergström", "Dahlgren", "Ekholm", "Frisk", "Hagen", "Iversen", "Kjeldsen", "Lindqvist",
                "Mikkelsen", "Nyborg", "Rantanen", "Sandvik", "Toivonen",
            ],
        ),
        Region::French => (
            &[
                "Agathe", "Bastien", "Camille", "Étienne", "Florence", "Hugo", "Inès", "Joris", "Lucie", "Mathilde",
                "Pieter", "Romain",
            ],
            &[
                "Aubertin", "Beaulieu", "Carpentier", "Dumas", "Fournel", "Gaillard", "Lambrecht", "Leclerc",
                "Marchal", "Perrault", "Roussel", "Tanguy", "Vermeulen", "Villard",
            ],
        ),
        Region::Iberian => (
            &[
                "Andrés", "Beatriz", "Carmen", "Diego", "Filipa", "Gonçalo", "Irene", "Joaquim", "Lucía", "Nuria",
                "Rafael", "Teresa",
            ],
            &[
                "Aguilar", "Barroso", "Cordero", "Duarte", "Escudero", "Figueira", "Galindo", "Herrero", "Lozano",
                "Montero", "Pinheiro", "Robledo", "Salgado", "Valverde",
            ],
        ),
        Region::Polish => (
            &[
                "Agnieszka", "Bartosz", "Dorota", "Filip", "Hana", "Jakub", "Kamil", "Lucie", "Magdalena", "Ondřej",
                "Piotr", "Zuzana",
            ],
            &[
                "Adamczyk", "Bielak", "Czerny", "Dvorsky", "Gajewski", "Havel", "Jankowska", "Kolar", "Lis", "Malec",
                "Nowicki", "Pokorny", "Sikora", "Zielinski",
            ],
        ),
        Region::Japanese => (
            &["Akira", "Chie", "Daichi", "Emi", "Haruto", "Kenji", "Mai", "Naoko", "Ryota", "Sakura", "Takumi", "Yuko"],
            &[
                "Aoki", "Fujimoto", "Hayashi", "Ishida", "Kawaguchi", "Matsuda", "Nakagawa", "Okamoto", "Sakamoto",
                "Shimizu", "Takeda", "Ueno", "Wada", "Yoshikawa",
            ],
        ),
        Region::Indian => (
            &[
                "Aditi", "Anand", "Divya", "Gaurav", "Kavita", "Meera", "Nikhil", "Pooja", "Rahul", "Sanjay", "Sneha",
                "Vikram",
            ],
            &[
                "Bhatt", "Chowdhury", "Deshmukh", "Gupta", "Iyer", "Joshi", "Kulkarni", "Menon", "Nair", "Patil",
                "Rao", "Sharma", "Thakur", "Verma",
            ],
        ),
        Region::Levant => (
            &["Adi", "Dana", "Eitan", "Gal", "Hila", "Lior", "Maya", "Noam", "Omer", "Roni", "Shira", "Yonatan"],
            &[
                "Alon", "Bar-Lev", "Carmi", "Dagan", "Eshed", "Golan", "Harel", "Katzir", "Livni", "Mizrahi", "Peled",
                "Regev", "Shaked", "Tamir",
            ],
        ),
        Region::Gulf => (
            &[
                "Ahmed", "Aisha", "Faisal", "Hala", "Huda", "Khalid", "Layla", "Mariam", "Nasser", "Omar", "Salma",
                "Yousef",
            ],
            &[
                "Al-Amri", "Al-Balushi", "Al-Farsi", "Al-Harthy", "Al-Jabri", "Al-Kindi", "Al-Mansoori", "Al-Nuaimi",
                "Al-Qasimi", "Al-Rashdi", "Al-Saadi", "Al-Tamimi", "Al-Yafei", "Al-Zadjali",
            ],
        ),
    }
}
