// The colour scheme before the first paint: the reader's choice, else the system's. Runs right after
// the palette form, whose options say which schemes there are.
{
  const stored = __md_get("__palette");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const wanted = stored?.color?.scheme ?? (dark ? "slate" : "default");
  const option = document.querySelector(`[data-md-color-scheme="${CSS.escape(wanted)}"].md-option`);
  if (option) {
    for (const name of ["scheme", "primary", "accent"]) {
      const attribute = `data-md-color-${name}`;
      document.body.setAttribute(attribute, option.getAttribute(attribute));
    }
  }
}
