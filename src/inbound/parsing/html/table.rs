//! Cells and rows: a table of facts becomes lines, one of layout the text that is in it.

use super::Page;
use super::sink::SinkKind;

impl Page {
    pub(super) fn close_cell(&mut self) {
        if self.rows.is_empty() {
            return;
        }
        while self.sinks.len() > 1 {
            let Some(sink) = self.sinks.pop() else { return };
            match sink.kind {
                SinkKind::Cell => {
                    if let Some(row) = self.rows.last_mut() {
                        row.push(sink.into_text());
                    }
                    return;
                }
                // A quotation that was never closed belongs to the cell.
                SinkKind::Quotation => self.append_quotation(sink),
                SinkKind::Page => {
                    self.sinks.push(sink);
                    return;
                }
            }
        }
    }

    pub(super) fn close_row(&mut self) {
        if self.sinks.last().is_some_and(|sink| sink.kind == SinkKind::Cell) {
            self.close_cell();
        }
        let Some(row) = self.rows.last_mut() else { return };
        let cells: Vec<String> = row.drain(..).filter(|cell| !cell.trim().is_empty()).collect();
        if cells.is_empty() {
            return;
        }
        let data =
            cells.len() > 1 && cells.iter().all(|cell| cell.lines().filter(|l| !l.is_empty()).count() <= 2);
        self.structured |= data;
        let sink = self.sink();
        sink.end_line();
        if data {
            let line: Vec<String> =
                cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            sink.line.push_str(&line.join(" | "));
            sink.end_line();
        } else {
            for cell in cells {
                sink.blank_due |= cell.contains("\n\n");
                for line in cell.lines() {
                    if line.trim().is_empty() {
                        sink.blank_due = true;
                    } else {
                        sink.line.push_str(line);
                        sink.end_line();
                    }
                }
            }
        }
    }
}
