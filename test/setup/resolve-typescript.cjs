/** Our imports end in `.js`, as Node wants them; the file beside it is `.ts`. Packages are left alone. */
module.exports = (request, options) => {
  const ours =
    request.startsWith('.') && request.endsWith('.js') && !options.basedir.includes('/node_modules/');
  if (ours) {
    try {
      return options.defaultResolver(request.replace(/\.js$/, '.ts'), options);
    } catch {
      // a file that really is JavaScript
    }
  }
  return options.defaultResolver(request, options);
};
