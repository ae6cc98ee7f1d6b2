// After signing in, the page of a carried form is shown under the address of the sign-in page. The body knows the right one.
const address = document.body.dataset.address;
if (address?.startsWith("/") && !address.startsWith("//") && address !== location.pathname + location.search)
  history.replaceState(history.state, "", address + location.hash);
