/** Lets so many pieces of work go on at the same time; the others wait in line. */
export function atMost(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places;
  const line: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => line.push(go));
    try {
      return await work();
    } finally {
      const first = line.shift();
      if (first) first();
      else free += 1;
    }
  };
}
