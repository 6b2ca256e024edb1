//! Circles in "comes after": steps that wait for each other would wait for ever.

use super::super::findings::Span;

/// For each step, the steps it waits for, and where the file says so.
pub(super) type Waits = Vec<Vec<(usize, Span)>>;

/// Every circle, each as its steps with the place that leads on to the next one, starting with the
/// step that comes first in the file. Linear in the number of places.
pub(super) fn circles(waits: &Waits) -> Vec<Vec<(usize, Span)>> {
    let stuck = stuck(waits);
    let mut walk = vec![0_usize; waits.len()];
    let mut all = Vec::new();
    for start in 0..waits.len() {
        if !stuck[start] || walk[start] > 0 {
            continue;
        }
        let mut path: Vec<(usize, Span)> = Vec::new();
        let mut at = start;
        while walk[at] == 0 {
            walk[at] = start + 1;
            // A stuck step waits for another stuck one: that is what makes it one.
            let Some(next) = waits[at].iter().find(|(next, _)| stuck[*next]) else { break };
            path.push((at, next.1));
            at = next.0;
        }
        if walk[at] == start + 1
            && let Some(from) = path.iter().position(|(step, _)| *step == at)
        {
            let mut circle = path.split_off(from);
            let first = (0..circle.len()).min_by_key(|place| circle[*place].0).unwrap_or(0);
            circle.rotate_left(first);
            all.push(circle);
        }
    }
    all
}

/// Which steps are left after taking away, again and again, every step that waits for nothing.
fn stuck(waits: &Waits) -> Vec<bool> {
    let mut open: Vec<usize> = waits.iter().map(Vec::len).collect();
    let mut followers = vec![Vec::new(); waits.len()];
    for (step, before) in waits.iter().enumerate() {
        for (one, _) in before {
            followers[*one].push(step);
        }
    }
    let mut free: Vec<usize> = (0..waits.len()).filter(|step| open[*step] == 0).collect();
    while let Some(step) = free.pop() {
        for follower in &followers[step] {
            open[*follower] -= 1;
            if open[*follower] == 0 {
                free.push(*follower);
            }
        }
    }
    open.into_iter().map(|open| open > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(waits: &[&[usize]], expected: &[&[usize]]) {
        let here = Span { start: 0, end: 0 };
        let waits = waits.iter().map(|all| all.iter().map(|one| (*one, here)).collect()).collect();
        let found: Vec<Vec<usize>> =
            circles(&waits).iter().map(|all| all.iter().map(|(step, _)| *step).collect()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_circle_is_found_once_and_starts_with_its_first_step() {
        check(&[], &[]);
        check(&[&[], &[0], &[0, 1]], &[]);
        check(&[&[1], &[0]], &[&[0, 1]]);
        check(&[&[1], &[2], &[1]], &[&[1, 2]]);
        check(&[&[2], &[0], &[1], &[4], &[3], &[0, 3]], &[&[0, 2, 1], &[3, 4]]);
        check(&[&[], &[0, 2], &[3], &[1]], &[&[1, 2, 3]]);
    }
}
