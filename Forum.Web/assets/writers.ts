// What pages with an editor load beside the readers' script.
import "./editor";
