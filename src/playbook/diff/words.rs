//! Two texts word by word.

/// A run of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both texts.
    Same(String),
    /// Only in the old one.
    Gone(String),
    /// Only in the new one.
    New(String),
}

/// What one word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Same,
    Gone,
    New,
}

/// The texts as one, with what went and what came. White space alone is no difference in words: texts
/// that differ in nothing else are one run.
pub(super) fn pieces(was: &str, now: &str) -> Vec<Piece> {
    let (was, now): (Vec<&str>, Vec<&str>) =
        (was.split_whitespace().collect(), now.split_whitespace().collect());
    let head = was.iter().zip(&now).take_while(|(a, b)| a == b).count();
    let (old, new) = (&was[head..], &now[head..]);
    let tail = old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old, new) = (&old[..old.len() - tail], &new[..new.len() - tail]);
    let mut marked: Vec<(Kind, &str)> =
        was[..head].iter().map(|word| (Kind::Same, *word)).collect();
    between(old, new, &mut marked);
    marked.extend(was[was.len() - tail..].iter().map(|word| (Kind::Same, *word)));
    marked.chunk_by(|a, b| a.0 == b.0).map(run).collect()
}

/// The longest common row of words, as a table: texts of 8 KiB have at most 4096 words.
fn between<'t>(old: &[&'t str], new: &[&'t str], marked: &mut Vec<(Kind, &'t str)>) {
    let width = new.len() + 1;
    let mut common = vec![0_u16; (old.len() + 1) * width];
    for (i, a) in old.iter().enumerate().rev() {
        for (j, b) in new.iter().enumerate().rev() {
            common[i * width + j] = if a == b {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            marked.push((Kind::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1]
        {
            marked.push((Kind::Gone, old[i]));
            i += 1;
        } else {
            marked.push((Kind::New, new[j]));
            j += 1;
        }
    }
}

fn run(words: &[(Kind, &str)]) -> Piece {
    let text = words.iter().map(|(_, word)| *word).collect::<Vec<_>>().join(" ");
    match words.first().map(|(kind, _)| *kind) {
        Some(Kind::Gone) => Piece::Gone(text),
        Some(Kind::New) => Piece::New(text),
        Some(Kind::Same) | None => Piece::Same(text),
    }
}
