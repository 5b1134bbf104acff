// Activates the extension in an editor that agrees to everything, and prints what that loads at once.
//   node activate.js EXTENSION.js
const Module = require('node:module');
const get = (target, key) => {
  if (key === 'prototype') return target.prototype;
  if (key === Symbol.iterator) return () => [][Symbol.iterator]();
  return key === 'then' || key === Symbol.toPrimitive ? undefined : anything;
};
function Anything() {}
Anything.prototype = new Proxy({}, { get });
const anything = new Proxy(Anything, {
  get,
  // A bundler makes an object of its own of a module, with the module's prototype.
  getPrototypeOf: () => anything,
  set: () => true,
  apply: () => anything,
  construct: (target, values, made) =>
    made === anything ? anything : Reflect.construct(target, values, made),
});
const load = Module._load;
const loaded = [];
Module._load = (name, ...more) => {
  if (name === 'vscode') return anything;
  loaded.push(name);
  return load(name, ...more);
};
require(process.argv[2]).activate(anything);
console.log(JSON.stringify(loaded));
process.exit(0);
