// What every page loads: small modules, each switched on by a data-enhance attribute. Without them every page works the same, slower.
import { highlightAll } from "./highlight";

document.documentElement.classList.add("has-script");
void highlightAll(document);
