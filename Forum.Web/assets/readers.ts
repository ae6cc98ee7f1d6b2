// What every page loads: small modules, each switched on by a data-enhance attribute. Without them every page works the same, slower.
import "./address";
import "./swap";
import "./once";
import "./copy";
import "./spoilers";
import "./menu";
import "./keys";
import "./tagcard";
import "./pictures";
import "./scrollable";
import { highlightAll } from "./highlight";
import { onShown } from "./shown";
import { completeTags } from "./tags";
import { suggest } from "./similar";

document.documentElement.classList.add("has-script");
onShown((root) => {
  void highlightAll(root);
  completeTags(root);
  suggest(root);
});
