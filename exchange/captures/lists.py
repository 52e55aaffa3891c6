"""Reads the bulleted and the numbered lists of a capture."""

from exchange.captures.html import STEP, Entry
from exchange.captures.text import BULLET, NUMBERED, Line


def read_bullets(lines: list[Line], kinds: list[str], index: int) -> tuple[list[Entry], int]:
    """Return the items of the bulleted list that begins at a line, and the index after it.

    Blank lines do not end a list; numbered lines are part of it only where they are nested.
    """
    entries, top = [], lines[index].indent
    while index < len(lines):
        nested = kinds[index] == "number" and lines[index].indent >= top + STEP
        if kinds[index] != "bullet" and not nested:
            break
        entries.append(read_entry(lines[index]))
        index += 1
    return entries, index


def read_entry(line: Line) -> Entry:
    """Return a line as an item of a list, without its bullet or its number."""
    mark = BULLET.match(line.text)
    if not mark:
        return Entry("ol", line.indent, NUMBERED.sub("", line.text, count=1))
    # «o» is the bullet of the second level in many texts whose indentation is lost.
    deeper = STEP if mark[2] else 0
    return Entry("ul", line.indent + deeper, line.text[mark.end() :])


def find_numbered(lines: list[Line], kinds: list[str]) -> dict[int, tuple[list[Entry], int]]:
    """Return the numbered lists by the index of their first line: the items and the index after.

    A numbered line is an item if others follow it at once; a line alone is the heading of a part.
    """
    lists, free = {}, 0
    for index in range(len(lines)):
        if index < free or kinds[index] != "number" or _number(lines[index]) != 1:
            continue
        end, count = _end_of_numbers(lines, kinds, index)
        if count > 1:
            lists[index] = _numbered_entries(lines[index:end]), end
            free = end
    return lists


def _numbered_entries(lines: list[Line]) -> list[Entry]:
    """Return the items of a numbered list; bullets belong to the item above, even if not indented."""
    top = lines[0].indent
    return [
        entry._replace(indent=entry.indent + STEP)
        if entry.tag == "ul" and line.indent < top + STEP
        else entry
        for line, entry in zip(lines, map(read_entry, lines), strict=True)
    ]


def _number(line: Line) -> int:
    return int(NUMBERED.match(line.text)[1])


def _end_of_numbers(lines: list[Line], kinds: list[str], start: int) -> tuple[int, int]:
    """Return where the list that begins at a numbered line ends, and how many numbers it has.

    The numbers go 1, 2, 3… or are all 1, as in a copy that lost the count. Otherwise the number
    says something, and the line has to keep it.
    """
    top, numbers, index = lines[start].indent, [1], start + 1
    while index < len(lines) and kinds[index] in ("number", "bullet"):
        line = lines[index]
        nested = line.indent >= top + STEP and not (line.gap and kinds[index] == "bullet")
        if not nested:
            follows = kinds[index] == "number" and _follows(_number(line), numbers)
            resumes = _after_bullets(lines, kinds, index, numbers[-1] + 1)
            if not follows and not resumes:
                break
            if resumes:
                index = resumes
            numbers.append(_number(lines[index]))
        index += 1
    return index, len(numbers)


def _after_bullets(lines: list[Line], kinds: list[str], index: int, number: int) -> int:
    """Return where a list goes on with `number` right below a run of bullets; 0 if it does not."""
    end = index
    while end < len(lines) and kinds[end] == "bullet" and not lines[end].gap:
        end += 1
    goes_on = index < end < len(lines) and kinds[end] == "number" and not lines[end].gap
    return end if goes_on and _number(lines[end]) == number else 0


def _follows(number: int, numbers: list[int]) -> bool:
    """Tell whether a number is the next of a list."""
    lost_count = number == 1 and numbers[-1] == 1
    return lost_count or (number == numbers[-1] + 1 and number == len(numbers) + 1)
