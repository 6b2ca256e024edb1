//! A picture of a terminal's screen, as an SVG of text: no fonts, no scripts, nothing from elsewhere.

use std::fmt::Write as _;

use vt100::{Cell, Color, Screen};

/// One cell, and the room around the screen; all in pixels.
const WIDE: f32 = 8.4;
const HIGH: f32 = 18.0;
const MARGIN: f32 = 16.0;
/// From the top of a cell to the line that letters stand on.
const BASE: f32 = 13.5;

/// Dark on light; every colour has a contrast of more than 4.5 to 1 on the ground.
const STYLE: &str = "\
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;\
fill:#1f2328;white-space:pre}\
.bold{font-weight:700}.dim{fill:#656d76}.red{fill:#b3261e}.yellow{fill:#7a5200}.green{fill:#1a6b32}";

/// The screen as it is, with its cursor.
pub(crate) fn svg(screen: &Screen, title: &str) -> String {
    let (rows, cols) = screen.size();
    let width = f32::from(cols.get()) * WIDE + 2.0 * MARGIN;
    let height = f32::from(rows.get()) * HIGH + 2.0 * MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" xml:space=\"preserve\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\" fill=\"#fcfcfa\" \
         stroke=\"#c8ccd1\"/>\n",
        escaped(title),
        width - 1.0,
        height - 1.0,
    );
    let (row, col) = screen.cursor_position();
    let (left, top) = (left(col), MARGIN + f32::from(row) * HIGH);
    writeln!(
        svg,
        "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{WIDE}\" height=\"{HIGH}\" fill=\"#b6bcc4\"/>"
    )
    .unwrap();
    for row in 0..rows.get() {
        line(&mut svg, screen, row);
    }
    svg + "</svg>\n"
}

/// One row: a text for every run of cells that look the same, so that nothing leaves its column
/// whatever the font.
fn line(svg: &mut String, screen: &Screen, row: u16) {
    let (_, cols) = screen.size();
    let mut runs: Vec<(u16, String, String)> = Vec::new();
    for col in 0..cols.get() {
        let cell = screen.cell(row, col).unwrap();
        let (look, words) = (look(cell), if cell.has_contents() { cell.contents() } else { " " });
        match runs.last_mut().filter(|(_, before, _)| *before == look) {
            Some((_, _, run)) => run.push_str(words),
            None => runs.push((col, look, words.to_owned())),
        }
    }
    let base = MARGIN + f32::from(row) * HIGH + BASE;
    for (col, look, run) in runs {
        let words = run.trim();
        if words.is_empty() {
            continue;
        }
        let count = |text: &str| u16::try_from(text.chars().count()).unwrap();
        let indent = count(&run) - count(run.trim_start());
        let (left, length) = (left(col + indent), f32::from(count(words)) * WIDE);
        let class = if look.is_empty() { String::new() } else { format!(" class=\"{look}\"") };
        let place = format!("x=\"{left:.1}\" y=\"{base:.1}\" textLength=\"{length:.1}\"");
        writeln!(svg, "<text {place}{class}>{}</text>", escaped(words)).unwrap();
    }
}

fn left(col: u16) -> f32 {
    MARGIN + f32::from(col) * WIDE
}

fn look(cell: &Cell) -> String {
    let colour = match cell.fgcolor() {
        Color::Idx(1 | 9) => "red",
        Color::Idx(2 | 10) => "green",
        Color::Idx(3 | 11) => "yellow",
        Color::Default => "",
        other => panic!("the program shows a colour that the picture does not know: {other:?}"),
    };
    let bold = if cell.bold() { "bold" } else { "" };
    let dim = if cell.dim() { "dim" } else { "" };
    let words = [bold, dim, colour];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The rows of text that a picture shows, trimmed at the end: read from the picture alone.
pub(crate) fn rows(svg: &str, count: u16) -> Vec<String> {
    let mut rows = vec![String::new(); usize::from(count)];
    for line in svg.lines().filter(|line| line.starts_with("<text ")) {
        let top = (attribute(line, "y") - BASE - MARGIN) / HIGH;
        let row = (0..count).find(|row| (f32::from(*row) - top).abs() < 0.1).unwrap();
        let row = &mut rows[usize::from(row)];
        let col = (attribute(line, "x") - MARGIN) / WIDE;
        while f32::from(u16::try_from(row.chars().count()).unwrap()) + 0.5 < col {
            row.push(' ');
        }
        let words = line.split_once('>').unwrap().1.split_once("</text>").unwrap().0;
        row.push_str(&words.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&"));
    }
    rows
}

fn attribute(line: &str, name: &str) -> f32 {
    let rest = line.split_once(&format!(" {name}=\"")).unwrap().1;
    rest.split_once('"').unwrap().0.parse().unwrap()
}
