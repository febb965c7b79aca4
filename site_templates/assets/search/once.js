// What takes long and may not be needed is made when it is first wanted: a function that makes it once.
export function once(make) {
  let made;
  return () => (made ??= make());
}
