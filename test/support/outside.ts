/**
 * Loads a package outside of jest, once for all test files that a worker runs: jest itself loads and compiles whatever is imported anew
 * for each. Only for tools that look at the product from outside and keep nothing of it. What the product is made of is imported, so
 * that each file begins with it as a process does.
 */
export const outside = (globalThis as unknown as { outside: NodeJS.Require }).outside;
