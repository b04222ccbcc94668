// Pictures of films, no larger than they are shown. What each is shown at stands in its `sizes`.

const WIDTHS = [320, 640, 960];

/** The address of a picture so many pixels wide. */
export const small = (address, width) => `${address}${address.includes("?") ? "&" : "?"}width=${width}`;

/** What an `img` needs to show a picture of a film; a browser takes the width that it needs. */
export const pictured = (address) => ({ srcset: WIDTHS.map((width) => `${small(address, width)} ${width}w`).join(", "), src: small(address, WIDTHS[1]) });

/** Shows a picture in an `img`, or none; the one that is shown already stays as it is. */
export function showPicture(image, address) {
  const wanted = address ? pictured(address) : null;
  if (wanted && image.getAttribute("src") !== wanted.src) Object.assign(image, wanted);
  image.hidden = !wanted;
}
