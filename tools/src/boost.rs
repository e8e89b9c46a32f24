//! Gradient boosting of small trees for a yes or no, with Newton steps on the log-odds.

/// How trees are grown.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// How many trees.
    pub trees: usize,
    /// By how much of its best step each of them goes on.
    pub rate: f64,
    /// Leaves of a tree.
    pub leaves: usize,
    /// Examples in a leaf at least.
    pub least: usize,
    /// Ridge penalty on the value of a leaf.
    pub ridge: f64,
}

/// A node of a tree, with the nodes to go to where a feature is less than the threshold and where it is not.
#[derive(Clone, Debug)]
pub enum Node {
    Split { feature: usize, threshold: f32, less: usize, more: usize },
    Leaf(f64),
}

/// Trees whose leaves add up to the log-odds of a yes.
#[derive(Clone, Debug, Default)]
pub struct Trees(pub Vec<Vec<Node>>);

impl Trees {
    /// Learns from examples: features and whether the answer is yes.
    pub fn train(examples: &[(&[f32], bool)], recipe: Recipe) -> Trees {
        let yes = examples.iter().filter(|e| e.1).count().max(1) as f64;
        let prior = (yes / (examples.len() as f64 - yes).max(1.0)).ln();
        let mut odds = vec![prior; examples.len()];
        let mut trees = vec![vec![Node::Leaf(prior)]];
        let orders = Orders::new(examples);
        for _ in 0..recipe.trees {
            let slopes: Vec<Slope> = odds.iter().zip(examples).map(|(o, e)| Slope::new(*o, e.1)).collect();
            let tree = grow(examples, &orders, &slopes, recipe);
            for (odds, example) in odds.iter_mut().zip(examples) {
                *odds += leaf(&tree, example.0);
            }
            trees.push(tree);
        }
        Trees(trees)
    }

    /// How likely a yes is.
    pub fn probability(&self, features: &[f32]) -> f64 {
        let odds: f64 = self.0.iter().map(|tree| leaf(tree, features)).sum();
        1.0 / (1.0 + (-odds).exp())
    }

    /// The trees as `src/forest.rs` reads them.
    pub fn write(&self) -> String {
        let mut out = String::new();
        for tree in &self.0 {
            for node in tree {
                out += &match node {
                    Node::Leaf(value) => format!("= {value:.4}\n"),
                    Node::Split { feature, threshold, less, more } => {
                        format!("{feature} {threshold} {less} {more}\n")
                    }
                };
            }
            out.push('\n');
        }
        out
    }
}

/// First and second derivative of the loss by the log-odds.
#[derive(Clone, Copy, Debug, Default)]
struct Slope {
    first: f64,
    second: f64,
}

impl Slope {
    fn new(odds: f64, yes: bool) -> Slope {
        let p = 1.0 / (1.0 + (-odds).exp());
        Slope { first: p - f64::from(u8::from(yes)), second: p * (1.0 - p) }
    }

    fn add(&mut self, other: Slope) {
        self.first += other.first;
        self.second += other.second;
    }

    fn gain(self, ridge: f64) -> f64 {
        self.first * self.first / (self.second + ridge)
    }
}

/// The examples in the order of each feature.
struct Orders(Vec<Vec<u32>>);

impl Orders {
    fn new(examples: &[(&[f32], bool)]) -> Orders {
        let features = examples.first().map_or(0, |e| e.0.len());
        let order = |f: usize| {
            let mut order: Vec<u32> = (0..examples.len() as u32).collect();
            order.sort_by(|a, b| examples[*a as usize].0[f].total_cmp(&examples[*b as usize].0[f]));
            order
        };
        Orders((0..features).map(order).collect())
    }
}

/// The best way to divide the examples of a leaf.
#[derive(Clone, Copy)]
struct Cut {
    feature: usize,
    threshold: f32,
    gain: f64,
}

/// A tree that grows where it gains most.
fn grow(examples: &[(&[f32], bool)], orders: &Orders, slopes: &[Slope], recipe: Recipe) -> Vec<Node> {
    let mut place = vec![0; examples.len()];
    let mut tree = vec![Node::Leaf(0.0)];
    let mut cuts = vec![cut(examples, orders, slopes, &place, 0, recipe)];
    for _ in 1..recipe.leaves {
        let best = cuts.iter().enumerate().filter_map(|(n, cut)| Some((n, (*cut)?)));
        let Some((n, found)) = best.max_by(|a, b| a.1.gain.total_cmp(&b.1.gain)) else { break };
        let (less, more) = (tree.len(), tree.len() + 1);
        tree[n] = Node::Split { feature: found.feature, threshold: found.threshold, less, more };
        tree.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
        for (place, example) in place.iter_mut().zip(examples).filter(|(place, _)| **place == n) {
            *place = if example.0[found.feature] < found.threshold { less } else { more };
        }
        cuts[n] = None;
        cuts.extend([less, more].map(|leaf| cut(examples, orders, slopes, &place, leaf, recipe)));
    }
    let mut sums = vec![Slope::default(); tree.len()];
    for (place, slope) in place.iter().zip(slopes) {
        sums[*place].add(*slope);
    }
    for (node, sum) in tree.iter_mut().zip(sums) {
        if let Node::Leaf(value) = node {
            *value = -recipe.rate * sum.first / (sum.second + recipe.ridge);
        }
    }
    tree
}

fn cut(
    examples: &[(&[f32], bool)],
    orders: &Orders,
    slopes: &[Slope],
    place: &[usize],
    leaf: usize,
    recipe: Recipe,
) -> Option<Cut> {
    let (mut total, mut count) = (Slope::default(), 0);
    for (_, slope) in place.iter().zip(slopes).filter(|(place, _)| **place == leaf) {
        total.add(*slope);
        count += 1;
    }
    let mut best: Option<Cut> = None;
    for (feature, order) in orders.0.iter().enumerate() {
        let (mut below, mut seen, mut last) = (Slope::default(), 0, f32::NEG_INFINITY);
        for i in order.iter().map(|i| *i as usize).filter(|i| place[*i] == leaf) {
            let value = examples[i].0[feature];
            if value > last && seen >= recipe.least && count - seen >= recipe.least {
                let above = Slope { first: total.first - below.first, second: total.second - below.second };
                let gain = below.gain(recipe.ridge) + above.gain(recipe.ridge) - total.gain(recipe.ridge);
                if gain > best.map_or(1e-9, |b| b.gain) {
                    best = Some(Cut { feature, threshold: (last + value) / 2.0, gain });
                }
            }
            below.add(slopes[i]);
            (seen, last) = (seen + 1, value);
        }
    }
    best
}

fn leaf(tree: &[Node], features: &[f32]) -> f64 {
    let mut at = 0;
    loop {
        match &tree[at] {
            Node::Leaf(value) => return *value,
            Node::Split { feature, threshold, less, more } => {
                at = if features[*feature] < *threshold { *less } else { *more };
            }
        }
    }
}
