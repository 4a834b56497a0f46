// Elements with attributes and children; text children stay text whatever they hold.
const DRAWN = new Set(["svg", "circle", "line", "rect", "path", "text", "g"]);

function el(tag, attributes = {}, ...children) {
  const node = DRAWN.has(tag) ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  dress(node, attributes);
  node.append(...children.filter((child) => child !== null));
  return node;
}

// Attributes of a node, written anew; false and null take one away.
function dress(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === false || value === null) node.removeAttribute(name);
    else node.setAttribute(name, value === true ? "" : value);
  }
}
