// A table in the editor: a title, which cells are headers, and each cell a field of its own.
// What is sent is what Wagtail's table block stores; the cells themselves have no name, and are not sent.
(() => {
  const EMPTY = { data: Array.from({ length: 3 }, () => ["", "", ""]), cell: [], mergeCells: [] };

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  class Table {
    constructor(id, name, headers, words) {
      this.id = id;
      this.words = words;
      this.at = [0, 0]; // row and column of the cell that was last written in
      this.sent = make("input", { type: "hidden", id, name });
      this.caption = make("input", { type: "text", id: `${id}-caption` });
      this.caption.setAttribute("aria-describedby", `${id}-caption-help`);
      this.headers = make("select", { id: `${id}-headers` });
      this.headers.append(...headers.map(([value, label]) => make("option", { value }, label)));
      this.grid = make("table");
      this.grid.setAttribute("aria-label", words.cells);
      this.buttons = Object.fromEntries(
        ["addRow", "addColumn", "removeRow", "removeColumn", "restore"].map((does) => [does, this.button(does)]),
      );
      this.element = this.layOut();
      this.caption.addEventListener("input", () => this.write({ table_caption: this.caption.value }));
      this.headers.addEventListener("change", () => {
        this.write({ table_header_choice: this.headers.value });
        this.grid.dataset.headers = this.headers.value;
      });
    }

    button(does) {
      const button = make("button", { type: "button", className: "button button-small button-secondary" });
      button.addEventListener("click", () => this[does]());
      return button;
    }

    layOut() {
      const label = (field, text) => make("label", { className: "w-field__label", htmlFor: field.id }, text);
      const help = make("p", { className: "help", id: `${this.id}-caption-help` }, this.words.captionHelp);
      return make(
        "div",
        { className: "table-input" },
        make("div", {}, label(this.caption, this.words.caption), help, this.caption),
        make("div", {}, label(this.headers, this.words.headers), this.headers),
        make("div", { className: "table-input-grid" }, this.grid),
        make("div", { className: "table-input-buttons" }, ...Object.values(this.buttons)),
        this.sent,
      );
    }

    say(words, row, column) {
      return words.replace("{row}", row + 1).replace("{column}", column + 1);
    }

    read(state) {
      this.sent.value = JSON.stringify(state ?? null);
      this.table = { ...EMPTY, ...state };
      if (!this.table.data?.length) this.table.data = EMPTY.data;
      this.caption.value = this.table.table_caption ?? "";
      this.headers.value = this.table.table_header_choice ?? "";
      this.grid.dataset.headers = this.headers.value;
      this.draw();
    }

    // The editor is told, as of any other field: it then saves, and asks before one leaves.
    write(change) {
      this.table = { ...this.table, ...change };
      this.sent.value = JSON.stringify({
        ...this.table,
        table_caption: this.caption.value,
        table_header_choice: this.headers.value,
      });
      this.sent.dispatchEvent(new Event("change", { bubbles: true }));
    }

    draw() {
      const columns = this.table.data[0].map((_cell, column) => make("th", { scope: "col" }, `${column + 1}`));
      const rows = this.table.data.map((cells, row) =>
        make(
          "tr",
          {},
          make("th", { scope: "row" }, `${row + 1}`),
          ...cells.map((cell, column) => make("td", {}, this.field(cell, row, column))),
        ),
      );
      this.grid.replaceChildren(
        make("thead", {}, make("tr", {}, make("td"), ...columns)),
        make("tbody", {}, ...rows),
      );
      this.stand(...this.at);
    }

    field(cell, row, column) {
      const field = make("textarea", { rows: 1, value: String(cell ?? "") });
      field.setAttribute("aria-label", this.say(this.words.cell, row, column));
      field.dataset.controller = "w-autosize";
      field.addEventListener("focus", () => this.stand(row, column));
      field.addEventListener("input", () => {
        const data = this.table.data.map((cells) => [...cells]);
        data[row][column] = field.value;
        this.write({ data });
      });
      field.addEventListener("paste", (event) => this.paste(event, row, column));
      return field;
    }

    // The buttons speak of the cell that one stands in, or stood in last.
    stand(row, column) {
      const { data } = this.table;
      this.at = [Math.min(row, data.length - 1), Math.min(column, data[0].length - 1)];
      for (const [does, button] of Object.entries(this.buttons)) {
        button.textContent = this.say(this.words[does], ...this.at);
      }
      this.buttons.removeRow.disabled = data.length === 1;
      this.buttons.removeColumn.disabled = data[0].length === 1;
      this.buttons.restore.hidden = !this.removed;
    }

    change(data, row, column) {
      this.write({ data });
      this.at = [row, column];
      this.draw();
      this.cellAt(...this.at).focus();
    }

    cellAt(row, column) {
      return this.grid.tBodies[0].rows[row].querySelectorAll("textarea")[column];
    }

    addRow() {
      const [row] = this.at;
      const { data } = this.table;
      this.change(data.toSpliced(row + 1, 0, data[0].map(() => "")), row + 1, 0);
    }

    addColumn() {
      const [, column] = this.at;
      this.change(this.table.data.map((cells) => cells.toSpliced(column + 1, 0, "")), 0, column + 1);
    }

    removeRow() {
      const [row, column] = this.at;
      this.removed = this.table.data;
      this.change(this.table.data.toSpliced(row, 1), Math.max(row - 1, 0), column);
    }

    removeColumn() {
      const [row, column] = this.at;
      this.removed = this.table.data;
      this.change(this.table.data.map((cells) => cells.toSpliced(column, 1)), row, Math.max(column - 1, 0));
    }

    restore() {
      const data = this.removed;
      this.removed = null;
      this.change(data, ...this.at);
    }

    // Cells copied from a spreadsheet: a tab between two of them, a line for each row.
    paste(event, row, column) {
      const text = event.clipboardData.getData("text/plain");
      if (!text.includes("\t")) return;
      event.preventDefault();
      const pasted = text.replace(/\r?\n$/, "").split(/\r?\n/).map((line) => line.split("\t"));
      const height = Math.max(this.table.data.length, row + pasted.length);
      const width = Math.max(this.table.data[0].length, column + Math.max(...pasted.map((cells) => cells.length)));
      const data = Array.from({ length: height }, (_row, y) =>
        Array.from({ length: width }, (_cell, x) => pasted[y - row]?.[x - column] ?? this.table.data[y]?.[x] ?? ""),
      );
      this.change(data, row, column);
    }
  }

  class TableInput {
    constructor(headers, words) {
      Object.assign(this, { headers, words });
    }

    render(placeholder, name, id, initialState) {
      const table = new Table(id, name, this.headers, this.words);
      placeholder.replaceWith(table.element);
      table.read(initialState);
      return {
        idForLabel: table.caption.id,
        getValue: () => JSON.parse(table.sent.value),
        getState: () => JSON.parse(table.sent.value),
        setState: (state) => table.read(state),
        getTextLabel: () => table.caption.value,
        focus: () => table.caption.focus(),
      };
    }
  }

  window.telepath.register("articles.TableInput", TableInput);
})();
