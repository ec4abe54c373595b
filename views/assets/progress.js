// Shows how far something under way is, without the page being loaded anew. Without script there is a link that does the same.
const EVERY_MS = 1000;

async function look() {
  const shown = document.querySelector('#progress');
  if (!shown?.hasAttribute('data-under-way')) return;
  const answer = await fetch(location.href).catch(() => null);
  if (answer?.ok) {
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const fresh = page.querySelector('#progress');
    if (fresh) shown.replaceWith(fresh);
    const heading = page.querySelector('h1');
    if (heading) document.querySelector('h1')?.replaceWith(heading);
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
