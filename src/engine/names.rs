//! Names that may mean one person. Two machines write one name in two ways, and nobody notices before
//! their files meet. Nothing is merged here: the log keeps every name as it was written.

use super::text::Person;

/// Shorter names differ by one letter too often by right: Ann and Ana, Li and Lu.
const LONG_ENOUGH: usize = 6;

/// Whether two different spellings are likely to mean one person: alike but for capitals, accents,
/// spaces and punctuation, or one letter apart (added, left out, another one, two swapped) where both
/// have six letters or more. Names with other digits in them are other names: `Nurse 1`, `Nurse 2`.
#[must_use]
pub fn likely_same(one: &Person, other: &Person) -> bool {
    one != other && alike(&plain(one), &plain(other))
}

/// What stays of a name without capitals, accents, spaces and punctuation: two spellings that share it
/// are one name. Nothing stays of a name of signs alone.
#[must_use]
pub fn bare_name(name: &str) -> String {
    plain_letters(name).collect()
}

/// Whether two spellings are one name: equal but for capitals, accents, spaces and punctuation.
#[must_use]
pub fn same_name(one: &Person, other: &Person) -> bool {
    let bare = bare_name(one.as_str());
    one == other || (!bare.is_empty() && bare == bare_name(other.as_str()))
}

/// Groups of spellings that may mean one person, each in the order given. Whoever stands alone is in
/// none of them.
#[must_use]
pub fn likely_same_people<'a>(all: impl IntoIterator<Item = &'a Person>) -> Vec<Vec<&'a Person>> {
    let all: Vec<(&Person, Vec<char>)> = all.into_iter().map(|p| (p, plain(p))).collect();
    // The group of each name, by the place of the group's first one.
    let mut group: Vec<usize> = (0..all.len()).collect();
    for (at, (_, name)) in all.iter().enumerate() {
        for (before, (_, known)) in all.iter().enumerate().take(at) {
            let (old, new) = (group[at].max(group[before]), group[at].min(group[before]));
            if old != new && alike(name, known) {
                group.iter_mut().filter(|place| **place == old).for_each(|place| *place = new);
            }
        }
    }
    let of = |first: usize| -> Vec<&Person> {
        let members = group.iter().zip(&all).filter(|(place, _)| **place == first);
        members.map(|(_, (person, _))| *person).collect()
    };
    (0..all.len()).map(of).filter(|members| members.len() > 1).collect()
}

/// Letters and digits in lower case, without accents.
fn plain(person: &Person) -> Vec<char> {
    plain_letters(person.as_str()).collect()
}

fn plain_letters(name: &str) -> impl Iterator<Item = char> {
    let lower = name.chars().flat_map(char::to_lowercase);
    lower.flat_map(without_accent).filter(|c| c.is_alphanumeric())
}

