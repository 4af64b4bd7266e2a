// A plugin for Swagger UI: copyable commands for each operation, one tab a door.
'use strict';

const PorticoSamples = (() => {
  // What the document says of this server's address, as this reader reached it.
  function reachable(label, source) {
    if (label === 'curl') return source.replace(/'https?:\/\/[^/']+/, `'${location.origin}`);
    return source.replace(/(0\.0\.0\.0|\[::\])(?=:\d)/, location.hostname);
  }

  // The clipboard is closed to pages that came over plain HTTP from another machine.
  async function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }

  return (system) => {
    const { createElement: h, useState } = system.React;

    function CopyButton({ text }) {
      const [copied, setCopied] = useState(false);
      const press = async () => {
        await copy(text);
        setCopied(true);
        setTimeout(() => setCopied(false), 1500);
      };
      return h('button', { className: 'portico-copy', type: 'button', onClick: press },
        copied ? 'Copied' : 'Copy');
    }

    function Tab({ label, open, onClick }) {
      return h('button', {
        className: 'portico-tab', type: 'button', role: 'tab', 'aria-selected': open, onClick,
      }, label);
    }

    function Samples({ samples }) {
      const [open, setOpen] = useState(0);
      const { label, source } = samples[open];
      const text = reachable(label, source);
      return h('section', { className: 'portico-samples', 'aria-label': 'From a command line' },
        h('div', { className: 'portico-bar' },
          h('h4', null, 'From a command line'),
          h('div', { role: 'tablist' }, samples.map((sample, at) => h(Tab, {
            key: sample.label, label: sample.label, open: at === open, onClick: () => setOpen(at),
          }))),
          h(CopyButton, { text })),
        h('pre', { role: 'tabpanel' }, text));
    }

    return {
      wrapComponents: {
        responses: (Responses) => (props) => {
          const samples = system.specSelectors.specJson()
            .getIn(['paths', props.path, props.method, 'x-codeSamples']);
          return h('div', null,
            samples && samples.size ? h(Samples, { samples: samples.toJS() }) : null,
            h(Responses, props));
        },
      },
    };
  };
})();
