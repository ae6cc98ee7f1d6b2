// A person's picture from elsewhere that does not come makes room for the letter under it. A module runs late: some have failed by then.
const pictures = ".f-avatar--picture";

document.addEventListener(
  "error",
  (event) => {
    if (event.target instanceof HTMLImageElement && event.target.matches(pictures)) event.target.remove();
  },
  true,
);
for (const picture of document.querySelectorAll<HTMLImageElement>(pictures)) if (picture.complete && picture.naturalWidth === 0) picture.remove();
