"""The HTML of the Markdown that our templates write, without a Markdown parser.

The templates write few forms: headings, paragraphs of one line, lists, `<div markdown>` blocks, each with an
attribute list where it needs one. For these, and only for these, the HTML is made here, byte for byte as
Python-Markdown makes it (extensions attr_list, md_in_html, toc, and MkDocs' own tables and fenced_code).
Anything else is not guessed: then there is no answer, and the caller asks Python-Markdown.
"""

from generator.forms.blocks import Converted, Heading, convert, to_html

__all__ = ["Converted", "Heading", "convert", "to_html"]
