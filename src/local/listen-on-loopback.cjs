// Preloaded into the Agents Playground, which listens on every interface and has no setting for it.
const net = require('node:net');

const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(first, ...rest) {
  if (typeof first === 'number') {
    const callback = rest.find((argument) => typeof argument === 'function');
    return listen.call(this, { port: first, host: '127.0.0.1' }, callback);
  }
  return listen.call(this, first, ...rest);
};