/// The Latin letters of European names; what is composed of a letter and a mark loses the mark, which
/// is no letter.
fn without_accent(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => ('a', None),
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => ('c', None),
        'ð' | 'ď' | 'đ' => ('d', None),
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => ('e', None),
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => ('g', None),
        'ĥ' | 'ħ' => ('h', None),
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => ('i', None),
        'ĵ' => ('j', None),
        'ķ' => ('k', None),
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => ('l', None),
        'ñ' | 'ń' | 'ņ' | 'ň' => ('n', None),
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => ('o', None),
        'ŕ' | 'ŗ' | 'ř' => ('r', None),
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => ('s', None),
        'ţ' | 'ť' | 'ŧ' | 'ț' => ('t', None),
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => ('u', None),
        'ŵ' => ('w', None),
        'ý' | 'ÿ' | 'ŷ' => ('y', None),
        'ź' | 'ż' | 'ž' => ('z', None),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ß' => ('s', Some('s')),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

fn alike(one: &[char], other: &[char]) -> bool {
    if one.is_empty() || other.is_empty() {
        return false;
    }
    if one == other {
        return true;
    }
    let digits =
        |name: &[char]| name.iter().filter(|c| c.is_numeric()).copied().collect::<Vec<_>>();
    one.len().min(other.len()) >= LONG_ENOUGH
        && one_apart(one, other)
        && digits(one) == digits(other)
}

/// One letter added, left out or replaced, or two neighbours swapped.
fn one_apart(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    match (short, long) {
        ([a, b, short @ ..], [c, d, long @ ..]) if (a, b) == (d, c) && short == long => true,
        ([_, short @ ..], [_, long @ ..]) if short.len() == long.len() => short == long,
        (short, [_, long @ ..]) => short == long,
        (_, []) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str) -> Person {
        Person::new(name).unwrap()
    }

    #[test]
    fn spellings_of_one_name_are_found_and_other_names_are_not() {
        for (one, other, same) in [
            ("Ana Diaz", "ana diaz", true),
            ("Ana Diaz", "Ana Díaz", true),
            ("Ana Diaz", "Ana Di\u{301}az", true),
            ("Ana Diaz", "Ana-Diaz", true),
            ("Ana Diaz", "AnaDiaz.", true),
            ("Ana Diaz", "Ana  Diaz", true),
            ("Ana Diaz", "Anna Diaz", true),
            ("Ana Diaz", "Ana Dia", true),
            ("Ana Diaz", "Ana Dias", true),
            ("Ana Diaz", "Ana Daiz", true),
            ("Ana Diaz", "naA Diaz", true),
            ("Jörg Weiß", "Jorg Weiss", true),
            ("Łukasz Żak", "Lukasz Zak", true),
            ("Søren Ås", "Soren As", true),
            ("李小龍", "李小龍 ", false),
            ("Ana Diaz", "Ana Diaz", false),
            ("Ana Diaz", "Ana Perez", false),
            ("Ana Diaz", "Diaz", false),
            ("Ann", "Ana", false),
            ("Li Wu", "Li Xu", false),
            ("Nurse 1", "Nurse 2", false),
            ("Nurse 1", "Nurse 11", false),
            ("Nurse 1", "nurse1", true),
            ("---", "...", false),
            ("Benjamin", "Benjamni", true),
            ("Benjamin", "Bejnamni", false),
        ] {
            let (one, other) = (person(one), person(other));
            assert_eq!(likely_same(&one, &other), same, "{one} / {other}");
            assert_eq!(likely_same(&other, &one), same, "{other} / {one}");
        }
    }

    #[test]
    fn spellings_share_what_stays_of_them() {
        for (one, other, same) in [
            ("Ana Diaz", "ANA  Di\u{301}az.", true),
            ("Jörg Weiß", "Jorg-Weiss", true),
            ("Ana Diaz", "Ana Dias", false),
            ("---", "", true),
        ] {
            assert_eq!(bare_name(one) == bare_name(other), same, "{one} / {other}");
        }
    }

    #[test]
    fn groups_hold_every_spelling_and_nobody_twice() {
        let names = ["Ana Diaz", "Ben Ito", "ana diaz", "Cleo Marsh", "Ana Dias", "BEN ITO"];
        let people: Vec<Person> = names.iter().map(|name| person(name)).collect();
        let groups: Vec<Vec<&str>> = likely_same_people(&people)
            .into_iter()
            .map(|group| group.into_iter().map(Person::as_str).collect())
            .collect();
        assert_eq!(groups, [vec!["Ana Diaz", "ana diaz", "Ana Dias"], vec!["Ben Ito", "BEN ITO"]]);
        assert!(likely_same_people([]).is_empty());
    }

    #[test]
    fn two_groups_become_one_when_a_name_stands_between_them() {
        let names = ["Ana Diazz", "Ana Dias", "Ana Diaz"].map(person);
        assert_eq!(likely_same_people(&names).len(), 1);
    }
}
