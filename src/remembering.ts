/**
 * The same function, which works out its answer once for each thing and name, and keeps it as long as the thing is held. For things
 * that never change.
 */
export function remembering<Of extends object, T>(find: (of: Of, name: string) => T) {
  const answers = new WeakMap<Of, Map<string, T>>();
  return (of: Of, name: string): T => {
    let known = answers.get(of);
    if (!known) answers.set(of, (known = new Map()));
    const answer = known.get(name);
    if (answer !== undefined || known.has(name)) return answer!;
    const found = find(of, name);
    known.set(name, found);
    return found;
  };
}
