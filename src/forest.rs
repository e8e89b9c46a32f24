//! Boosted decision trees: many small trees whose leaves add up to the log-odds of a yes.
//!
//! A file of trees has a line for each node: `feature threshold yes no` with the lines to go to, counted from the root of
//! its tree, where the feature is less than the threshold and where it is not, or `= value` for a leaf. A blank line ends a
//! tree. Lines that begin with `#` are comments.

use std::sync::LazyLock;

/// A node of a tree.
#[derive(Clone, Copy, Debug)]
enum Node {
    Split { feature: u8, threshold: f32, less: u16, more: u16 },
    Leaf(f32),
}

/// Trees, each with its root first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Forest(Vec<Vec<Node>>);

impl Forest {
    /// Reads trees from their lines; a line that is none is left out.
    fn parse(text: &str) -> Forest {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let mut trees = vec![Vec::new()];
        for line in lines {
            match node(line) {
                Some(node) => trees.last_mut().into_iter().for_each(|tree: &mut Vec<Node>| tree.push(node)),
                None => trees.push(Vec::new()),
            }
        }
        Forest(trees.into_iter().filter(|tree| !tree.is_empty()).collect())
    }

    /// How likely a yes is, from 0 to 1. A feature that is missing is 0.
    pub fn probability(&self, features: &[f32]) -> f32 {
        let odds: f32 = self.0.iter().map(|tree| leaf(tree, features)).sum();
        1.0 / (1.0 + (-odds).exp())
    }
}

/// The trees that decide whether two values are one figure that contradicts itself.
pub(crate) static CONFLICTS: LazyLock<Forest> =
    LazyLock::new(|| Forest::parse(include_str!("../data/en/conflicts.trees")));

/// The leaf to which the features lead; 0 where a tree has none.
fn leaf(tree: &[Node], features: &[f32]) -> f32 {
    let mut at = 0;
    // a way through a tree is never longer than the tree
    for _ in 0..tree.len() {
        match tree.get(at) {
            Some(Node::Split { feature, threshold, less, more }) => {
                let value = features.get(usize::from(*feature)).copied().unwrap_or_default();
                at = usize::from(if value < *threshold { *less } else { *more });
            }
            Some(Node::Leaf(value)) => return *value,
            None => return 0.0,
        }
    }
    0.0
}

fn node(line: &str) -> Option<Node> {
    let mut words = line.split_whitespace();
    let first = words.next()?;
    let value = words.next()?.parse().ok()?;
    if first == "=" {
        return Some(Node::Leaf(value));
    }
    Some(Node::Split {
        feature: first.parse().ok()?,
        threshold: value,
        less: words.next()?.parse().ok()?,
        more: words.next()?.parse().ok()?,
    })
}
