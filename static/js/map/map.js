// The map of a journey in the browser. What each module does stands at its top; a viewer's page follows and walks only.

import { mayEdit } from "./page.js";
import "./following.js";
import "./looking.js";

if (mayEdit) {
  import("./keys.js");
}
