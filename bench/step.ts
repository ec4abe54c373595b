/** Says on standard error what is going on and how long it took: the table alone goes to standard output. */
export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  console.error(`${what} …`);
  const result = await work();
  console.error(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
